import { markFolder, waitForChange } from "@samocode/session";

/** The start of an agent comes first, in ms. */
const delayMs = 250;

/**
 * Tells what others record while something is done that may take long: that the run is to stop is to be seen at
 * once. What cannot be read then is told, or fails, when it is done.
 */
export async function tellMeanwhile<Result>(
  folder: string,
  tellNews: () => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const over = new AbortController();
  const timer = setTimeout(() => {
    follow(folder, tellNews, over.signal).catch(() => {});
  }, delayMs);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

async function follow(folder: string, tellNews: () => void, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const mark = markFolder(folder);
    tellNews();
    await waitForChange(folder, mark, over);
  }
}
