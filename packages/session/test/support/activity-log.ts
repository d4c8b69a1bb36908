import { AgentActivity } from "@samocode/core";
import type { AgentLog } from "@samocode/agent";

/** A log whose lines are activities as they are reported, as an agent of the plainest kind would write it. */
export const activityLog: AgentLog = {
  parseLine: (line) => {
    try {
      return [AgentActivity.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  },
  largeLinesWith: '"result"',
};

/** A line of such a log. */
export function formatText(text: string): string {
  return JSON.stringify({ type: "text", text, message: text } satisfies AgentActivity);
}
