import { z } from "zod";

/** What `init --json` prints: the `.samocode` that was written, and what is in it. */
export const InitDocument = z.object({
  path: z.string().describe("the file that was written"),
  mainRepo: z.string(),
  worktrees: z.string(),
  sessions: z.string(),
  testCommand: z
    .string()
    .exactOptional()
    .describe("the proposed TEST_COMMAND, written as a comment"),
  notes: z.array(z.string()).readonly().describe("further notes, in words"),
  next: z.array(z.string()).readonly().describe("the commands to type next"),
});
export type InitDocument = z.infer<typeof InitDocument>;
