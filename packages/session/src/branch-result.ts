import { z } from "zod";

const count = z.int().nonnegative();

/** What a session has made: its branch, and how far that is from the one that it came from. */
export const BranchResult = z
  .object({
    branch: z.string(),
    base: z.string().describe("what it is compared with, such as `main`"),
    files: count.describe("changed files"),
    added: count.describe("added lines"),
    removed: count.describe("removed lines"),
    hasRemote: z.boolean().describe("whether the repository has a remote"),
  })
  .readonly();
export type BranchResult = z.infer<typeof BranchResult>;
