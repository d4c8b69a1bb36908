import { z } from "zod";
import { AgentActivity } from "./agent-activity.ts";
import { eventKind } from "./event-kind.ts";
import { remedies } from "../workflow/patience.ts";
import { phases } from "../workflow/phase.ts";

const amount = z.number().nonnegative();
const state = z.string().describe("a state of the statechart, such as `working.planning`");
const phase = z.enum(phases);
const iteration = z.int().nonnegative().describe("counted over the whole session");
const costUsd = amount.describe("of the whole session so far, in US dollars");
const moment = z.number().describe("Unix time in ms");
const remedy = z.enum(remedies);
const deadline = {
  answerBy: moment
    .exactOptional()
    .describe("deadline for a person to act, Unix time in ms; a run past it applies `remedy`"),
  remedy: remedy.exactOptional(),
};

/**
 * What happens while a session runs, emitted by a run and by a watch. The variants are described in
 * docs/events.md. More variants and keys may come; ignore those that you do not know.
 *
 * @example
 * RunEvent.parse({ type: "tests.started", command: "npm test" }).type; // "tests.started"
 */
export const RunEvent = z.discriminatedUnion("type", [
  eventKind("A run or watch has started: the state of the session.", {
    type: z.literal("session.entered"),
    folder: z.string(),
    state,
    phase,
    iteration,
    costUsd,
    budgetUsd: amount.exactOptional().describe("cost limit for the whole session, if limited"),
    stopRequested: z
      .boolean()
      .exactOptional()
      .describe("true if the watched run was asked to stop after its iteration"),
  }),
  eventKind("An agent starts, or is reattached after its runner exited.", {
    type: z.literal("iteration.started"),
    iteration,
    phase,
    phaseIteration: iteration.describe("counted per phase, since a person last decided"),
    maxPhaseIterations: iteration.describe(
      "maximum iterations of the phase before a person must decide",
    ),
    attempt: z
      .enum(["fresh", "mend", "adopt"])
      .describe(
        "`mend`: the same conversation repairs its signal; `adopt`: reattached after its runner exited",
      ),
    log: z.string().describe("path in the session folder"),
    workingDir: z.string(),
    startedAt: moment,
    deadlineAt: moment.describe("when its time limit ends, Unix time in ms"),
  }),
  eventKind("Output or action of the agent.", {
    type: z.literal("agent"),
    iteration,
    event: AgentActivity,
  }),
  eventKind("A stale signal was moved aside; it is never applied.", {
    type: z.literal("signal.late"),
    iteration,
    file: z.string().describe("path in the session folder"),
  }),
  eventKind("The session changed and the change was recorded: one line of its history.", {
    type: z.literal("session.moved"),
    event: z.string().describe("what happened, such as `signal.continue` or `approve`"),
    from: state,
    to: state.describe("the state after; the same as `from` if unchanged"),
    phase,
    iteration,
    costUsd,
    message: z.string().exactOptional().describe("the reason, as given"),
    by: z
      .string()
      .exactOptional()
      .describe(
        "who decided, or through which channel; `--auto-approve` if the run approved the plan",
      ),
    remedy: remedy
      .exactOptional()
      .describe("the timeout action, if no one acted in time (`unanswered`)"),
    spent: z
      .object({
        durationMs: amount.exactOptional(),
        costUsd: amount.exactOptional(),
        turns: amount.exactOptional(),
        tokens: amount.exactOptional(),
      })
      .readonly()
      .exactOptional()
      .describe("by the iteration that ended with it"),
    commits: z.array(z.string()).readonly().exactOptional().describe("made by that iteration"),
  }),
  eventKind("The runner runs the test command of the project.", {
    type: z.literal("tests.started"),
    command: z.string(),
  }),
  eventKind("The session waits for some time and then continues by itself.", {
    type: z.literal("timer.started"),
    state,
    until: moment,
  }),
  eventKind("The session waits for a person; the run stays and continues as soon as it can.", {
    type: z.literal("waiting"),
    state,
    folder: z.string(),
    ...deadline,
  }),
  eventKind("The overview was saved but cannot be read. The runner waits for the next save.", {
    type: z.literal("overview.unreadable"),
    message: z.string(),
  }),
  eventKind("`_qa.md` cannot be read, or lacks a question. The runner waits for the next save.", {
    type: z.literal("questions.unreadable"),
    message: z.string(),
  }),
  eventKind(
    "A save of `_qa.md`, such as an older copy, removed questions or answers. They were restored.",
    {
      type: z.literal("questions.restored"),
      questions: z.array(z.string()).readonly().describe("ids of the questions, such as `Q1`"),
      answers: z
        .array(z.string())
        .readonly()
        .describe("ids of other questions whose answers were restored"),
    },
  ),
  eventKind("A channel cannot send or receive. The session continues.", {
    type: z.literal("channel.failed"),
    message: z.string(),
  }),
  eventKind("The runner exited. Its agent keeps working; the next run reattaches to it.", {
    type: z.literal("run.lost"),
    iteration,
  }),
  eventKind("The session rests: nothing happens until it is run again.", {
    type: z.literal("session.rested"),
    state,
    phase,
    iteration,
    costUsd,
    exitCode: z.int().describe("of `run` and of `watch`"),
    because: z
      .enum(["maxIterations", "stop"])
      .exactOptional()
      .describe("of `run`: why it ended although the session did not need a human"),
    ...deadline,
  }),
]);
export type RunEvent = z.infer<typeof RunEvent>;

/**
 * One line of `run --json` and `watch --json`.
 *
 * @example
 * RunEventLine.parse(JSON.parse('{"at":"2026-01-15T14:30:00Z","type":"tests.started","command":"npm test"}'));
 */
export const RunEventLine = z.intersection(
  z.object({ at: z.iso.datetime({ offset: true }) }).readonly(),
  RunEvent,
);
export type RunEventLine = z.infer<typeof RunEventLine>;
