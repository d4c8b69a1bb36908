import { z } from "zod";

/** What `restore --json` prints: where a session is again. */
export const RestoreDocument = z.object({
  session: z.string().describe("what to type for the session"),
  folder: z.string().describe("where its folder is now"),
  worktree: z
    .object({ path: z.string(), branch: z.string() })
    .readonly()
    .exactOptional()
    .describe("absent if it could not be made again; `notes` says why"),
  notes: z.array(z.string()).readonly().describe("what to know beside that, in words"),
});
export type RestoreDocument = z.infer<typeof RestoreDocument>;
