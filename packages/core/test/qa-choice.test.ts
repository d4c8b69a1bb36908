import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerQuestion, QuestionError } from "../src/overview/qa-answer.ts";
import { chooseAnswer, suggestedAnswer } from "../src/overview/qa-choice.ts";
import { parseQuestions } from "../src/overview/qa.ts";

const ask = (suggestion: string, options = "A) httpOnly cookie\nB) a week\n") => {
  const text = `### Q1: Which?\n${options}**Suggestion:** ${suggestion}\n**Answer:** _waiting_\n`;
  const [question] = parseQuestions(text);
  if (question === undefined) throw new Error("the text has a question");
  return { text, question };
};

describe("a letter", () => {
  it.each(["A", "a", " A ", "A)", "(a)", "A."])("%j is the option, with its text", (words) => {
    expect(chooseAnswer(ask("").question, words)).toBe("A) httpOnly cookie");
  });

  it("that is not offered is refused with those that are", () => {
    expect(() => chooseAnswer(ask("").question, "D")).toThrow(
      new QuestionError({
        id: "Q1",
        found: "`D`",
        expected: "A) httpOnly cookie, B) a week, or an answer in your own words",
      }),
    );
  });

  it("is an answer like any other where no options are offered", () => {
    expect(chooseAnswer(ask("", "").question, "D")).toBe("D");
  });
});

it.each(["A, but only for an hour", "neither", "A and B", "1", "é", "AB"])(
  "an answer in one's own words is taken as it is: %j",
  (words) => {
    expect(chooseAnswer(ask("").question, words)).toBe(words);
  },
);

describe("a suggestion", () => {
  it.each([
    ["A - not readable by scripts", "A) httpOnly cookie - not readable by scripts"],
    ["A: not readable", "A) httpOnly cookie - not readable"],
    [
      "a) httpOnly cookie, for scripts cannot read it",
      "A) httpOnly cookie, for scripts cannot read it",
    ],
    ["A", "A) httpOnly cookie"],
    ["(B)", "B) a week"],
    ["(B) - long enough", "B) a week - long enough"],
    ["A week", "B) a week"],
    ["A-week trial", "A-week trial"],
    ["A because I say so", "A because I say so"],
    ["a database", "a database"],
  ])("%j is written as %j", (suggestion, written) => {
    expect(suggestedAnswer(ask(suggestion).question)).toBe(written);
  });

  it("that repeats the text of an option is that option", () => {
    expect(ask("A week").question.suggestion).toEqual({ letter: "B", text: "A week" });
  });

  it("is none if there is none", () => {
    expect(suggestedAnswer(ask("").question)).toBeUndefined();
  });
});

it("what is chosen or suggested is read back from the file as it was written", () => {
  const words = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== "");
  fc.assert(
    fc.property(words, fc.constantFrom("A", "B"), (reason, letter) => {
      const { text, question } = ask(`${letter} - ${reason.replaceAll(/\s+/g, " ").trim()}`);
      for (const answer of [chooseAnswer(question, letter), suggestedAnswer(question) ?? ""]) {
        const [written] = parseQuestions(answerQuestion(text, "Q1", answer));
        expect(written?.answer).toBe(answer.trim());
        expect(answer).toContain(`${letter}) `);
      }
    }),
  );
});
