import { z } from "zod";
import { DecisionDocument } from "./decision-document.ts";

/** What `stop --json` prints: whether a run has been asked to stop. */
export const StopDocument = DecisionDocument.omit({ first: true }).extend({
  taken: z.boolean().describe("`false` if the session is not running, so there is nothing to stop"),
});
export type StopDocument = z.infer<typeof StopDocument>;

/** What `stop --now --json` prints, once the run has ended. */
export const StopNowDocument = StopDocument.pick({ session: true, taken: true }).extend({
  pid: z.number().exactOptional().describe("of the run that ended; only if `taken`"),
  state: z.string().describe("state of the session now"),
  phase: z.string(),
});
export type StopNowDocument = z.infer<typeof StopNowDocument>;
