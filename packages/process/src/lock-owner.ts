import { z } from "zod";
import { ProcessIdentity } from "./process-identity.ts";
import { SignOfLife } from "./sign-of-life.ts";

/** Who holds a lock. */
export const LockOwner = ProcessIdentity.extend({
  /** What it holds the lock for, in a word or two. */
  purpose: z.string().optional(),
  /** ISO 8601, UTC. */
  acquiredAt: z.string(),
  /** Tells apart two locks of one process. */
  token: z.string(),
  /** That it beats, by the time stamp of the lock. Owners of earlier versions do not. */
  beats: z.literal(true).optional(),
  /** The pipe that it keeps open. */
  alive: SignOfLife.optional(),
});
export type LockOwner = z.infer<typeof LockOwner>;
