/**
 * Gives the word that is the fewest edits away from `word`, or `undefined` if there are no words.
 * An edit adds, drops or changes one character, or swaps two neighbours; letter case counts for nothing.
 *
 * @param maxEdits Words that are further away are not given.
 * @example
 * nearest("WORKTREE", ["MAIN_REPO", "WORKTREES"]); // "WORKTREES"
 */
export function nearest(
  word: string,
  words: Iterable<string>,
  maxEdits = Number.POSITIVE_INFINITY,
): string | undefined {
  let best: string | undefined;
  let bestEdits = maxEdits + 1;
  for (const candidate of words) {
    const edits = countEdits(word.toLowerCase(), candidate.toLowerCase());
    if (edits < bestEdits) [best, bestEdits] = [candidate, edits];
  }
  return best;
}

/** The optimal string alignment distance. */
function countEdits(from: string, to: string): number {
  const [a, b] = [Array.from(from), Array.from(to)];
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          (last[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
          i > 1 && j > 1 && swapped ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
