import { getShortestPaths } from "xstate/graph";
import { sessionMachine } from "../../src/machine/machine.ts";
import type { SessionInput } from "../../src/machine/session-input.ts";
import type { SessionEvent } from "../../src/machine/session-event.ts";
import { formatState, type SessionSnapshot } from "../../src/machine/session-state.ts";
import {
  agentEvents,
  personEvents,
  runnerEvents,
  signalEvents,
} from "../../src/testing/sample-events.ts";

/** One step of a path: what happens, and the state that it leads to. */
interface PathStep {
  /** `"timer"` stands for the time that a state waits. */
  readonly event: SessionEvent | "timer";
  readonly to: string;
}

/** A shortest way through the statechart, from a new session. */
export interface Path {
  readonly name: string;
  readonly steps: readonly PathStep[];
}

/** The input that the paths are for: all that they need to reach every state. */
export const pathInput: SessionInput = { settings: { verifies: true, maxRetries: 1 } };

/** The timer of the statechart, run out. */
export const timers: readonly SessionEvent[] = [{ type: "wake", at: Number.MAX_SAFE_INTEGER }];

/** What can happen besides a person's jump: with `edit` and `resume` every state is one step away. */
const events = [
  ...signalEvents,
  ...agentEvents,
  ...runnerEvents,
  ...personEvents.filter((event) => !("phase" in event)),
  ...timers,
];

/**
 * The shortest path to every state, to every phase in which a session waits, is blocked or rests,
 * and to every repaired or repeated iteration.
 */
export function createPaths(): readonly Path[] {
  const paths = getShortestPaths(sessionMachine, {
    events,
    input: pathInput,
    serializeState: (snapshot) => describe(snapshot),
  });
  return paths.map(({ steps, state }) => ({
    name: describe(state),
    steps: steps.slice(1).map(({ event, state: after }) => ({
      event: event.type === "wake" ? "timer" : event,
      to: formatState(after.value),
    })),
  }));
}

function describe({ value, context }: SessionSnapshot): string {
  const { phase, attempt, failures, next } = context;
  const facts = [
    ...(attempt === "mend" ? ["mending"] : []),
    ...(failures > 0 ? [`after ${failures} failure`] : []),
    ...(next ? [`before ${next}`] : []),
  ];
  return [`${formatState(value)} in ${phase}`, ...facts].join(", ");
}
