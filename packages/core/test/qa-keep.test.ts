import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepQuestions } from "../src/overview/qa-keep.ts";
import { openQuestions, parseQuestions } from "../src/overview/qa.ts";

const first = "### Q1: Where?\nA) here\nB) there\n**Answer:** _waiting_\n";
const second = "### Q2: When?\nA) now\n**Suggestion:** A\n**Answer:** _waiting_\n";
const text = `# Q&A\n\n${first}\n${second}`;
const asking = { text, given: [] };

describe("the questions of a session", () => {
  it("stay as they are if nothing has disappeared", () => {
    const edited = text.replace("_waiting_", "B").replace("# Q&A", "# My notes");
    for (const found of [text, edited, edited.replaceAll("\n", "\r\n")])
      expect(keepQuestions(found, asking)).toEqual({
        text: found,
        restored: [],
        reapplied: [],
        missing: [],
      });
  });

  it("are not known if nothing was asked", () => {
    expect(keepQuestions("", undefined)).toEqual({
      text: "",
      restored: [],
      reapplied: [],
      missing: [],
    });
    expect(keepQuestions("Status: waiting\n### Q1: x\n**Answer:** y\n", undefined).text).toContain(
      "Status: answered",
    );
  });

  it.each([
    ["all", "", `${first.trimEnd()}\n\n${second}`, ["Q1", "Q2"]],
    ["all but a title", "# Q&A\n", `# Q&A\n\n${first.trimEnd()}\n\n${second}`, ["Q1", "Q2"]],
    ["the last", `# Q&A\n\n${first}`, text, ["Q2"]],
    ["the first", `# Q&A\n\n${second}`, `# Q&A\n\n${second}\n${first}`, ["Q1"]],
    [
      "what has no line break at its end",
      "# x",
      `# x\n\n${first.trimEnd()}\n\n${second}`,
      ["Q1", "Q2"],
    ],
  ])("are restored: %s", (_, found, expected, restored) => {
    expect(keepQuestions(found, asking)).toEqual({
      text: expected,
      restored,
      reapplied: [],
      missing: [],
    });
  });

  it("are whole again wherever a save has ended", () => {
    const answered = text.replace("_waiting_", "B");
    const end = answered.indexOf("### Q2");
    for (let length = 0; length < answered.length; length++) {
      const kept = keepQuestions(answered.slice(0, length), asking);
      expect(parseQuestions(kept.text).map(({ id, title }) => id + title)).toEqual([
        "Q1Where?",
        "Q2When?",
      ]);
      const [one, two] = parseQuestions(kept.text);
      expect(two?.answer).toBeUndefined();
      expect(two?.options).toEqual([{ letter: "A", text: "now" }]);
      expect(one?.options).toHaveLength(2);
      if (length >= end) expect(one?.answer).toBe("B");
    }
  });

  it("are restored beside an answered one of the same number", () => {
    const round = `### Q1: Earlier?\n**Answer:** yes\n\n${first}`;
    const kept = keepQuestions("### Q1: Earlier?\n**Answer:** yes\n", { text: round, given: [] });
    expect(kept.text).toBe(round);
    expect(kept.restored).toEqual(["Q1"]);
  });

  it("are not asked again if a human has changed their words", () => {
    const found = text.replace("When?", "When exactly?").replace("_waiting_", "B");
    expect(keepQuestions(found, asking).text).toBe(found);
  });

  it("that were answered when they were asked may go", () => {
    const known = { text: `### Q9: Old?\n**Answer:** yes\n\n${first}`, given: [] };
    expect(keepQuestions(first, known)).toMatchObject({ text: first, restored: [] });
  });

  it("are missing if they cannot be restored", () => {
    expect(keepQuestions("# Q&A\n\n```\nx\n", asking)).toMatchObject({
      restored: [],
      missing: ["Q1", "Q2"],
    });
  });
});

describe("the answers that were given", () => {
  const given = [{ id: "Q1", text: "B) there" }];

  it("are written again over a stale save, and the rest of it is kept", () => {
    const stale = text.replace(/(### Q2[^]*)_waiting_/, "$1tomorrow");
    expect(keepQuestions(stale, { text, given })).toEqual({
      text: stale.replace("_waiting_", "B) there"),
      restored: [],
      reapplied: ["Q1"],
      missing: [],
    });
  });

  it("give way to what a human has written since", () => {
    const newer = text.replace("_waiting_", "neither");
    expect(keepQuestions(newer, { text, given })).toMatchObject({ text: newer, reapplied: [] });
  });

  it("come back with their question", () => {
    const kept = keepQuestions("", { text, given });
    expect(kept).toMatchObject({ restored: ["Q1", "Q2"], reapplied: [] });
    expect(openQuestions(kept.text).map(({ id }) => id)).toEqual(["Q2"]);
  });

  it("close the status of an older file when they are the last", () => {
    const older = { text: `Status: waiting\n\n${first}`, given };
    expect(keepQuestions(older.text, older).text).toContain("Status: answered\n");
  });

  it("are there again whatever part of the file a save has left", () => {
    const part = fc.constantFrom(
      "\n",
      "# Notes\n",
      first,
      second,
      "### Q1: Where?\n",
      "text\n",
      "A) x\n",
    );
    fc.assert(
      fc.property(fc.uniqueArray(part, { maxLength: 6 }), (parts) => {
        const kept = keepQuestions(parts.join(""), { text, given });
        expect(kept.missing).toEqual([]);
        const isAnswered = parseQuestions(kept.text).some(
          ({ id, answer }) => id === "Q1" && answer !== undefined,
        );
        expect(isAnswered).toBe(true);
        expect(parseQuestions(kept.text).some(({ id }) => id === "Q2")).toBe(true);
        expect(keepQuestions(kept.text, { text, given }).text).toBe(kept.text);
      }),
    );
  });
});
