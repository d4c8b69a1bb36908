import { z } from "zod";

const Check = z
  .object({
    name: z.string().describe("what was looked at, in a word or two"),
    state: z
      .enum(["ok", "off", "warning", "fault"])
      .describe("`off`: not set up, and need not be; only a `fault` keeps sessions from running"),
    found: z.string(),
    cure: z.string().exactOptional().describe("what to do about it"),
  })
  .readonly();

/** What `doctor --json` prints: all that a session needs, looked at. */
export const DoctorDocument = z.object({
  ok: z.boolean().describe("whether there is no fault"),
  checks: z.array(Check).readonly(),
});
export type DoctorDocument = z.infer<typeof DoctorDocument>;
