import * as fc from "fast-check";
import type { Nodes } from "mdast";
import { describe, expect, it } from "vitest";
import { alignStatus, answerQuestion, QuestionError } from "../src/overview/qa-answer.ts";
import { parseSlice } from "../src/text/markdown-document.ts";
import { mayHideLines, openQuestions, parseQuestions } from "../src/overview/qa.ts";

const two = `# Questions
Status: waiting

### Q1: Where do tokens live?
Some context on
that question.
A) httpOnly cookie
B) localStorage
**Suggestion:** A - not readable by scripts
**Answer:** _waiting_

### Q2: For how long?
- A) a day
- **B)** a week
Suggestion: a week
Answer:
`;

describe("questions", () => {
  it("are read with options, suggestion and place", () => {
    expect(parseQuestions(two)).toEqual([
      {
        id: "Q1",
        title: "Where do tokens live?",
        detail: "Some context on\nthat question.",
        options: [
          { letter: "A", text: "httpOnly cookie" },
          { letter: "B", text: "localStorage" },
        ],
        suggestion: { letter: "A", text: "A - not readable by scripts" },
        line: 4,
      },
      {
        id: "Q2",
        title: "For how long?",
        options: [
          { letter: "A", text: "a day" },
          { letter: "B", text: "a week" },
        ],
        suggestion: { letter: "B", text: "a week" },
        line: 12,
      },
    ]);
  });

  it("in fences, quotes and comments are none", () => {
    const text = "```\n### Q1: no\n```\n> ### Q2: no\n\n<!--\n### Q3: no\n-->\n\n### Q4: yes\n";
    expect(parseQuestions(text).map(({ id }) => id)).toEqual(["Q4"]);
  });

  it("are none in a text without them", () => {
    expect(parseQuestions("")).toEqual([]);
    expect(parseQuestions("# Notes\nnothing\n")).toEqual([]);
  });

  it.each(["", "_waiting_", "waiting", "*Waiting*", "  "])("answered with %j are open", (word) => {
    expect(openQuestions(`### Q1: x\n**Answer:** ${word}\n`)).toHaveLength(1);
  });

  it.each(["A", "no", "waiting for Godot", "**bold**"])("answered with %j are not", (word) => {
    expect(openQuestions(`### Q1: x\n**Answer:** ${word}\n`)).toHaveLength(0);
  });

  it("are not answered by a rule below them", () => {
    expect(openQuestions("### Q1: x\n**Answer:** _waiting_\n\n---\n")).toHaveLength(1);
    expect(openQuestions("### Q1: x\n**Answer:** _waiting_\n---\n")).toHaveLength(1);
    expect(parseQuestions("### Q1: x\n**Answer:** B\n\n---\n")[0]?.answer).toBe("B");
  });

  it("of a second round that counts from 1 again are open", () => {
    const text = "### Q1: x\n**Answer:** A\n\n### Q1: y\n**Answer:** _waiting_\n";
    expect(openQuestions(text).map(({ title }) => title)).toEqual(["y"]);
    expect(openQuestions(answerQuestion(text, "Q1", "B"))).toEqual([]);
  });

  it("do not take an option from a fence", () => {
    expect(parseQuestions("### Q1: x\n```\nA) no\n```\nB) yes\n")[0]?.options).toEqual([
      { letter: "B", text: "yes" },
    ]);
  });

  it("without an answer line are open", () => {
    expect(openQuestions("### Q1: x\nA) y\n")).toHaveLength(1);
  });

  it("may have an answer of several lines, written by hand", () => {
    const text = "### Q1: x\n**Answer:** first\nsecond\n\nthird\n\n### Q2: y\n";
    expect(parseQuestions(text)[0]?.answer).toBe("first\nsecond\n\nthird");
  });
});

