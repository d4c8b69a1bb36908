import { describe, expect, it } from "vitest";
import { explainIllegalMove } from "../src/workflow/legality.ts";
import { emptyMemory, memoryOf } from "../src/machine/session-context.ts";
import type { SessionInput } from "../src/machine/session-input.ts";
import type { SessionEvent } from "../src/machine/session-event.ts";
import { maxRework, phases, signalStatuses, type Phase } from "../src/workflow/phase.ts";
import { protocol } from "./support/protocol.ts";
import { sessionEvents } from "../src/testing/sample-events.ts";
import { enter, play } from "./support/session-play.ts";

const answers = {
  continue: { type: "signal.continue" },
  waiting: { type: "signal.waiting", for: "human_action" },
  blocked: { type: "signal.blocked", reason: "2 tests fail", needs: "error_resolution" },
  done: { type: "signal.done", summary: "JWT login" },
} satisfies Record<string, SessionEvent>;
const outcomes = {
  continue: "working.",
  waiting: "waiting.action",
  blocked: "blocked",
  done: "finished",
};

const moves = phases.flatMap((from) => phases.map((to) => ({ from, to })));
const goTo = (phase: Phase): SessionEvent => ({ type: "signal.continue", phase });
const inPhase = (phase: Phase, input: SessionInput = {}) => enter({ phase, ...input });
const withCounts = (counts: Partial<Record<Phase, number>>) => ({
  ...emptyMemory.counts,
  ...counts,
});

const isLegal = ({ from, to }: { from: Phase; to: Phase }) =>
  from !== "done" && (from === to || protocol.some(([p, next]) => p === from && next.includes(to)));
const isAllowed = ({ phase, status }: { phase: Phase; status: string }) =>
  protocol.some(([p, , signals]) => p === phase && signals.includes(status));

describe("a session", () => {
  it("starts with the first iteration of investigation", () => {
    const now = enter();
    expect(now.state).toBe("working.investigation");
    expect(now.started).toEqual(["agent"]);
    expect(now.context).toMatchObject({ iteration: 1, counts: withCounts({ investigation: 1 }) });
  });

  it("goes through the six phases to the end", () => {
    const now = play(
      enter(),
      goTo("planning"),
      { type: "signal.waiting", for: "plan_approval" },
      { type: "approve" },
      goTo("testing"),
      goTo("quality"),
      goTo("done"),
      { type: "signal.done", summary: "JWT login, 14 tests" },
    );
    expect(now.state).toBe("finished");
    expect(now.context).toMatchObject({ finished: true, iteration: 6 });
    expect(now.snapshot.status).toBe("done");
  });

  it("takes nothing once it is finished", () => {
    const done = play(inPhase("done"), answers.done);
    for (const event of sessionEvents) expect(play(done, event).snapshot).toBe(done.snapshot);
  });

  it("is opened again by an edit that a new run finds", () => {
    const now = enter({ phase: "done", finished: true, edit: { type: "edit", phase: "testing" } });
    expect(now.state).toBe("working.testing");
  });
});

describe("a continue", () => {
  it.each(moves.filter(isLegal))("goes from $from to $to", ({ from, to }) => {
    const now = play(inPhase(from), goTo(to));
    const isGate = from === "planning" && to === "implementation";
    expect(now.state).toBe(isGate ? "waiting.approval" : `working.${to}`);
    expect(now.started).toEqual(isGate ? [] : ["agent"]);
    expect(now.context.iteration).toBe(isGate ? 1 : 2);
  });

  it.each(moves.filter((move) => !isLegal(move)))(
    "from $from to $to is refused, and the agent is told why",
    ({ from, to }) => {
      const now = play(inPhase(from), goTo(to));
      expect(now.state).toBe(`working.${from}`);
      expect(now.context).toMatchObject({ attempt: "mend", phase: from, iteration: 1 });
      expect(now.context.problem).toBe(explainIllegalMove({ status: "continue", phase: to }, from));
    },
  );

  it.each(phases.slice(0, -1))("without a phase stays in %s", (phase) => {
    expect(play(inPhase(phase), answers.continue).state).toBe(`working.${phase}`);
  });
});

