import { z } from "zod";

/** What `reject --json` and `resume --json` print: what came of a person's decision. */
export const DecisionDocument = z.object({
  session: z.string().describe("name of the session for commands"),
  taken: z
    .boolean()
    .describe("`false` if the decision does not apply to the state; then nothing was changed"),
  from: z.string().describe("the state before, such as `waiting.approval`"),
  to: z.string().describe("the state after; the same if the decision did not apply"),
  phase: z.string(),
  running: z.boolean().describe("whether the session is running: it then continues by itself"),
  first: z
    .string()
    .exactOptional()
    .describe(
      "who decided before, what and when, in words: if this decision did not apply, or if both count",
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
    .describe("`null` if there is no plan file; a plan written later will need its own approval"),
});
export type ApproveDocument = z.infer<typeof ApproveDocument>;
