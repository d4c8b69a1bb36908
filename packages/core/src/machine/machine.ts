import { createContext } from "./session-input.ts";
import { sessionSetup } from "./machine-setup.ts";
import { phaseEntries, phaseStates } from "./phase-state.ts";
import { phases } from "../workflow/phase.ts";

/** Where a human decision to continue leads: never past the gate while it is closed. */
const resume = [
  { guard: "passesClosedGate", target: "#session.waiting.approval", actions: "keepNote" },
  { target: "#session.resuming", actions: "resume" },
] as const;

/**
 * The statechart of a session. It decides everything and does nothing.
 *
 * Two actors are left to its user: `agent` runs one iteration, `tests` runs the project's test
 * command; each sends one event back. Enter the machine with an input (`resuming` finds the state that
 * fits) and never with a stored snapshot: restoring one would run the agent a second time.
 *
 * @example
 * const [start] = initialTransition(sessionMachine, {});
 * const [next] = transition(sessionMachine, start, { type: "signal.continue", phase: "planning" });
 * next.value; // { working: "planning" }
 */
export const sessionMachine = sessionSetup.createMachine({
  id: "session",
  context: ({ input }) => createContext(input),
  output: ({ context: { summary, iteration, costUsd } }) => ({
    ...(summary !== undefined && { summary }),
    iterations: iteration,
    costUsd,
  }),
  initial: "resuming",
  on: {
    edit: { guard: "isOpen", target: ".resuming", actions: "takeEdit" },
    "overview.unreadable": {
      guard: "isOpen",
      target: ".blocked",
      actions: { type: "blockWithMessage", params: { needs: "error_resolution" } },
    },
  },
  states: {
    resuming: {
      description: "Finds the state that the overview and the history describe.",
      always: [
        { guard: "isFinished", target: "finished" },
        { guard: "isNowhere", target: "blocked", actions: "blockNowhere" },
        { guard: "isBlocked", target: "blocked" },
        { guard: { type: "isHeldFor", params: { for: "qa_answers" } }, target: "waiting.answers" },
        { guard: { type: "isHeldFor", params: { for: "plan_approval" } }, target: "waiting.approval" },
        { guard: { type: "isHeldFor", params: { for: "file_update" } }, target: "waiting.file" },
        { guard: { type: "isHeldFor", params: { for: "human_action" } }, target: "waiting.action" },
        { guard: "isLimited", target: "limited" },
        { guard: "isVerifying", target: "verifying" },
        { guard: "hasLapsedApproval", target: "waiting.approval" },
        { guard: "mustPause", target: "paused" },
        { guard: "isExhausted", target: "blocked", actions: "blockAtLimit" },
        ...phaseEntries,
      ],
    },
    working: {
      description: "One agent runs one iteration of a phase.",
      tags: "agent",
      initial: phases[0],
      on: {
        "signal.continue": [
          { guard: "mustPauseAfter", target: "paused", actions: "movePhase" },
          { guard: "isLegal", target: "blocked", actions: "blockAtLimit" },
          { guard: "mayMend", target: "resuming", actions: "askToMend" },
          { target: "blocked", actions: "blockForSignal" },
        ],
        "signal.waiting": [
          { guard: { type: "asksFor", params: { for: "qa_answers" } }, target: "waiting.answers", actions: "rememberAsked" },
          { guard: { type: "asksFor", params: { for: "plan_approval" } }, target: "waiting.approval" },
          { guard: { type: "asksFor", params: { for: "file_update" } }, target: "waiting.file" },
          { guard: { type: "asksFor", params: { for: "human_action" } }, target: "waiting.action" },
          { guard: "mayMend", target: "resuming", actions: "askToMend" },
          { target: "blocked", actions: "blockForSignal" },
        ],
        "signal.blocked": [
          { guard: "isLegal", target: "blocked", actions: "blockAsSignalled" },
          { guard: "mayMend", target: "resuming", actions: "askToMend" },
          { target: "blocked", actions: "blockForSignal" },
        ],
        "signal.done": [
          { guard: "isLegal", target: "finished" },
          { guard: "mayMend", target: "resuming", actions: "askToMend" },
          { target: "blocked", actions: "blockForSignal" },
        ],
        "signal.invalid": [
          { guard: "mayMend", target: "resuming", actions: "askToMend" },
          { target: "blocked", actions: "blockForSignal" },
        ],
        "agent.failed": [
          { guard: "mayRetry", target: "retrying", actions: "countFailure" },
          { guard: "cannotRecover", target: "blocked", actions: { type: "blockWithMessage", params: { needs: "error_resolution" } } },
          { target: "failed" },
        ],
        "agent.timedOut": [{ guard: "mayRetry", target: "retrying", actions: "countFailure" }, { target: "failed" }],
        "agent.stalled": [{ guard: "mayRetry", target: "retrying", actions: "countFailure" }, { target: "failed" }],
        "agent.lost": [{ guard: "mayRetry", target: "resuming", actions: "countFailure" }, { target: "failed" }],
        "agent.limited": { target: "limited", actions: "rememberLimit" },
        "agent.overBudget": { target: "blocked", actions: { type: "blockWithMessage", params: { needs: "human_decision" } } },
        "agent.outOfTurns": { target: "blocked", actions: { type: "blockWithMessage", params: { needs: "human_decision" } } },
        "agent.interrupted": [
          { guard: "mayTakeBack", target: "paused", actions: "takeIterationBack" },
          { guard: "hasBegun", target: "paused" },
        ],
        stop: { actions: "stop" },
      },
      states: phaseStates,
    },
    verifying: {
      description: "The runner itself runs the test command.",
      tags: "tests",
      invoke: { id: "tests", src: "tests", input: ({ context }) => context },
      on: {
        "tests.passed": { target: "resuming", actions: "takeNext" },
        "tests.failed": [
          { guard: "mayRework", target: "resuming", actions: "noteFailedTests" },
          { target: "blocked", actions: "blockForFailedTests" },
        ],
        "signal.invalid": { target: "blocked", actions: "blockForProblem" },
        "agent.interrupted": { target: "paused" },
        stop: { actions: "stop" },
      },
    },
    waiting: {
      description: "Nothing runs and nothing is spent until a person acts.",
      tags: "person",
      initial: "action",
      exit: ["release", "disarm"],
      on: {
        resume,
        stop: { actions: "stop" },
        unanswered: [
          { guard: { type: "isDueTo", params: { remedy: "remind" } }, actions: ["remind", "arm"] },
          { guard: { type: "isDueTo", params: { remedy: "suggestions" } }, actions: "acceptSuggestions" },
          { guard: { type: "isDueTo", params: { remedy: "block" } }, target: "blocked", actions: "blockUnanswered" },
        ],
      },
      states: {
        answers: {
          description: "Questions in `_qa.md` are open.",
          entry: [{ type: "waitFor", params: { for: "qa_answers" } }, "arm"],
          on: {
            answer: [
              { guard: "isAnswered", target: "#session.resuming", actions: "takeAnswers" },
              { guard: "answersSome", actions: "noteAnswers" },
            ],
          },
        },
        approval: {
          description: "The gate: a person approves or rejects the plan.",
          entry: ["closeGate", { type: "waitFor", params: { for: "plan_approval" } }, "arm"],
          always: { guard: "approvesItself", target: "#session.resuming", actions: "approveAutomatically" },
          on: {
            approve: { target: "#session.resuming", actions: "approve" },
            reject: { target: "#session.resuming", actions: "reject" },
            edit: { guard: "passesClosedGate", actions: "noteEdit" },
          },
        },
        file: {
          description: "A person updates a file.",
          entry: [{ type: "waitFor", params: { for: "file_update" } }, "arm"],
        },
        action: {
          description: "A person does a manual step.",
          entry: [{ type: "waitFor", params: { for: "human_action" } }, "arm"],
        },
      },
    },
    retrying: {
      description: "Waits before the next attempt.",
      tags: "timer",
      entry: "arm",
      exit: "disarm",
      always: { guard: "waitsInVain", target: "paused" },
      on: {
        wake: { guard: "isDue", target: "resuming", actions: "wakeUp" },
        resume,
        "agent.interrupted": { target: "paused" },
        stop: { target: "paused", actions: "stop" },
      },
    },
    limited: {
      description: "Waits for a usage limit to end.",
      tags: "timer",
      entry: "arm",
      exit: "disarm",
      always: { guard: "waitsInVain", target: "paused" },
      on: {
        wake: { guard: "isDue", target: "resuming", actions: "wakeUp" },
        resume,
        "agent.interrupted": { target: "paused" },
        stop: { target: "paused", actions: "stop" },
      },
    },
    paused: {
      description: "Not running; the next run continues from here.",
      tags: "rest",
      entry: "forgetFailures",
      on: { resume, stop: { actions: "stop" } },
    },
    failed: {
      description: "All retries failed; the next run tries again.",
      tags: "rest",
      entry: "forgetFailures",
      on: { resume },
    },
    blocked: {
      description: "A person must clear what blocks it.",
      tags: "person",
      exit: "release",
      on: {
        resume,
        answer: { guard: "answersLate", target: "resuming", actions: "takeAnswers" },
        approve: { guard: "decidesLate", target: "resuming", actions: "approve" },
        reject: { guard: "decidesLate", target: "resuming", actions: "reject" },
        stop: { actions: "stop" },
      },
    },
    finished: {
      description: "The summary is written.",
      type: "final",
      entry: "finish",
    },
  },
});
