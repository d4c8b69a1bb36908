import type { ChartView } from "../src/chart-view.ts";
import type { Measure } from "../src/step.ts";
import { formatMoney } from "./figures.ts";

/** What the conditions of the chart are measured by, and what they are measured against. */
export interface Gauge {
  readonly measure: Measure | undefined;
  readonly limits: ChartView["limits"];
}

type Say = (word: string, gauge: Gauge) => string;

const words = new Map<string, Say>([
  ["isOpen", () => "the session is not finished"],
  ["isFinished", () => "the summary is written"],
  ["isNowhere", () => "this version does not know its phase"],
  ["isBlocked", () => "it is blocked"],
  ["isHeldFor", (word) => `it waits for ${plain(word)}`],
  ["isLimited", () => "a usage limit has not ended"],
  ["isVerifying", () => "the tests are to be run"],
  ["hasLapsedApproval", () => "the plan has changed since it was approved"],
  ["mustPause", () => "the run may not start another iteration"],
  ["isExhausted", (_, gauge) => `a limit is reached: ${sayLimits(gauge, undefined)}`],
  ["isIn", (word) => `the phase is ${word}`],
  ["isLegal", () => "the phase allows the signal"],
  ["asksFor", (word) => `it asks for ${plain(word)}, and the phase allows that`],
  ["asksToGo", (word) => `it asks to go to ${word}`],
  ["mayGo", (word, gauge) => `it may go to ${word}: ${sayLimits(gauge, word)}`],
  ["mustVerify", (word) => `it asks to go to ${word}, and a test command is set`],
  ["mustPauseAfter", () => "the run may not start another iteration"],
  ["mayMend", () => "the signal was not sent back before"],
  ["hasBegun", () => "the agent has said something"],
  ["mayTakeBack", () => "the agent produced no output: the iteration does not count"],
  ["mayRetry", (_, gauge) => `it can be retried: ${sayRetries(gauge)}`],
  ["cannotRecover", () => "a retry would not help"],
  ["waitsInVain", () => "a stop was requested, or the run may not start another iteration"],
  ["isDue", () => "the time has come"],
  ["mayRework", (_, gauge) => sayRework(gauge)],
  ["approvesItself", () => "the run was started with --auto-approve"],
  ["answersSome", () => "other questions are still open"],
  ["isAnswered", () => "no question is open"],
  ["isDueTo", (word) => `timed out waiting, and the timeout action is \`${word}\``],
  ["answersLate", () => "it is blocked because no one answered, and now no question is open"],
  ["decidesLate", () => "it is blocked because no one decided on the plan"],
  ["passesClosedGate", () => "it names a phase behind the gate, and no plan is approved"],
]);

/** Says a condition of the chart, as the chart spells it, with the values that decide it now. */
export function sayGuard(guard: string, gauge: Gauge): string {
  const [name = "", word = ""] = guard.split(" ");
  return words.get(name)?.(word, gauge) ?? plain(guard);
}

/** True for a condition that this page has words for. */
export function knowsGuard(guard: string): boolean {
  return words.has(guard.split(" ", 1).join());
}

/** Every limit that has to do with a state, with its present value. */
export function sayLimitsOf(state: string, gauge: Gauge): readonly string[] {
  const phase = /^working\.(.+)$/.exec(state)?.[1];
  if (phase !== undefined) return [sayLimits(gauge, phase)];
  if (state === "retrying") return [sayRetries(gauge)];
  return state === "verifying" ? [sayRework(gauge)] : [];
}

function sayLimits(gauge: Gauge, phase: string | undefined): string {
  const { measure, limits } = gauge;
  const named = phase ?? measure?.phase;
  const counts = new Map<string, number>(Object.entries(measure?.counts ?? {}));
  const most = new Map<string, number>(Object.entries(limits.maxIterations)).get(named ?? "");
  const { budgetUsd } = limits;
  return [
    ...(named === undefined || most === undefined
      ? []
      : [`iteration ${counts.get(named) ?? 0} of ${most}`]),
    ...(limits.reworkPhases.some((each) => each === named) ? [sayRework(gauge)] : []),
    ...(budgetUsd === undefined
      ? []
      : [`${formatMoney(measure?.costUsd ?? 0)} of ${formatMoney(budgetUsd)}`]),
  ].join(", ");
}

function sayRework({ measure, limits }: Gauge): string {
  return `rework ${measure?.rework ?? 0} of ${limits.maxRework}`;
}

function sayRetries({ measure, limits }: Gauge): string {
  return `retry ${measure?.failures ?? 0} of ${limits.maxRetries}`;
}

/** `qa_answers` → `qa answers`; `mayGo` → `may go`. */
function plain(word: string): string {
  return word
    .replaceAll("_", " ")
    .replaceAll(/[a-z][A-Z]/g, (pair) => `${pair.charAt(0)} ${pair.charAt(1).toLowerCase()}`);
}
