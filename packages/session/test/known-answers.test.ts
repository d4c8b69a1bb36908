import { createTempFolder } from "@samocode/testkit";
import { parseQuestions } from "@samocode/core/overview";
import { openStore } from "@samocode/core/store";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readAsked } from "../src/asked-questions.ts";
import { isMarked, markAnswers, marksFor } from "../src/known-answers.ts";

const answered = "### Q1: Where do  tokens live?\n**Answer:** here\n";
const open = "### Q2: When?\n**Answer:** _waiting_\n";

async function createSession(questions?: string) {
  const folder = await createTempFolder("samocode-marks-");
  const path = join(folder.path, "_qa.md");
  if (questions !== undefined) writeFileSync(path, questions);
  return { store: openStore(folder.path), path, [Symbol.asyncDispose]: () => folder.dispose() };
}

describe("a question that humans have answered", () => {
  const isKnown = (text: string): boolean | undefined => {
    const [question] = parseQuestions(text);
    return question && isMarked(markAnswers(answered + open), question);
  };

  it.each([
    answered,
    answered.replace("Q1", "Q7"),
    answered.replace("Where do  tokens", "where DO tokens"),
    answered.replace("here", "there"),
    answered.replace("Where do  tokens live?", "Where, then?"),
  ])("is known again: %j", (text) => {
    expect(isKnown(text)).toBe(true);
  });

  it.each([
    answered.replace("Q1: Where", "Q7: Or where"),
    "### Q1: Or where?\n**Answer:** yes\n",
    open.replace("_waiting_", "now"),
  ])("is another one than %j", (text) => {
    expect(isKnown(text)).toBe(false);
  });

  it("is believed if no one has marked any", () => {
    expect(parseQuestions(answered).map((each) => isMarked(undefined, each))).toEqual([true]);
    expect(parseQuestions(answered).map((each) => isMarked([], each))).toEqual([false]);
  });
});

describe("the marks for an iteration", () => {
  it.each([undefined, "answer", "approve", "reject", "resume", "edit", "created"])(
    "are made when a human has acted: %s",
    async (event) => {
      await using session = await createSession(answered);
      expect(marksFor(session.store, event, ["before"])).toEqual(markAnswers(answered));
    },
  );

  it.each([
    "signal.invalid",
    "signal.continue",
    "agent.failed",
    "agent.interrupted",
    "run",
    "backOff",
  ])("stay after %s: the agent may have written what is there", async (event) => {
    await using session = await createSession(answered);
    expect(marksFor(session.store, event, ["before"])).toEqual(["before"]);
    expect(marksFor(session.store, event, [])).toEqual([]);
    expect(marksFor(session.store, event, undefined)).toEqual(markAnswers(answered));
  });

  it("are none without questions, and stay if these cannot be read", async () => {
    await using session = await createSession();
    expect(marksFor(session.store, undefined, undefined)).toEqual([]);
    writeFileSync(session.path, Buffer.from([0xff]));
    expect(marksFor(session.store, "answer", ["before"])).toEqual(["before"]);
    expect(marksFor(session.store, "answer", undefined)).toEqual([]);
  });
});

describe("what an agent asks", () => {
  it("is its file", async () => {
    await using session = await createSession(answered + open);
    expect(readAsked(session.store, markAnswers(answered))).toEqual({ text: answered + open });
  });

  it("cannot be put to a human with an answer of its own, or without a file", async () => {
    await using session = await createSession(answered + open);
    expect(readAsked(session.store, [])).toEqual({
      problem:
        "cannot ask: Q1 in `_qa.md` has an answer not given by a human, expected `_waiting_`",
    });
    await using none = await createSession();
    expect(readAsked(none.store, []).problem).toContain("cannot ask: `_qa.md` is not in");
  });

  it("cannot be put to a human if it cannot be read", async () => {
    await using session = await createSession();
    mkdirSync(session.path);
    expect(readAsked(session.store, []).problem).toMatch(/^cannot ask: cannot read `.*_qa\.md`/);
  });

  it("is believed if it was saved after its agent had ended", async () => {
    await using session = await createSession(answered);
    // Far away, for the clock of this machine may be set meanwhile.
    expect(readAsked(session.store, [], Date.now() - 3_600_000)).toEqual({});
    expect(readAsked(session.store, [], Date.now() + 3_600_000).problem).toContain(
      "not given by a human",
    );
  });
});
