import { describe, expect, it } from "vitest";
import { readAnswers } from "../src/written-answers.ts";

const two = { open: ["Q1", "Q2"] };
const list = (text: string, asked: Parameters<typeof readAnswers>[1] = two) => {
  const read = readAnswers(text, asked);
  return "answers" in read
    ? read.answers.map((answer) => `${answer.question} <- ${answer.text}`)
    : read.problem;
};

describe("each answer goes to its question", () => {
  it.each([
    ["Q1: A\nQ2: tomorrow", ["Q1 <- A", "Q2 <- tomorrow"]],
    ["Q1: A, Q2: B", ["Q1 <- A", "Q2 <- B"]],
    ["Q1: A; Q2: B", ["Q1 <- A", "Q2 <- B"]],
    ["Q1=A Q2=B", ["Q1 <- A", "Q2 <- B"]],
    ["q1=a q2=b", ["Q1 <- a", "Q2 <- b"]],
    ["Q1 : A / Q2 : B", ["Q1 <- A", "Q2 <- B"]],
    ["Q1. A and Q2. B", ["Q1 <- A", "Q2 <- B"]],
    ["Q1 - A\nQ2 - B", ["Q1 <- A", "Q2 <- B"]],
    ["Q1 A Q2 B", ["Q1 <- A", "Q2 <- B"]],
    ["Q1 a, Q2 b", ["Q1 <- a", "Q2 <- b"]],
    ["q1 a\nq2 b", ["Q1 <- a", "Q2 <- b"]],
    ["Q2: B\nQ1: A", ["Q2 <- B", "Q1 <- A"]],
    ["1) a", ["Q1 <- a"]],
    ["1) a 2) b", ["Q1 <- a", "Q2 <- b"]],
    ["1) a\n2) b", ["Q1 <- a", "Q2 <- b"]],
    ["1: a, 2: b", ["Q1 <- a", "Q2 <- b"]],
    ["1. next week\n2. next month", ["Q1 <- next week", "Q2 <- next month"]],
    ["1=a 2=b", ["Q1 <- a", "Q2 <- b"]],
    ["1a 2b", ["Q1 <- a", "Q2 <- b"]],
    ["1 a, 2 b", ["Q1 <- a", "Q2 <- b"]],
    ["- Q1: A\n- Q2: B", ["Q1 <- A", "Q2 <- B"]],
    ["(Q1) A\n(Q2) B", ["Q1 <- A", "Q2 <- B"]],
    ["Q1： A\nQ2： B", ["Q1 <- A", "Q2 <- B"]],
    ["Q1: use redis, not memcached\nQ2: B", ["Q1 <- use redis, not memcached", "Q2 <- B"]],
    ["Q1: use redis, Q2: B", ["Q1 <- use redis", "Q2 <- B"]],
    ["Q1: two lines\nof it\n\nQ2: B", ["Q1 <- two lines\nof it", "Q2 <- B"]],
    ["Q1: 1. do x\n2. do y", ["Q1 <- 1. do x\n2. do y"]],
    ["Q2: see Q1 for that", ["Q2 <- see Q1 for that"]],
    ["Q1: version 2.0 of it", ["Q1 <- version 2.0 of it"]],
    ["  Q01: A  ", ["Q1 <- A"]],
    ["Q1: A\r\nQ2: B", ["Q1 <- A", "Q2 <- B"]],
    ["Q1: A) here\nQ2: (b)", ["Q1 <- A) here", "Q2 <- (b)"]],
  ])("%j", (text, answers) => {
    expect(list(text)).toEqual(answers);
  });

  it("also of a question that is not open, which is told then", () => {
    expect(list("Q1: A\nQ7: B")).toEqual(["Q1 <- A", "Q7 <- B"]);
    expect(list("Q7: B")).toEqual(["Q7 <- B"]);
  });
});

describe("what is not understood is no answer", () => {
  const unsure = /^It is not clear which answer belongs to which question. Nothing was recorded./;
  it.each([
    [
      "a week",
      /^Say which question you answer \(Q1, Q2\), such as\nQ1: your words\nQ2: your words$/,
    ],
    ["A, B", /^Say which question/],
    ["A\nB", /^Say which question/],
    ["3) a", /^Say which question/],
    ["1) a 3) b\n9) c", /^Say which question/],
    ["2.5 weeks", /^Say which question/],
    ["10:30 tomorrow", /^Say which question/],
    ["Hello! Q1: A", unsure],
    ["Q1: use redis Q2: B", unsure],
    ["Q1: A\nQ1: B", /^You answered Q1 twice. Which answer is right\?$/],
    ["Q1: \nQ2: B", /^Your answer to Q1 is empty.$/],
    ["Q1:", /^Your answer to Q1 is empty.$/],
    ["   ", /^Your message has no text.$/],
  ])("%j", (text, problem) => {
    expect(list(text)).toMatch(problem);
  });

  it("with an example of the only question that is open", () => {
    expect(list("a week", { open: ["Q3"] })).toBe(
      "Say which question you answer (Q3), such as Q3: your words",
    );
  });
});

describe("words alone answer the only question that can be meant", () => {
  const one = { open: ["Q2"], only: "Q2" };
  it.each([
    ["tomorrow", ["Q2 <- tomorrow"]],
    ["b", ["Q2 <- b"]],
    ["Q2: b", ["Q2 <- b"]],
    ["q2 b", ["Q2 <- b"]],
    ["1. do x\n2. do y", ["Q2 <- 1. do x\n2. do y"]],
    ["2.5 weeks", ["Q2 <- 2.5 weeks"]],
    ["Q1: A\nQ2: B", ["Q1 <- A", "Q2 <- B"]],
    ["as in Q1, but later", ["Q2 <- as in Q1, but later"]],
  ])("%j", (text, answers) => {
    expect(list(text, one)).toEqual(answers);
  });

  it("but not if a number begins elsewhere in them", () => {
    expect(list("well,\nQ1: A\nQ2: B", one)).toMatch(/^It is not clear/);
  });

  it("and of several the one that was asked for, unless others are named", () => {
    const asked = { open: ["Q1", "Q2"], only: "Q1" };
    expect(list("tomorrow", asked)).toEqual(["Q1 <- tomorrow"]);
    expect(list("1. do x\n2. do y\n3. do z", asked)).toEqual(["Q1 <- 1. do x\n2. do y\n3. do z"]);
    expect(list("Q1: A, Q2: B", asked)).toEqual(["Q1 <- A", "Q2 <- B"]);
  });
});
