import { z } from "zod";

/** What `reject --json` and `resume --json` print: what came of a person's decision. */
export const DecisionDocument = z.object({
  session: z.string().describe("what to type for the session"),
  taken: z
    .boolean()
    .describe("`false` where the decision does not apply to the state; then nothing was changed"),
  from: z.string().describe("the state before, such as `waiting.approval`"),
  to: z.string().describe("the state after; the same where the decision was not taken"),
  phase: z.string(),
  running: z
    .boolean()
    .describe("whether a run holds the session: it takes the decision up by itself"),
  first: z
    .string()
    .exactOptional()
    .describe(
      "who decided before, what and when, in words: where this one was not taken, or where both count",
    ),
});
export type DecisionDocument = z.infer<typeof DecisionDocument>;

/** What `approve --json` prints: the same, with the plan that the approval is bound to. */
export const ApproveDocument = DecisionDocument.extend({
  plan: z
    .object({
      file: z.string().describe("name of the newest plan file, in the session folder"),
      hash: z.string().describe("SHA-256 of all plan files together"),
    })
    .nullable()
    .describe(
      "`null` where there is no plan file: a plan that may still come is not approved by this",
    ),
});
export type ApproveDocument = z.infer<typeof ApproveDocument>;
