import { markFolder, waitForChange } from "./folder-change.ts";

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
  const done = work().finally(() => over.abort());
  const [result] = await Promise.allSettled([done, follow(folder, tellNews, over.signal)]);
  if (result.status === "rejected") throw result.reason;
  return result.value;
}

async function follow(folder: string, tellNews: () => void, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const mark = markFolder(folder);
    tellNews();
    await waitForChange(folder, mark, over);
  }
}