describe("a signal", () => {
  const answersIn = phases.flatMap((phase) => signalStatuses.map((status) => ({ phase, status })));

  it.each(answersIn.filter(isAllowed))("$status is taken in $phase", ({ phase, status }) => {
    const now = play(inPhase(phase), answers[status]);
    expect(now.state).toBe(status === "continue" ? `working.${phase}` : outcomes[status]);
    expect(now.context.problem).toBeUndefined();
    expect(now.context.phase).toBe(phase);
  });

  it.each(answersIn.filter((answer) => !isAllowed(answer)))(
    "$status is refused in $phase",
    ({ phase, status }) => {
      const now = play(inPhase(phase), answers[status]);
      expect(now.state).toBe(`working.${phase}`);
      expect(now.context.problem).toContain(`cannot answer \`${status}\` in \`${phase}\``);
    },
  );

  it.each(["waiting", "blocked", "done"] as const)("%s is refused for another phase", (status) => {
    const phase = status === "done" ? "done" : "testing";
    const now = play(inPhase(phase), { ...answers[status], phase: "quality" });
    expect(now.context.problem).toContain(`expected \`phase\` to be \`${phase}\``);
  });

  it("waits for plan approval in planning alone", () => {
    const wait: SessionEvent = { type: "signal.waiting", for: "plan_approval" };
    expect(play(inPhase("planning"), wait).state).toBe("waiting.approval");
    expect(play(inPhase("testing"), wait).context.problem).toContain(
      "only `planning` has this gate",
    );
  });
});

describe("a refused signal", () => {
  const nonsense: SessionEvent = { type: "signal.invalid", problem: "it is empty" };

  it("is sent back once to the conversation that wrote it, in the same iteration", () => {
    const now = play(inPhase("testing"), { ...nonsense, costUsd: 1 });
    expect(now.started).toEqual(["agent"]);
    expect(now.context).toMatchObject({ attempt: "mend", problem: "it is empty", costUsd: 1 });
    expect(now.context).toMatchObject({ iteration: 1, counts: withCounts({ testing: 1 }) });
  });

  it("blocks the session where it comes a second time", () => {
    const now = play(inPhase("testing"), nonsense, { type: "signal.done", summary: "x" });
    expect(now.state).toBe("blocked");
    expect(now.context.problem).toBeUndefined();
    expect(now.context.hold).toEqual({
      kind: "blocked",
      needs: "error_resolution",
      reason:
        "the agent's signal was invalid, and so was the repaired one: " +
        "cannot answer `done` in `testing`: expected `continue`, `waiting`, `blocked`",
    });
  });

  it("may be repaired again in the next iteration", () => {
    const now = play(inPhase("testing"), nonsense, answers.continue, nonsense);
    expect(now.state).toBe("working.testing");
    expect(now.context).toMatchObject({ attempt: "mend", iteration: 2 });
  });

  it("is not mended again by a run that adopts the mending after a crash", () => {
    const { phase, iteration, problem } = play(inPhase("testing"), nonsense).context;
    const adopted = enter({ phase, iteration, problem, inFlight: true });
    expect(adopted.state).toBe("working.testing");
    expect(adopted.context).toMatchObject({ attempt: "adopt", iteration: 1 });
    expect(play(adopted, nonsense).state).toBe("blocked");
  });

  it("settles nothing that its agent was told, and is told itself where the mending fails", () => {
    const told = { about: "The plan was rejected, with this feedback:", text: "use cookies" };
    const refused = play(inPhase("planning", { notes: [told] }), nonsense);
    expect(refused.context.notes).toEqual([told]);
    const problem = {
      about: "The last agent's signal was invalid and was not repaired:",
      text: "it is empty",
    };
    const failed = play(refused, { type: "agent.failed", canRetry: true, message: "500" });
    expect(failed.context.notes).toEqual([told, problem]);
    expect(play(refused, nonsense).context.notes).toEqual([told, problem]);
    expect(play(refused, answers.continue).context.notes).toEqual([]);
  });

  it("is repaired even where the run was asked to stop", () => {
    const now = play(inPhase("testing"), { type: "stop" }, nonsense);
    expect(now.state).toBe("working.testing");
    expect(play(now, answers.continue).state).toBe("paused");
  });
});

