import { phases } from "../../src/phase.ts";
import type { SessionInput } from "../../src/session-entry.ts";
import type { SessionEvent } from "../../src/session-event.ts";
import { enter, play, type Played } from "./session-play.ts";

const message = "it says why";
const approval = { by: "a person", at: 0, used: true };

/** One way to each state that an iteration of testing leads to, with the approval given. */
const waysFromTesting: readonly SessionEvent[] = [
  { type: "signal.continue", phase: "quality" },
  { type: "signal.waiting", for: "qa_answers" },
  { type: "signal.waiting", for: "file_update" },
  { type: "signal.waiting", for: "human_action" },
  { type: "agent.stalled", message },
  { type: "agent.limited", message, until: 60_000 },
  { type: "agent.interrupted", message },
  { type: "agent.failed", message, canRetry: false },
];

/** A session in each state of the statechart, in the order of the workflow. */
export function createSampleStates(input: SessionInput = {}): readonly Played[] {
  const settings = { verifies: true, ...input.settings };
  const testing = enter({ phase: "testing", approval, ...input, settings });
  return [
    ...phases.map((phase) => enter({ phase, ...(isLate(phase) && { approval }), ...input })),
    ...waysFromTesting.map((event) => play(testing, event)),
    play(enter({ phase: "planning" }), { type: "signal.waiting", for: "plan_approval" }),
    play(enter({ phase: "testing", approval, settings: { maxRetries: 0 } }), {
      type: "agent.stalled",
      message,
    }),
    play(enter({ phase: "done", approval }), { type: "signal.done", summary: "it works" }),
  ];
}

function isLate(phase: string): boolean {
  return phase !== "investigation" && phase !== "planning";
}

export const sampleStates = createSampleStates();
