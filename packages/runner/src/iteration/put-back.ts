import {
  findChangedLines,
  OverviewError,
  statusChanges,
  type Note,
  type OverviewStatus,
  type SessionContext,
  type Store,
} from "@samocode/core";

/** The Status section before an iteration; nothing where it cannot be read. */
export function readStatus(store: Store): OverviewStatus | undefined {
  try {
    return store.readOverview().status;
  } catch (error) {
    if (error instanceof OverviewError) return undefined;
    throw error;
  }
}

/**
 * What an agent did to the lines that are the runner's: they are put back with the next edit.
 *
 * @param before The Status section before the iteration: it says which lines there were. Without it, the one that is there.
 */
export function findChanges(
  store: Store,
  context: SessionContext,
  before?: OverviewStatus,
): { readonly changed: readonly Note[]; readonly unreadable?: string } {
  try {
    const found = store.readOverview().status;
    const lines = findChangedLines(found, statusChanges(context, before ?? found));
    if (lines.length === 0) return { changed: [] };
    const text = lines.map(({ key, found, kept }) => `${key}: ${found} -> ${kept}`).join("\n");
    return { changed: [{ about: changedAbout, text }] };
  } catch (error) {
    if (error instanceof OverviewError) return { changed: [], unreadable: error.message };
    throw error;
  }
}

const changedAbout =
  "The last agent changed lines of `_overview.md` that are the runner's alone. They were put back:";
