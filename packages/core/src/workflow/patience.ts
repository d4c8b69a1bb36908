import type { WaitReason } from "./phase.ts";

/** What may be done when nobody answers. */
export const remedies = ["remind", "suggestions", "block"] as const;
export type Remedy = (typeof remedies)[number];

/**
 * What becomes of a wait for a person when nobody acts: nothing, or a remedy after a time. `remind` tells people
 * once more, and again after each further time; `suggestions` answers the questions with their suggestions; `block`
 * blocks the session.
 */
export type Patience =
  | { readonly remedy: "wait" }
  | { readonly remedy: Remedy; readonly afterMs: number };

/** A wait for a person. */
export interface Wait {
  /** When it began, Unix time in ms. */
  readonly since: number;
  /** The rule that it is under, where the session was run with one that has a remedy. */
  readonly rule?: Exclude<Patience, { remedy: "wait" }> | undefined;
  /** When the remedy of the rule is due, Unix time in ms. */
  readonly answerBy?: number | undefined;
  /** True from when nobody had answered in time, and the suggestions count. */
  readonly takesSuggestions?: boolean | undefined;
}

/**
 * What may be done when nobody answers, for each thing that a session waits for: only questions have suggestions,
 * and nothing but a person opens the plan gate.
 */
export const remediesFor = {
  qa_answers: remedies,
  plan_approval: ["remind", "block"],
  file_update: ["remind", "block"],
  human_action: ["remind", "block"],
} as const satisfies Readonly<Record<WaitReason, readonly Remedy[]>>;

/** The timeout action in words, which follow the word *then*. */
export const remedyWords: Readonly<Record<Remedy, string>> = {
  remind: "a reminder",
  suggestions: "the suggestions count",
  block: "it is blocked",
};

const units: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Three weeks: the longest time that every clock of a machine can wait for in one go. */
const maxAfterMs = 3 * 604_800_000;

/**
 * Reads a rule as a person writes it; nothing if it is none that is allowed for this.
 *
 * @example
 * parsePatience("suggestions after 8h", "qa_answers"); // { remedy: "suggestions", afterMs: 28800000 }
 */
export function parsePatience(text: string, reason: WaitReason): Patience | undefined {
  const words = text.trim().toLowerCase();
  if (words === "wait") return { remedy: "wait" };
  const [, named, count, unit = ""] = /^(\w+)\s+after\s+(\d{1,9})\s*([smhdw])$/.exec(words) ?? [];
  const remedy = remediesFor[reason].find((each) => each === named);
  const afterMs = Number(count) * (units[unit] ?? Number.NaN);
  const isInRange = afterMs > 0 && afterMs <= maxAfterMs;
  return remedy !== undefined && isInRange ? { remedy, afterMs } : undefined;
}

/** What a rule may be, in the words of a message. */
export function describePatience(reason: WaitReason): string {
  const choices = remediesFor[reason].map((remedy) => `\`${remedy} after 8h\``);
  return `\`wait\`, ${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}, with a number of s, m, h, d or w from 1s to 3w`;
}

/**
 * The rule as a person writes it.
 *
 * @example
 * formatPatience({ remedy: "remind", afterMs: 7_200_000 }); // "remind after 2h"
 */
export function formatPatience(rule: Patience): string {
  return rule.remedy === "wait" ? "wait" : `${rule.remedy} after ${formatSpan(rule.afterMs)}`;
}

/** A span of time in the largest unit that it is a whole number of. */
export function formatSpan(ms: number): string {
  const [unit = "s", length = 1000] =
    Object.entries(units).findLast(([, length]) => ms % length === 0) ?? [];
  return `${Math.round(ms / length)}${unit}`;
}

/** A wait that goes on, under the rule of the run that has entered the session; `undefined` is the rule that it had. */
export function underRule(wait: Wait, rule: Patience | undefined): Wait {
  if (rule === undefined || isSameRule(wait.rule, rule)) return wait;
  const { since, takesSuggestions } = wait;
  const begun = { since, ...(takesSuggestions === true && { takesSuggestions }) };
  if (rule.remedy === "wait") return begun;
  const isDone = rule.remedy === "suggestions" && takesSuggestions === true;
  return { ...begun, rule, ...(!isDone && { answerBy: since + rule.afterMs }) };
}

/** The wait after a reminder: the next one is due when the time has passed once more. */
export function afterReminder(wait: Wait, now: number): Wait {
  const { since, rule } = wait;
  if (rule === undefined) return wait;
  const passed = Math.floor((now - since) / rule.afterMs);
  return { ...wait, answerBy: since + (passed + 1) * rule.afterMs };
}

function isSameRule(one: Wait["rule"], other: Patience): boolean {
  if (one === undefined || other.remedy === "wait")
    return one === undefined && other.remedy === "wait";
  return one.remedy === other.remedy && one.afterMs === other.afterMs;
}
