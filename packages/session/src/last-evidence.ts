import type { Store } from "@samocode/core/store";
import { z } from "zod";

const Recorded = z.object({
  tests: z.object({ total: z.number() }).optional(),
  testChanges: z.array(z.string()).readonly().optional(),
});

/** What the runner last saw of the tests of a session, as far as others need it. */
export type LastEvidence = z.infer<typeof Recorded>;

/** So much of the end of a history is read, whatever its length. */
const maxBytes = 256 * 1024;

/** Reads the newest evidence of a session, if it is not long past. */
export function readLastEvidence(
  store: Pick<Store, "historySize" | "readRecordsFrom">,
): LastEvidence | undefined {
  const size = store.historySize();
  // A session that was made by hand has no history yet.
  if (size === 0) return undefined;
  // Every report of a session asks for it: a history without any evidence is read, but not parsed.
  const records = store.readRecordsFrom(Math.max(0, size - maxBytes), '"evidence"');
  const record = records.findLast((each) => each["evidence"] !== undefined);
  return Recorded.safeParse(record?.["evidence"]).data;
}
