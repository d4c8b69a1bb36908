import { end, type Mutation } from "./text-mutation.ts";

const agent = (phase: string) => `plugin/agents/${phase}.md`;
const skill = (name: string) => `plugin/skills/${name}/SKILL.md`;

/** Signals, waits and moves that a phase does not have, and phases that there are not, however they are said. */
export const signalMutations: readonly Mutation[] = [
  [
    agent("implementation"),
    "signal blocked, error_resolution",
    "signal waiting, plan_approval",
    "signals waiting, plan_approval",
  ],
  [agent("investigation"), "Signal blocked, human_decision", "Signal done", "signals done"],
  [agent("planning"), "plan_approval", "plan_aproval", "plan_aproval"],
  [agent("testing"), "go back to implementation", "go back to planning", "moves to planning"],
  [agent("quality"), "on to done if neither", "on if neither", "does not say when to move to done"],
  // signals
  [agent("testing"), end, "Signal `done` when all is finished.", "signals done"],
  [agent("testing"), end, 'Send the signal "done" then.', "signals done"],
  [agent("implementation"), end, "Set **status**: **done**.", "signals done"],
  [agent("testing"), end, "A good tester signals done.", "signals done"],
  [agent("testing"), end, "Signal waiting, and stop.", "signals waiting"],
  [agent("investigation"), end, "Or write status done.", "signals done"],
  [agent("investigation"), end, "Give `status`: `approved`.", "signals approved"],
  [
    agent("quality"),
    end,
    "Or signal continue, implementation.",
    "signals continue, implementation",
  ],
  [agent("quality"), end, "Or `signal` `continue`, `review`.", "signals continue, review"],
  [agent("done"), end, "Signal continue.", "signals continue"],
  [skill("testing"), end, "When green, signal done.", "signals done"],
  [skill("samocode-run"), end, "Then signal done.", "signals done"],
  ["workflow.md", end, "Signal approved, or go on.", "signals approved"],
  ["workflow.md", end, "In the end signal done.", "signals done"],
  ["plugin/commands/dive.md", end, "Then signal continue.", "signals continue"],
  // waits
  [agent("testing"), end, "Ask for plan_approval if in doubt.", "may not wait for plan_approval"],
  [agent("done"), end, "Ask for `qa_answers`.", "may not wait for qa_answers"],
  [skill("quality"), end, "Or ask for plan_approval.", "may not wait for plan_approval"],
  ["workflow.md", end, "Or wait for plan_approval.", "may not wait for plan_approval"],
  [agent("quality"), end, "Or wait for human_decision.", "needs human_decision and is not blocked"],
  // signals typed
  [skill("testing"), "Write `STAMP", '{"status":"done"} Write `STAMP', "types a signal"],
  [
    agent("investigation"),
    end,
    "Write {'status': 'continue', 'phase': 'implementation'}.",
    "types a signal",
  ],
  [agent("done"), end, "Write {status: done}.", "types a signal"],
  [skill("planning"), end, "    'status' : 'done'", "types a signal"],
  // moves and phases
  [
    agent("investigation"),
    end,
    "Go straight to the implementation phase.",
    "moves to implementation",
  ],
  [agent("investigation"), end, "Or start implementation.", "moves to implementation"],
  [agent("investigation"), end, "Proceed with testing.", "moves to testing"],
  [agent("planning"), end, "The next phase is testing.", "moves to testing"],
  [agent("planning"), end, "Then on to `implementation`.", "moves to implementation"],
  [skill("planning"), end, "Then move on to implementation.", "moves to implementation"],
  [skill("pr-summary"), end, "If not, go back to testing.", "moves to testing"],
  [agent("testing"), end, "Go back to requirements.", "knows no phase `requirements`"],
  [agent("testing"), end, "Move on to verification.", "knows no phase `verification`"],
  [skill("samocode-run"), end, "Send it back to init.", "knows no phase `init`"],
  ["workflow.md", end, "Do so in review phase too.", "knows no phase `review`"],
  ["workflow.md", end, "In the phase review ask.", "knows no phase `review`"],
  [agent("testing"), end, "Then it is for the summary phase.", "knows no phase `summary`"],
  [agent("quality"), end, "Hand it over to **implementation**.", "moves to implementation"],
  ["workflow.md", end, "Then go to testing.", "moves to testing"],
];
