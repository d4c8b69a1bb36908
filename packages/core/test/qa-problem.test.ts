import { describe, expect, it } from "vitest";
import {
  cannotAsk,
  findAskProblem,
  maxQuestions,
  questionShape,
} from "../src/overview/qa-problem.ts";

const nobodys = (): boolean => false;
const humans = (): boolean => true;
const open = "### Q1: Where?\nA) here\n**Answer:** _waiting_\n";

describe("what an agent asks", () => {
  it.each([
    open,
    questionShape,
    "# Questions\nStatus: waiting\n\nAsked in the first round.\n\n" + open,
    `${open}\n### Q2: When?\n**Answer:** *waiting*\n`,
    "### Q1: Where?\nA) here\n",
    "### Q1\nWhy do you ask?\n**Answer:**\n",
    "## Questions 1-3\n\nQ1 and Q2 were answered in 2026.\n\n" + open,
    "### Q1: x\nQ2: said in the detail\n**Answer:**\n",
  ])("is taken: %j", (text) => {
    expect(findAskProblem(text, nobodys)).toBeUndefined();
  });

  it.each<[string | undefined, string]>([
    [undefined, "`_qa.md` is not in the session folder, expected it to have an open question"],
    ["", "`_qa.md` is empty, expected it to have an open question"],
    ["\n \n", "`_qa.md` is empty, expected it to have an open question"],
    [
      "1. Where do tokens live?\n2. How long?\n",
      "`_qa.md` has no readable question, expected one with `**Answer:** _waiting_`",
    ],
    [
      "### Q1: x\n**Answer:** _pending_\n",
      "Q1 in `_qa.md` has an answer not given by a human, expected `_waiting_`",
    ],
    [
      `${open}\n### Q2: y\n**Answer:** A - I chose this one\n`,
      "Q2 in `_qa.md` has an answer not given by a human, expected `_waiting_`",
    ],
    [
      `${open}\n### Q1: again\n**Answer:** _waiting_\n`,
      "two open questions in `_qa.md` are named Q1, expected unique numbers",
    ],
    [
      "### Q7:\nA) here\n**Answer:** _waiting_\n",
      "Q7 in `_qa.md` asks nothing, expected a question behind its number",
    ],
  ])("is refused: %j", (text, problem) => {
    expect(findAskProblem(text, nobodys)).toBe(`${cannotAsk}: ${problem}`);
  });

  it("is refused if humans have answered all of it", () => {
    expect(findAskProblem("### Q1: x\n**Answer:** A\n", humans)).toBe(
      "cannot ask: `_qa.md` has no open question, expected one with `**Answer:** _waiting_`",
    );
  });

  it("may stand beside what humans have answered", () => {
    const text = `### Q2: x\n**Answer:** A\n\n${open}`;
    expect(findAskProblem(text, ({ id }) => id === "Q2")).toBeUndefined();
    expect(findAskProblem(text, ({ id }) => id === "Q1")).toContain("Q2 in `_qa.md` has an answer");
  });

  it.each([
    ["a heading", "### Question 2: When?\nA) now\n"],
    ["a heading with a sign", "## Question #2\nWhen?\n"],
    ["a heading with a dot", "### Q.2 When?\n"],
    ["bold text", "# More\n**Q2:** When?\n"],
    ["bold text, spelled out", "# More\n**Question 2**: When?\n"],
    ["a list", "# More\n- Q2. When?\n"],
    ["a numbered list", "# More\n2. Q2) When?\n"],
    ["a quote", "# More\n> Q2: When?\n"],
    ["an answer line of its own", "# More\nWhen?\n**Answer:** _waiting_\n"],
    ["an answer line in a list", "# More\n- Answer:\n"],
  ])("is refused if a question is %s that is read as none", (_, text) => {
    const line = text.startsWith("# More\n") && !text.includes("When?\n**") ? 6 : undefined;
    const problem = findAskProblem(`${open}\n${text}`, humans);
    expect(problem).toMatch(
      /^cannot ask: line \d+ of `_qa\.md` looks like a question but cannot be parsed, expected `### Q1: …` with an `\*\*Answer:\*\* _waiting_` of its own$/,
    );
    if (line !== undefined) expect(problem).toContain(`line ${line} `);
  });

  it.each([
    ["in a fence", "### Q1: x\n```\n**Answer:** _waiting_\n```\n"],
    ["in a quote", "### Q1: x\n> **Answer:** _waiting_\n"],
    ["behind the answer of another question", `${open}\n**Q2: y**\n**Answer:** _waiting_\n`],
  ])("is refused with an answer line %s: no one could answer there", (_, text) => {
    expect(findAskProblem(text, humans)).toContain("looks like a question");
  });

  it("may have as many characters as can be kept, and no more", () => {
    const long = open.padEnd(maxQuestions, "x ");
    const withAnswer = `### Q1: ${"x".repeat(maxQuestions - 9)}\n`;
    expect(withAnswer).toHaveLength(maxQuestions);
    expect(findAskProblem(withAnswer, nobodys)).toBeUndefined();
    expect(findAskProblem(`${long}x`, nobodys)).toBe(
      "cannot ask: `_qa.md` has 200001 characters, expected at most 200000",
    );
  });
});
