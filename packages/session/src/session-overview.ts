import type { SessionMemory } from "@samocode/core";
import { editChart } from "@samocode/core/chart";
import { editStatus, parseOverview, type OverviewStatus } from "@samocode/core/overview";
import { statusChanges, type Store } from "@samocode/core/store";

/** The overview as it says where a session is: in its Status section, and in the chart if it carries one. */
export function editOverview(
  { overviewChart }: Store,
  text: string,
  memory: SessionMemory,
  state: string,
): string {
  const edited = editStatus(text, statusChanges(memory, statusOf(text)));
  return overviewChart ? editChart(edited, state) : edited;
}

/** The Status section of an overview. */
export function statusOf(text: string): OverviewStatus {
  return parseOverview(text).status;
}
