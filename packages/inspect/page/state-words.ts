const stateWords = new Map([
  ["waiting.answers", "waits for your answers"],
  ["waiting.approval", "waits for you to approve the plan"],
  ["waiting.file", "waits for a file to be updated"],
  ["waiting.action", "waits for a manual step"],
  ["verifying", "runs the tests"],
  ["retrying", "waits before the next attempt"],
  ["limited", "waits for a usage limit to end"],
  ["paused", "is ready to continue"],
  ["failed", "has failed after all retries"],
  ["blocked", "is blocked"],
  ["finished", "is done"],
]);

/** What a session does or waits for in a state, to be put behind its name. */
export function sayState(state: string, isRunning: boolean): string {
  const phase = phaseOfState(state);
  if (phase === undefined) return stateWords.get(state) ?? state;
  return isRunning
    ? `works: ${phase}`
    : `the runner exited in ${phase}; the next run will pick up the agent`;
}

/** How a state is looked at: whose turn it is. */
export type Mood = "works" | "asks" | "stuck" | "rests" | "done";

/** Whose turn it is in a state. */
export function moodOf(state: string): Mood {
  if (state.startsWith("waiting.")) return "asks";
  if (state === "blocked" || state === "failed") return "stuck";
  if (state === "finished") return "done";
  return state === "paused" ? "rests" : "works";
}

/** The phase of a state in which an agent works. */
export function phaseOfState(state: string): string | undefined {
  return /^working\.(.+)$/.exec(state)?.[1];
}

/** The last part of a state's name. */
export function lastPart(state: string): string {
  return state.slice(state.lastIndexOf(".") + 1);
}

/** A state and those that it is in, the innermost first; the whole chart is the last. */
export function withAncestors(state: string): readonly string[] {
  if (state === "") return [""];
  const parts = state.split(".");
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join(".")), ""];
}
