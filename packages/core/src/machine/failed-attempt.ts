import type { SessionContext } from "./session-context.ts";
import type { SecondTry } from "../workflow/second-try.ts";
import type { SessionEvent } from "./session-event.ts";

/** The longest back-off, in ms; a longer first one stays as it is. */
const maxDelayMs = 3_600_000;

const fruitless: ReadonlySet<string> = new Set([
  "agent.failed",
  "agent.timedOut",
  "agent.stalled",
  "agent.lost",
  "agent.limited",
]);

/** The iterations of the phase and of the run, without one that ended without an answer: its retry counts. */
export function withoutFruitless(
  context: SessionContext,
  event: SessionEvent,
): Pick<SessionContext, "counts" | "iterationsOfRun"> {
  const { counts, iterationsOfRun, phase } = context;
  if (!fruitless.has(event.type)) return { counts, iterationsOfRun };
  return {
    counts: { ...counts, [phase]: Math.max(0, counts[phase] - 1) },
    // One that was taken over after a crash was counted by the run that died.
    iterationsOfRun: Math.max(0, iterationsOfRun - 1),
  };
}

/** Whether an attempt that ended without an answer is made again. */
export function mayRetry(context: SessionContext, event: SessionEvent): boolean {
  const { failures, settings } = context;
  if (event.type === "agent.failed" && !event.canRetry) {
    return settings.maxRetries > 0 && secondTryOf(context, event) !== undefined;
  }
  return failures < settings.maxRetries;
}

/** What counts an attempt that is made again, and when the next one is due. */
export function countRetry(context: SessionContext, event: SessionEvent): Partial<SessionContext> {
  const { failures, secondTries = [] } = context;
  const secondTry = secondTryOf(context, event);
  return secondTry === undefined
    ? { failures: failures + 1, retryAt: context.now + backOff(context, event, failures) }
    : {
        secondTries: [...secondTries, secondTry],
        retryAt: context.now + backOff(context, event, 0),
      };
}

/** What one more try may still cure, where it has not been tried since the last answer. */
function secondTryOf(context: SessionContext, event: SessionEvent): SecondTry | undefined {
  if (event.type !== "agent.failed" || event.canRetry || event.secondTry === undefined) return;
  return context.secondTries?.includes(event.secondTry) === true ? undefined : event.secondTry;
}

function backOff(context: SessionContext, event: SessionEvent, failures: number): number {
  const { retryDelayMs } = context.settings;
  const jitter = "jitter" in event ? (event.jitter ?? 0) : 0;
  const delayMs = Math.min(retryDelayMs * 2 ** failures, Math.max(retryDelayMs, maxDelayMs));
  return Math.round(delayMs * (1 + jitter / 4));
}
