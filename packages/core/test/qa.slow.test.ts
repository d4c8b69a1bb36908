import * as fc from "fast-check";
import { expect, it } from "vitest";
import { answerQuestion, QuestionError } from "../src/overview/qa-answer.ts";
import { openQuestions } from "../src/overview/qa.ts";

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

const tryAnswer = (text: string, answer: string): string | undefined => {
  try {
    return answerQuestion(text, "Q1", answer);
  } catch (error) {
    if (error instanceof QuestionError) return undefined;
    throw error;
  }
};

it("an answer reads back, whatever it says and wherever it stands", { timeout: 120_000 }, () => {
  const text = fc.string({ unit: fc.constantFrom(..."ab \n#>`*_<!-)A:[]\\~".split("")) });
  fc.assert(
    fc.property(text, text, (answer, noise) => {
      const document = `${noise.replaceAll("Q", "")}\n\n${two}`;
      if (openQuestions(document).length !== 2) return;
      const written = tryAnswer(document, answer);
      const open = written === undefined ? ["Q1", "Q2"] : ["Q2"];
      expect(openQuestions(written ?? document).map(({ id }) => id)).toEqual(open);
    }),
    { numRuns: 1000 },
  );
});
