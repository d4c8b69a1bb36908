import { z } from "zod";
import { DecisionDocument } from "./decision-document.ts";

/** What `answer --json` prints: what came of the answers. */
export const AnswerDocument = DecisionDocument.omit({ first: true }).extend({
  taken: z.boolean().describe("whether the machine has taken the answers up, in its present state"),
  open: z
    .array(z.object({ id: z.string(), title: z.string() }))
    .describe("the questions that still wait for an answer"),
  late: z
    .array(z.object({ id: z.string(), answer: z.string().describe("the one that counts") }))
    .describe("the questions that had another answer already, and kept it"),
});
export type AnswerDocument = z.infer<typeof AnswerDocument>;
