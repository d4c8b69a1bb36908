import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { sessionFiles, type Store } from "@samocode/core/store";

/** The raw stream of one iteration, or of the conversation in which its signal was repaired. */
export interface SessionLog {
  /** Path in the session folder. */
  readonly log: string;
  readonly iteration: number;
  readonly phase: string;
}

/**
 * The logs of a session, the oldest first.
 *
 * @param iteration Only those of this one: two where its signal was repaired.
 */
export function listLogs(store: Pick<Store, "folder">, iteration?: number): readonly SessionLog[] {
  const folder = join(store.folder, sessionFiles.logs);
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return (
    readdirSync(folder)
      .flatMap((name) => {
        const [, number, phase] = /^\d\d-\d\d-\d{4}-(\d+)-(.+)\.jsonl$/.exec(name) ?? [];
        if (number === undefined || phase === undefined) return [];
        const log = join(sessionFiles.logs, name);
        return [{ log, iteration: Number(number), phase, stats: lstatSync(join(folder, name)) }];
      })
      .filter((one) => iteration === undefined || one.iteration === iteration)
      // An agent can put a link there that leads to anything.
      .filter(({ stats }) => stats.isFile())
      // The conversation that is repaired comes after the one that it repairs, in the same minute.
      .toSorted(
        (one, other) => one.iteration - other.iteration || one.log.length - other.log.length,
      )
      .map(({ log, iteration, phase }) => ({ log, iteration, phase }))
  );
}
