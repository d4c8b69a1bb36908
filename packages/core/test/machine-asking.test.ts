import { describe, expect, it } from "vitest";
import { createRecord } from "../src/history/session-record.ts";
import { memoryOf } from "../src/machine/session-context.ts";
import { enter, play } from "./support/session-play.ts";

const text = "### Q1: x\n**Answer:** _waiting_\n\n### Q2: y\n**Answer:** _waiting_\n";
const problem = "cannot ask: `_qa.md` is empty";
const ask = { type: "signal.waiting", for: "qa_answers" } as const;
const about = "The questions in `_qa.md` have been answered.";
const asked = () => play(enter({ phase: "planning" }), { ...ask, asks: { text } });

describe("a session that asks", () => {
  it("remembers what it has asked", () => {
    expect(asked()).toMatchObject({
      state: "waiting.answers",
      context: { asking: { text, given: [] } },
    });
    expect(memoryOf(asked().context).asking).toEqual({ text, given: [] });
  });

  it("remembers nothing if it is not known what was asked", () => {
    for (const event of [ask, { ...ask, asks: {} }])
      expect(play(enter({ phase: "planning" }), event).context.asking).toBeUndefined();
  });

  it("has its signal repaired if no one could answer, and is blocked the second time", () => {
    const refused = play(enter({ phase: "planning" }), { ...ask, asks: { problem } });
    expect(refused).toMatchObject({
      state: "working.planning",
      context: { attempt: "mend", problem },
    });
    const again = play(refused, { ...ask, asks: { problem } });
    expect(again.state).toBe("blocked");
    expect(again.context.hold).toMatchObject({ reason: expect.stringContaining(problem) });
  });

  it("may wait for something else, whatever is in its questions", () => {
    const other = { type: "signal.waiting", for: "human_action", asks: { problem } } as const;
    expect(play(enter({ phase: "planning" }), other).state).toBe("waiting.action");
  });
});

describe("the answers", () => {
  const one = {
    type: "answer",
    open: 1,
    answered: ["Q1"],
    given: [{ id: "Q1", text: "a" }],
  } as const;
  const other = {
    type: "answer",
    open: 1,
    answered: ["Q1"],
    given: [{ id: "Q1", text: "b" }],
  } as const;
  const last = { type: "answer", open: 0, given: [{ id: "Q2", text: "c" }] } as const;

  it("are remembered until the next agent starts, the later one of two to one question", () => {
    const some = play(play(asked(), one), other);
    expect(some.context.asking).toEqual({ text, given: [{ id: "Q1", text: "b" }] });
    expect(play(some, last)).toMatchObject({
      state: "working.planning",
      context: { asking: undefined },
    });
  });

  it("are told to the next agent", () => {
    expect(play(play(asked(), one), last).context.notes).toEqual([{ about, text: "Q1: a\nQ2: c" }]);
    expect(play(asked(), { type: "answer", open: 0 }).context.notes).toEqual([{ about }]);
  });

  it("are told also if it is not known what was asked", () => {
    const old = play(enter({ phase: "planning" }), ask);
    expect(play(old, last).context.notes).toEqual([{ about, text: "Q2: c" }]);
    expect(play(old, one).context.asking).toBeUndefined();
  });

  it("stand in their record with their text; what was asked stands in its memory alone", () => {
    const { snapshot } = asked();
    const record = createRecord({ seq: 1, at: 0, event: one, from: "waiting.answers" }, snapshot);
    expect(record).toMatchObject({ answered: ["Q1"], given: [{ id: "Q1", text: "a" }] });
    const asking = { ...ask, asks: { text } };
    const first = createRecord(
      { seq: 1, at: 0, event: asking, from: "working.planning" },
      snapshot,
    );
    expect(first["asks"]).toBeUndefined();
    expect(first.memory?.asking?.text).toBe(text);
  });
});
