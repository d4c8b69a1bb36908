import { blockNeeds, findPhase, phases, waitReasons } from "../workflow/phase.ts";
import type { Phase, WaitReason } from "../workflow/phase.ts";

/** What the Status section of an overview says. */
export interface OverviewStatus {
  /** `blocked` if the file says so: the phase to go back to is then in the history alone. */
  readonly phase: Phase | "blocked";
  /** As it stands in the file: sessions of the Python samocode say `init` and `requirements`. */
  readonly phaseWord: string;
  /** `no` if there is no such line. */
  readonly blocked: "no" | "yes" | "waiting_human";
  readonly waitingFor?: WaitReason | undefined;
  readonly reason?: string | undefined;
  /** A `BlockNeed`, or what a person wrote there. */
  readonly needs?: string | undefined;
  readonly iteration?: number | undefined;
  readonly totalIterations?: number | undefined;
  readonly qualityIteration?: number | undefined;
  /** When a subscription limit ends, while the session waits for that. */
  readonly limitedUntil?: string | undefined;
  /** When somebody must have acted, and what is done then, while the session waits under a rule. */
  readonly answerBy?: string | undefined;
  readonly cost?: string | undefined;
  readonly lastAction?: string | undefined;
  readonly next?: string | undefined;
}

/** A Status line that samocode knows. */
export type StatusField = Exclude<keyof OverviewStatus, "phaseWord">;

/** The Status lines that the runner owns, in the order in which they are written. */
export const ownedFields = [
  "phase",
  "iteration",
  "totalIterations",
  "qualityIteration",
  "blocked",
  "waitingFor",
  "answerBy",
  "reason",
  "needs",
  "limitedUntil",
  "cost",
] as const satisfies readonly StatusField[];
export type OwnedField = (typeof ownedFields)[number];

/** How one Status line is spelled and read. */
export interface FieldRule<Value> {
  /** The key in the file. */
  readonly label: string;
  /** What a value must be, in the words of an error. */
  readonly expected: string;
  readonly parse: (value: string) => Value | undefined;
}

const blockedWords: Readonly<Record<string, OverviewStatus["blocked"]>> = {
  no: "no",
  yes: "yes",
  blocked: "yes",
  waiting_human: "waiting_human",
  waiting: "waiting_human",
};

const count = { expected: "a whole number", parse: parseCount };
const anything = { expected: "one line", parse: (value: string) => value };

/** The rule of each Status line. */
export const fieldRules = {
  phase: {
    label: "Phase",
    expected: oneOf(phases),
    parse: parsePhase,
  },
  iteration: { label: "Iteration", ...count },
  totalIterations: { label: "Total Iterations", ...count },
  qualityIteration: { label: "Quality Iteration", ...count },
  blocked: {
    label: "Blocked",
    expected: "`no`, `yes` or `waiting_human`",
    parse: (value) => lookUp(blockedWords, wordOf(value)),
  },
  waitingFor: {
    label: "Waiting For",
    expected: oneOf(waitReasons),
    parse: (value) => waitReasons.find((reason) => reason === wordOf(value)),
  },
  reason: { label: "Reason", ...anything },
  needs: {
    label: "Needs",
    ...anything,
    parse: (value) => blockNeeds.find((need) => need === wordOf(value)) ?? value,
  },
  limitedUntil: { label: "Limited Until", ...anything },
  answerBy: { label: "Answer By", ...anything },
  cost: { label: "Cost", ...anything },
  lastAction: { label: "Last Action", ...anything },
  next: { label: "Next", ...anything },
} as const satisfies { [F in StatusField]: FieldRule<NonNullable<OverviewStatus[F]>> };

const fields = new Map<string, StatusField>();
for (const field of Object.keys(fieldRules) as StatusField[])
  fields.set(fieldRules[field].label.toLowerCase(), field);

/** The field of a key in lower case. */
export function fieldOf(key: string): StatusField | undefined {
  return fields.get(key);
}

/** True for a field that the runner owns. */
export function isOwned(field: StatusField): field is OwnedField {
  return (ownedFields as readonly StatusField[]).includes(field);
}

/** The words of a list in those of an error. */
function oneOf(words: readonly string[]): string {
  return words
    .map((word) => `\`${word}\``)
    .join(", ")
    .replace(/, (?=[^,]*$)/, " or ");
}

function parsePhase(value: string): Phase | "blocked" | undefined {
  const word = value.toLowerCase();
  return word === "blocked" ? word : findPhase(word);
}

// A word such as `constructor` is in every object.
function lookUp<Value>(words: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

function parseCount(value: string): number | undefined {
  const match = /^#?(\d{1,9})(?:[ \t]*(?:\/|of)[ \t]*\d+)?$/i.exec(value);
  return match === null ? undefined : Number(match[1]);
}

function wordOf(value: string): string {
  return value.toLowerCase().replace(/[ \t-]+/g, "_");
}
