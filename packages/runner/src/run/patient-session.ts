import type { SessionEvent } from "@samocode/core";
import { OverviewError } from "@samocode/core/overview";
import { factsOf, ignoredEvent } from "./checked-event.ts";
import { withReadableOverview, type Reception, type SessionDriver } from "@samocode/session";
import type { Happened, RunOptions } from "./run-options.ts";

/** Reports that the overview cannot be read, once until it can be read again. */
export type FaultReport = (error?: OverviewError) => void;

/** Makes the report of one run. */
export function createFaultReport(tell: RunOptions["tell"]): FaultReport {
  let reported: string | undefined;
  return (error) => {
    const message = error?.message;
    if (message !== undefined && message !== reported)
      tell({ type: "overview.unreadable", message });
    reported = message;
  };
}

/**
 * Takes in what others have decided, and says whether they have. An overview that cannot be read may be half
 * saved or mistyped: it is reported, and waited for.
 */
export async function refreshPatiently(
  session: SessionDriver,
  report: FaultReport,
): Promise<boolean> {
  const before = session.mark();
  try {
    const hasChanged = await session.refresh();
    if (session.mark() !== before) report();
    return hasChanged;
  } catch (error) {
    if (!(error instanceof OverviewError)) throw error;
    report(error);
    return false;
  }
}

/**
 * Records what happened. An overview that cannot be read then is waited for: forever while a human is waited for,
 * and else for a while, after which the session is blocked.
 */
export async function applyPatiently(
  session: SessionDriver,
  { event, facts }: Happened,
  { wait, ask, cancel, overviewMs }: RunOptions,
  report: FaultReport,
): Promise<Reception> {
  const isPersons = session.snapshot().hasTag("person");
  const staysForever = isPersons && (wait || ask !== undefined);
  const inFlight = session.snapshot().hasTag("agent") || session.snapshot().hasTag("tests");
  const maxMs = staysForever ? Number.POSITIVE_INFINITY : overviewMs;
  const record = async (made: SessionEvent): Promise<Reception> =>
    withReadableOverview(() => session.apply(made, facts), { maxMs, cancel, onFault: report });
  try {
    const reception = await record(event);
    // Else the same agent would be started again, and what it has spent would not count.
    return reception === "ignored" && inFlight && !cancel.aborted
      ? await record(ignoredEvent(event))
      : reception;
  } catch (error) {
    if (!(error instanceof OverviewError)) throw error;
    if (isPersons && cancel.aborted) return "ignored";
    if (isPersons) throw error;
    const { message } = error;
    return session.apply({ type: "overview.unreadable", message, ...factsOf(event) }, facts);
  }
}
