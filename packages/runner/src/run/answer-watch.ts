import type { RunEvent, SessionEvent } from "@samocode/core";
import type { Store } from "@samocode/core/store";
import { findAnswers, type FindOptions } from "./found-answers.ts";
import { createQuietFile, type QuietTimes } from "./quiet-file.ts";
import { explainMissing, withWriteLock } from "@samocode/session";

/** Looks for answers in `_qa.md` for as long as a run waits for them. */
export interface AnswerWatch {
  /** The event of the answers that are there, or after how many ms to look again; nothing if there is no news. */
  readonly look: (
    options: Omit<FindOptions, "quiet">,
  ) => Promise<Extract<SessionEvent, { type: "answer" }> | number | undefined>;
}

/** Makes the watch of one run: it reports once what cannot be read, and each time what it has put back. */
export function createAnswerWatch(
  store: Store,
  tell: (event: RunEvent) => void,
  times: QuietTimes = {},
): AnswerWatch {
  const quiet = createQuietFile(times);
  let reported = "";
  const report = (message: string): void => {
    if (message !== reported && message !== "") tell({ type: "questions.unreadable", message });
    reported = message;
  };
  return {
    async look(options) {
      const found = await withWriteLock(store, () => findAnswers(store, { ...options, quiet }));
      if (found.type === "restless") return found.againInMs;
      if (found.type === "unreadable") {
        report(found.message);
        return undefined;
      }
      const { restored, reapplied, missing } = found.kept;
      report(missing.length === 0 ? "" : explainMissing(missing));
      if (restored.length + reapplied.length > 0) {
        tell({ type: "questions.restored", questions: restored, answers: reapplied });
      }
      return found.event;
    },
  };
}
