import { z } from "zod";

/** What `restore --json` prints: where a session is again. */
export const RestoreDocument = z.object({
  session: z.string().describe("name of the session for commands"),
  folder: z.string().describe("path of its folder now"),
  worktree: z
    .object({ path: z.string(), branch: z.string() })
    .readonly()
    .exactOptional()
    .describe("absent if it could not be recreated; `notes` says why"),
  notes: z.array(z.string()).readonly().describe("further notes, in words"),
});
export type RestoreDocument = z.infer<typeof RestoreDocument>;