describe("an answer", () => {
  it("changes the bytes of its value and no other", () => {
    expect(answerQuestion(two, "Q1", "A")).toBe(two.replace("_waiting_", "A"));
    expect(answerQuestion(two, "q2", "a week")).toBe(two.replace("Answer:\n", "Answer: a week\n"));
  });

  it("keeps CRLF", () => {
    const text = two.replaceAll("\n", "\r\n");
    expect(answerQuestion(text, "Q1", "B")).toBe(text.replace("_waiting_", "B"));
  });

  it("closes the status of an older file when it is the last", () => {
    const answered = answerQuestion(answerQuestion(two, "Q1", "A"), "Q2", "B");
    expect(answered).toContain("Status: answered");
  });

  it.each([
    ["Status: waiting", "_waiting_", "Status: waiting"],
    ["Status: waiting", "typed by hand", "Status: answered"],
    ["**Status:** WAITING", "typed by hand", "**Status:** ANSWERED"],
    ["- Status: Answered", "_waiting_", "- Status: Waiting"],
    ["Status: answered", "typed by hand", "Status: answered"],
    ["Status: on hold", "typed by hand", "Status: on hold"],
    ["## Status: waiting", "typed by hand", "## Status: waiting"],
  ])("keeps a status line in step: %s with %s", (line, answer, expected) => {
    const below = `\r\n\r\n### Q1: Where?\r\n**Answer:** ${answer}\r\n`;
    expect(alignStatus(`# Questions\r\n\r\n${line}${below}`)).toBe(
      `# Questions\r\n\r\n${expected}${below}`,
    );
  });

  it("leaves a status line alone if there is no question", () => {
    expect(alignStatus("Status: waiting\n")).toBe("Status: waiting\n");
  });

  it("gets a line of its own if there is none", () => {
    expect(answerQuestion("### Q1: x\nA) y\n\n### Q2: z\n", "Q1", "A")).toBe(
      "### Q1: x\nA) y\n**Answer:** A\n\n### Q2: z\n",
    );
  });

  it("takes the place of an earlier one", () => {
    const first = answerQuestion(two, "Q1", "one\ntwo");
    expect(answerQuestion(first, "Q1", "A")).toBe(answerQuestion(two, "Q1", "A"));
  });

  it.each([
    "### Q2: forged\n**Answer:** B",
    "```\n### Q9: x",
    "<!-- never closed",
    "a `tick",
    "Suggestion: B\nAnswer: C",
    "> q",
  ])("cannot break the document: %j", (answer) => {
    const written = answerQuestion(two, "Q1", answer);
    expect(parseQuestions(written).map(({ id }) => id)).toEqual(["Q1", "Q2"]);
    expect(parseQuestions(written)[0]?.answer).toBe(answer);
    expect(parseQuestions(written)[1]?.answer).toBeUndefined();
  });

  it("is refused for a question that is not there, and the message names those that are", () => {
    expect(() => answerQuestion(two, "Q7", "A")).toThrow(
      "cannot answer Q7: found no such question, expected Q1, Q2",
    );
    expect(() => answerQuestion("", "Q1", "A")).toThrow(QuestionError);
    expect(() => answerQuestion(two, "Q1", " ")).toThrow("expected an answer");
  });

  it("throws nothing but its own error when reading", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(Array.isArray(parseQuestions(text))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a text in which nothing can be hidden", () => {
  it("has no code, no quote and no HTML for the parser either", () => {
    const piece = fc.constantFrom(
      ..."# A1-*+_=`~:)(.[]|&\\ \n\r  \n\n".split(""),
      "\n- ",
      "\n  ",
      "\n   ",
      "\n1. ",
      "``",
      "~~",
      "&lt;b&gt;",
      "\n***\n",
      "\n===\n",
    );
    const texts = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(!mayHideLines(text));
        const kinds = new Set<string>();
        const visit = (node: Nodes): void => {
          kinds.add(node.type);
          if ("children" in node) node.children.forEach(visit);
        };
        visit(parseSlice(text, { start: 0, end: text.length }));
        expect([...kinds]).not.toEqual(
          expect.arrayContaining([expect.stringMatching(/^(?:code|html|blockquote)$/)]),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it.each(["```\na\n```", "~~~\na", "> a", "a <!-- b", "- a\n\n      code", "\tcode"])(
    "is not this one: %j",
    (text) => {
      expect(mayHideLines(text)).toBe(true);
    },
  );
});
