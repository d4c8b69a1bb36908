import type { HistoryRecord } from "./history.ts";
import { isBeforeGate } from "../workflow/phase-gate.ts";
import { autoApprover, type SessionMemory } from "../machine/session-context.ts";
import type { SessionEvent } from "../machine/session-event.ts";

/** What a session remembers of the plan gate. */
export type GateMemory = Pick<SessionMemory, "approval" | "lapsed">;

/** The message of an edit that would have passed the closed gate. */
export const closedGate =
  "editing the overview does not open the plan gate: approve or reject the plan";

/** What a record tells of the plan gate that its event alone does not: nobody else has a word for it. */
export function toldByGate(
  event: SessionEvent | string,
  before: GateMemory,
  { approval, lapsed, hold }: GateMemory & Pick<SessionMemory, "hold">,
): Partial<HistoryRecord> {
  if (approval?.by === autoApprover && approval.at !== before.approval?.at) {
    const { by, planHash } = approval;
    // An edit is a person's, also if it is not they who have opened the gate.
    const isEdit = typeof event !== "string" && event.type === "edit";
    return {
      ...(isEdit ? { message: `the plan was approved by ${by}` } : { by }),
      ...(planHash !== undefined && { planHash }),
    };
  }
  if (lapsed !== undefined && lapsed.at !== before.lapsed?.at) {
    return { message: `the plan was changed after ${lapsed.by} approved it` };
  }
  if (before.approval !== undefined) return {};
  const isAtGate = hold?.kind === "waiting" && hold.for === "plan_approval";
  const wantsToPass =
    typeof event !== "string" && event.type === "edit" && !isBeforeGate(event.phase);
  return isAtGate && wantsToPass ? { message: closedGate } : {};
}
