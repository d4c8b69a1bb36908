import { formatTimestamp } from "./history.ts";
import { ownedFields } from "../overview/overview-field.ts";
import type { OverviewStatus, StatusChanges } from "../overview/overview.ts";
import { remedyWords, type Wait } from "../workflow/patience.ts";
import type { SessionMemory } from "../machine/session-context.ts";
import { formatCost } from "../machine/session-cost.ts";

/** What the Status section says for a session: the lines that the runner owns. */
export type OwnedStatus = Pick<
  OverviewStatus,
  "phase" | "blocked" | "waitingFor" | "reason" | "needs"
>;

/** What the overview must say for a session in this context. */
export function ownedStatus({ phase, hold }: Pick<SessionMemory, "phase" | "hold">): OwnedStatus {
  if (hold === undefined) return { phase, blocked: "no" };
  if (hold.kind === "waiting") return { phase, blocked: "waiting_human", waitingFor: hold.for };
  return { phase, blocked: "yes", reason: hold.reason, needs: hold.needs };
}

/** The changes that bring a Status section up to date; counters only if it has their line. */
export function statusChanges(context: SessionMemory, present: OverviewStatus): StatusChanges {
  const { phase, blocked, waitingFor = null, reason = null, needs = null } = ownedStatus(context);
  const { iteration, counts, limitedUntil, wait } = context;
  return {
    phase,
    blocked,
    waitingFor,
    reason,
    needs,
    limitedUntil: limitedUntil === undefined ? null : formatTimestamp(limitedUntil),
    answerBy: wait === undefined ? null : formatDeadline(wait),
    ...(present.iteration !== undefined && { iteration: Math.max(1, iteration) }),
    ...(present.totalIterations !== undefined && { totalIterations: iteration }),
    ...(present.qualityIteration !== undefined && { qualityIteration: counts.quality }),
    ...(present.cost !== undefined && { cost: formatCost(context) }),
  };
}

/** When somebody must have acted and what is done then; nothing if the wait is forever. */
function formatDeadline({ answerBy, rule }: Wait): string | null {
  if (answerBy === undefined || rule === undefined) return null;
  return `${formatTimestamp(answerBy)}, then ${remedyWords[rule.remedy]}`;
}

/** The lines in which a person decides. */
export type DecidingLines = Pick<OwnedStatus, "phase" | "blocked" | "waitingFor">;

/** What the lines say in which a person decides. */
export function decidingLines({ phase, blocked, waitingFor }: DecidingLines): DecidingLines {
  return { phase, blocked, ...(waitingFor !== undefined && { waitingFor }) };
}

/** Whether nobody has decided anything between two looks at the Status section. */
export function areSameLines(one: DecidingLines, other: DecidingLines): boolean {
  return (
    one.phase === other.phase &&
    one.blocked === other.blocked &&
    one.waitingFor === other.waitingFor
  );
}

/** One line of the Status section that was changed while an iteration ran. */
export interface ChangedLine {
  readonly key: keyof StatusChanges;
  readonly found: string;
  readonly kept: string;
}

/** The runner's lines that differ from what the runner wrote: an agent changed them. */
export function findChangedLines(
  found: OverviewStatus,
  expected: StatusChanges,
): readonly ChangedLine[] {
  return ownedFields.flatMap((key) => {
    const kept = expected[key];
    if (kept === undefined) return [];
    const was = String(found[key] ?? "no line");
    const is = String(kept ?? "no line");
    return was === is ? [] : [{ key, found: was, kept: is }];
  });
}
