import type { Remedy, SessionMemory } from "@samocode/core";

/** When a person must have acted, Unix time in ms, and what is done then; empty if the wait is forever. */
export interface Deadline {
  readonly answerBy?: number;
  readonly remedy?: Remedy;
}

/** The deadline of a session that waits under a rule. */
export function deadlineOf({ wait }: Pick<SessionMemory, "wait">): Deadline {
  const { answerBy, rule } = wait ?? {};
  return answerBy === undefined || rule === undefined ? {} : { answerBy, remedy: rule.remedy };
}

/** The deadline alone of a report or an event that tells one. */
export function deadlineIn({ answerBy, remedy }: Deadline): Deadline {
  return answerBy === undefined || remedy === undefined ? {} : { answerBy, remedy };
}
