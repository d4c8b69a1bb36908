import type { Note, SessionContext } from "@samocode/core";
import { OverviewError, type OverviewStatus } from "@samocode/core/overview";
import { findChangedLines, statusChanges, type Store } from "@samocode/core/store";
import { withReadableOverview, type OverviewPatience } from "@samocode/session";

/** The Status section before an iteration, or why it cannot be read, even after a while. */
export async function readStatus(
  store: Store,
  patience?: OverviewPatience,
): Promise<OverviewStatus | OverviewError> {
  try {
    return await withReadableOverview(() => store.readOverview().status, patience);
  } catch (error) {
    if (error instanceof OverviewError) return error;
    throw error;
  }
}

/**
 * What an agent did to the lines that are the runner's: they are put back with the next edit.
 *
 * @param before The Status section before the iteration: it says which lines there were. Without it, the one that is there.
 */
export async function findChanges(
  store: Store,
  context: SessionContext,
  before?: OverviewStatus,
  patience?: OverviewPatience,
): Promise<{ readonly changed: readonly Note[]; readonly unreadable?: string }> {
  const found = await readStatus(store, patience);
  if (found instanceof OverviewError) return { changed: [], unreadable: found.message };
  const lines = findChangedLines(found, statusChanges(context, before ?? found));
  if (lines.length === 0) return { changed: [] };
  const text = lines.map((line) => `${line.key}: ${line.found} -> ${line.kept}`).join("\n");
  return { changed: [{ about: changedAbout, text }] };
}

const changedAbout =
  "The last agent changed lines of `_overview.md` that only the runner may change. They were reverted:";
