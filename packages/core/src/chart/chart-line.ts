import { phases, type Phase } from "../workflow/phase.ts";

/**
 * The way of a session as one line: the phases behind it, the one that it is in and why nothing happens there,
 * and those before it.
 *
 * @param state Id of the state, as `formatState` gives it.
 * @example
 * formatChartLine("planning", "waiting.approval");
 * // "investigation ✓ → planning ● (waiting for approval) → implementation → testing → quality → done"
 */
export function formatChartLine(phase: Phase, state: string): string {
  const here = phases.indexOf(phase);
  return phases
    .map((name, index) => {
      if (index < here || state === "finished") return `${name} ✓`;
      return index > here ? name : [name, "●", ...reasonOf(state)].join(" ");
    })
    .join(" → ");
}

function reasonOf(state: string): readonly string[] {
  const [top = "", part] = state.split(".");
  if (top === "working") return [];
  return [part === undefined ? `(${reasons[top] ?? top})` : `(${top} for ${part})`];
}

/** What people are told in place of the name of a state. */
const reasons: Readonly<Record<string, string>> = {
  verifying: "tests run",
  retrying: "retries soon",
  limited: "usage limit",
  paused: "ready to continue",
};
