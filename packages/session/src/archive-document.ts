import { z } from "zod";

const Worktree = z
  .object({
    path: z.string(),
    removed: z.boolean(),
    branch: z.string().exactOptional().describe("it is kept"),
  })
  .readonly();

/** What `archive --json` prints: where a session was put away. */
export const ArchiveDocument = z.object({
  session: z.string().describe("the name used for the session so far"),
  folder: z.string().describe("path of its folder now"),
  worktree: Worktree.exactOptional().describe("if it had one"),
});
export type ArchiveDocument = z.infer<typeof ArchiveDocument>;