describe("the limit of a phase", () => {
  it.each(protocol)("lets %s have exactly its iterations", (phase, _next, _signals, most) => {
    const start = (spent: number) => inPhase(phase, { counts: withCounts({ [phase]: spent }) });
    const last = start(most - 1);
    expect(last.state).toBe(`working.${phase}`);
    expect(last.context.counts[phase]).toBe(most);
    const over = start(most);
    expect(over.state).toBe("blocked");
    expect(over.started).toEqual([]);
    expect(over.context.hold).toEqual({
      kind: "blocked",
      needs: "human_decision",
      reason: `\`${phase}\` has used its ${most} iterations`,
    });
    if (phase === "done") return;
    expect(play(last, answers.continue).state).toBe("blocked");
  });

  it("keeps an agent from going to a phase that has none left, and remembers where to", () => {
    const now = play(inPhase("testing", { counts: withCounts({ quality: 10 }) }), goTo("quality"));
    expect(now.state).toBe("blocked");
    expect(now.context).toMatchObject({ phase: "quality", counts: { quality: 10 } });
    const again = play(now, { type: "resume" });
    expect(again.state).toBe("working.quality");
    expect(again.context.counts.quality).toBe(1);
  });
});

describe("rework", () => {
  const round = [goTo("implementation"), goTo("testing")];

  it("goes back to implementation three times, and the fourth time asks a person", () => {
    const thrice = play(inPhase("testing"), ...round, ...round, ...round);
    expect(thrice.state).toBe("working.testing");
    expect(thrice.context.rework).toBe(maxRework);
    const now = play(thrice, goTo("implementation"));
    expect(now.state).toBe("blocked");
    expect(now.context.hold).toMatchObject({
      reason: "the work was sent back 3 times",
      needs: "human_decision",
    });
    expect(now.context.rework).toBe(maxRework);
  });

  it("is allowed again by the person who resumes", () => {
    const blocked = play(inPhase("testing", { rework: maxRework }), goTo("implementation"));
    const now = play(blocked, { type: "resume" });
    expect(now.state).toBe("working.implementation");
    expect(now.context.rework).toBe(0);
  });

  it("counts once where the run ends between testing and implementation", () => {
    const paused = play(
      inPhase("testing", { settings: { maxIterations: 1 } }),
      goTo("implementation"),
    );
    expect(paused.state).toBe("paused");
    const { phase, rework } = paused.context;
    expect(enter({ phase, rework }).context).toMatchObject({ phase: "implementation", rework: 1 });
  });

  it("is not what an agent does that goes from quality to testing", () => {
    expect(play(inPhase("quality"), goTo("testing")).context.rework).toBe(0);
  });
});

describe("what a session costs", () => {
  it("is counted for each phase, mended and failed iterations included", () => {
    const { context } = play(
      inPhase("testing"),
      { type: "signal.invalid", problem: "it is empty", costUsd: 1 },
      { type: "signal.continue", phase: "quality", costUsd: 0.5 },
      { type: "agent.failed", message: "no", canRetry: true, costUsd: 0.25 },
    );
    expect(context).toMatchObject({ costUsd: 1.75, phaseCosts: { testing: 1.5, quality: 0.25 } });
    expect(memoryOf(context).phaseCosts).toEqual({ testing: 1.5, quality: 0.25 });
  });

  it("is no word about phases before something was spent", () => {
    expect(memoryOf(play(inPhase("testing"), { type: "stop" }).context)).not.toHaveProperty(
      "phaseCosts",
    );
  });
});
