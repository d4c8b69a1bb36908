import { z } from "zod";
import { DecisionDocument } from "./decision-document.ts";

/** What `answer --json` prints: what came of the answers. */
export const AnswerDocument = DecisionDocument.omit({ first: true }).extend({
  taken: z.boolean().describe("whether the session acted on the answers in its present state"),
  open: z
    .array(z.object({ id: z.string(), title: z.string() }))
    .describe("questions still waiting for an answer"),
  late: z
    .array(z.object({ id: z.string(), answer: z.string().describe("the one that counts") }))
    .describe("questions that already had another answer, and kept it"),
});
export type AnswerDocument = z.infer<typeof AnswerDocument>;
