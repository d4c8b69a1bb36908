import type { RunEvent } from "@samocode/core";
import { printableText } from "@samocode/core/overview";
import type { Store } from "@samocode/core/store";
import { headline, readReport, type SessionReport } from "@samocode/session";
import { claudeLog } from "@samocode/agent-claude";
import { watchSession } from "@samocode/runner";

/** How to watch. */
export interface WatchUntilOptions {
  /** The longest time to watch, in ms. */
  readonly ms: number;
  readonly cancel: AbortSignal;
  /** Told in a line what goes on: whenever something happens to the session, and every few seconds. */
  readonly progress: (line: string) => void;
}

/** How often a client hears what the agent does, in ms: many clients cut a call that is silent for a minute. */
const pulseMs = 5000;

/**
 * Watches a session until something matters to a parent: a person is needed, it is done, nobody runs it
 * (any more), or a subscription limit begins. What matters already is given at once.
 *
 * @returns False if the time was over before, or the call was cancelled.
 * @throws {StoreError} When the folder cannot be read.
 */
export async function watchUntilItMatters(
  store: Store,
  name: string,
  { ms, cancel, progress }: WatchUntilOptions,
): Promise<boolean> {
  const over = new AbortController();
  const end = (): void => over.abort();
  let isFound = false;
  let line = "";
  const look = (event: RunEvent): void => {
    line = describe(event) ?? line;
    // Agents speak often, and never change where the session is.
    if (event.type === "agent") return;
    const report = readReport(store, name);
    isFound ||= matters(report) || (event.type === "session.moved" && event.to === "limited");
    if (isFound) end();
    else progress((line = `${report.phase} #${report.iteration}: ${headline(report)}`));
  };
  const pulse = setInterval(() => progress(line), pulseMs);
  const timer = setTimeout(end, ms);
  cancel.addEventListener("abort", end);
  // It may have been cancelled while the session was looked up.
  if (cancel.aborted) end();
  try {
    const exitCode = await watchSession(store, { log: claudeLog, tell: look, cancel: over.signal });
    return isFound || exitCode !== undefined;
  } finally {
    clearInterval(pulse);
    clearTimeout(timer);
    cancel.removeEventListener("abort", end);
  }
}

function matters({ waitingFor, questions, state, run }: SessionReport): boolean {
  if (run === undefined || state === "blocked" || state === "finished") return true;
  // With the last answer in its file the runner goes on within a moment.
  return waitingFor !== undefined && (waitingFor !== "qa_answers" || questions.length > 0);
}

/** What an agent does now. */
function describe(event: RunEvent): string | undefined {
  if (event.type !== "agent") return undefined;
  const { event: activity, iteration } = event;
  switch (activity.type) {
    case "tool":
      return `#${iteration}: ${printableText(`${activity.tool} ${activity.target}`, 200)}`;
    case "text":
      return `#${iteration}: ${printableText(activity.text, 200)}`;
    case "retry":
      return `#${iteration}: waits for the API, attempt ${activity.attempt} of ${activity.maxRetries}`;
    default:
      return undefined;
  }
}
