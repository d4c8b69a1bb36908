import * as runner from "../src/index.ts";
import { expect, it } from "vitest";

it("exports these names and no others", () => {
  expect(Object.keys(runner).toSorted()).toMatchInlineSnapshot(`
    [
      "AnswerDocument",
      "ApproveDocument",
      "ArchiveDocument",
      "DecisionDocument",
      "DoctorDocument",
      "InitDocument",
      "RestoreDocument",
      "SessionReport",
      "SessionStory",
      "ShowDocument",
      "StopDocument",
      "StopNowDocument",
      "answerQuestions",
      "createAgentActor",
      "decide",
      "enterSession",
      "runIteration",
      "runSession",
      "verify",
      "watchSession",
    ]
  `);
});
