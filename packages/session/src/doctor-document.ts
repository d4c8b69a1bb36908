import { z } from "zod";

const Check = z
  .object({
    name: z.string().describe("what was checked, in a word or two"),
    state: z
      .enum(["ok", "off", "warning", "fault"])
      .describe(
        "`off`: not configured, and optional; only a `fault` prevents sessions from running",
      ),
    found: z.string(),
    cure: z.string().exactOptional().describe("how to fix it"),
  })
  .readonly();

/** What `doctor --json` prints: all that a session needs, looked at. */
export const DoctorDocument = z.object({
  ok: z.boolean().describe("true if there is no fault"),
  checks: z.array(Check).readonly(),
});
export type DoctorDocument = z.infer<typeof DoctorDocument>;
