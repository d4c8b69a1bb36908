import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerQuestion } from "../src/overview/qa-answer.ts";
import { parseQuestions } from "../src/overview/qa.ts";

function detailOf(...lines: readonly string[]): string | undefined {
  return parseQuestions(`### Q1: Where?\n${lines.join("\n")}\n`)[0]?.detail;
}

const answer = "**Answer:** _waiting_";

describe("the detail of a question", () => {
  it("is what stands between its title and its options", () => {
    expect(detailOf("Context: the client", "cannot read it.", "", "A) here", answer)).toBe(
      "Context: the client\ncannot read it.",
    );
  });

  it("is absent if nothing stands there", () => {
    expect(detailOf("A) here", "B) there", "**Suggestion:** A", answer)).toBeUndefined();
    expect(detailOf("", "---", "", answer)).toBeUndefined();
    expect(detailOf("<!-- a", "b -->", answer)).toBeUndefined();
  });

  it("may stand between options and suggestion, and between suggestion and answer", () => {
    const lines = ["one", "A) a", "", "two", "**Suggestion:** A", "", "three", answer];
    expect(detailOf(...lines)).toBe("one\n\ntwo\n\nthree");
  });

  it("leaves options and suggestion what continues them", () => {
    const [question] = parseQuestions(
      "### Q1: x\nwhy\nA) here\n   and now\n**Suggestion:** A - near\n   and cheap\n**Answer:**\n",
    );
    expect(question).toMatchObject({
      detail: "why",
      options: [{ letter: "A", text: "here and now" }],
      suggestion: { letter: "A", text: "A - near and cheap" },
    });
  });

  it("keeps fences, quotes, tables, lists and headings as they are written", () => {
    const lines = [
      "#### Why",
      "",
      "| a | b |",
      "| - | - |",
      "",
      "- one",
      "  - two",
      "",
      "```js",
      "A) no option",
      "```",
      "> said",
      "",
      "1. here",
      "2. there",
    ];
    expect(detailOf(...lines, answer)).toBe(lines.join("\n"));
  });

  it("leaves comments out, and keeps what stands behind them", () => {
    expect(detailOf("a", "", "<!-- b", "c --> d", "", answer)).toBe("a\n\n d");
  });

  it("has one blank line if several are, and none at its ends", () => {
    expect(detailOf("", "", "a", "", "", "", "b", "", "", answer)).toBe("a\n\nb");
  });

  it("ends with the answer", () => {
    expect(detailOf("a", answer, "", "b")).toBe("a");
  });

  it("has line feeds alone as line breaks", () => {
    expect(parseQuestions("### Q1: x\r\na\r\nb\r\n**Answer:**\r\n")[0]?.detail).toBe("a\nb");
  });

  it("is kept to the byte by an answer", () => {
    const line = fc.stringMatching(/^[A-Za-z0-9|>`~ .:_*\u00E9\u4E00-]{0,20}$/);
    const lineBreak = fc.constantFrom("\n", "\r\n");
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), lineBreak, (lines, end) => {
        const above = ["### Q1: x", ...lines, ""].join(end);
        const text = `${above}${end}**Answer:** _waiting_${end}`;
        fc.pre(parseQuestions(text).length === 1 && !/answer|```|~~~/i.test(lines.join()));
        const answered = answerQuestion(text, "Q1", "A");
        expect(answered.startsWith(above)).toBe(true);
        expect(parseQuestions(answered)[0]?.detail).toBe(parseQuestions(text)[0]?.detail);
      }),
    );
  });
});
