import { describe, expect, it } from "vitest";
import { parseOverview } from "../src/overview/overview.ts";
import { readEntry, type FolderFacts } from "../src/history/session-entry.ts";
import { memoryOf } from "../src/machine/session-context.ts";
import { enter, play } from "./support/session-play.ts";

const atGate = play(enter({ phase: "planning" }), {
  type: "signal.waiting",
  for: "plan_approval",
});

/** A session without a plan file, whose overview does not say what it waits for, waits for something to be done. */
const likelyThere = "human_action";

/** What a session at the plan gate is entered with, once a person has written these lines. */
function editFound(...lines: string[]) {
  const { status } = parseOverview(["## Status", ...lines, ""].join("\n"));
  const state = { to: atGate.state, memory: memoryOf(atGate.context) };
  return readEntry(status, { last: state, state, torn: false }, { openQuestions: 0 }).edit;
}

describe("an edit of the overview at the plan gate", () => {
  it("is no decision yet where only the phase is changed, to one before the gate", () => {
    expect(editFound("Phase: investigation", "Blocked: waiting_human")).toBeUndefined();
    expect(editFound("Phase: investigation", "Blocked: no")).toMatchObject({ type: "edit" });
  });

  it("is found where the phase alone is changed to one behind the gate", () => {
    for (const phase of ["implementation", "testing", "quality", "done"]) {
      expect(editFound(`Phase: ${phase}`, "Blocked: waiting_human")).toEqual({
        type: "edit",
        phase,
        hold: { kind: "waiting", for: likelyThere },
      });
    }
  });

  it("is a decision once the wait is lifted as well", () => {
    expect(editFound("Phase: implementation", "Blocked: no")).toEqual({
      type: "edit",
      phase: "implementation",
    });
  });

  it("lets planning go on where only the wait is lifted", () => {
    expect(editFound("Phase: planning", "Blocked: no")).toEqual({
      type: "edit",
      phase: "planning",
    });
  });

  it("is a decision where it waits for something else", () => {
    expect(
      editFound("Phase: testing", "Blocked: waiting_human", "Waiting For: human_action"),
    ).toMatchObject({ phase: "testing", hold: { for: "human_action" } });
  });
});

const waitsFor = (phase: string, facts: FolderFacts) => {
  const { status } = parseOverview(`## Status\nPhase: ${phase}\nBlocked: waiting_human\n`);
  return readEntry(status, { torn: false }, facts).hold;
};

describe("a session of the Python samocode that waits, and does not say for what", () => {
  it.each<[string, FolderFacts, string]>([
    ["investigation", { openQuestions: 1, questions: 2 }, "qa_answers"],
    ["investigation", { openQuestions: 0, questions: 2 }, "qa_answers"],
    ["investigation", { openQuestions: 0 }, "human_action"],
    ["planning", { openQuestions: 1, planHash: "a" }, "qa_answers"],
    ["planning", { openQuestions: 0, questions: 2, planHash: "a" }, "plan_approval"],
    ["planning", { openQuestions: 0, questions: 2 }, "qa_answers"],
    ["testing", { openQuestions: 0, planHash: "a" }, "human_action"],
  ])("in %s with %j waits for %s", (phase, facts, reason) => {
    expect(waitsFor(phase, facts)).toEqual({ kind: "waiting", for: reason });
  });
});
