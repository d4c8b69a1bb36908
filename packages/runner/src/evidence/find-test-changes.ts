import { join } from "node:path";
import { readIfRegular } from "@samocode/core/store";
import { findBase, git, type GitOptions } from "@samocode/worktree";
import { concernsTests, describeTestChange } from "./test-changes.ts";

/** More files are not looked into, and more changes not told. */
const maxFiles = 300;
const maxTold = 10;

/**
 * Finds what was done to the tests since the branch of a worktree left the default branch: the test command can only
 * be as good as what it runs, and that is the agent's. Committed or not makes no difference.
 *
 * @returns one line each; none if nothing was changed, or git cannot say.
 */
export async function findTestChanges(
  worktree: string,
  command: string,
  options: GitOptions,
): Promise<readonly string[]> {
  const base = await findBase(worktree);
  if (base === undefined) return [];
  const fork = await git(worktree, ["merge-base", "HEAD", base], options);
  if (!fork.ok) return [];
  const flags = ["--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty"];
  const names = ["--name-status", "--diff-filter=MDTR", "--find-renames", "-z"];
  const diff = await git(worktree, ["diff", ...flags, ...names, fork.stdout, "--"], options);
  const moves = parseNameStatus(diff.stdout).filter(({ from }) => concernsTests(from, command));
  const told: string[] = [];
  for (const { from, to } of moves.slice(0, maxFiles)) {
    if (!concernsTests(to, command)) {
      told.push(`${from} was renamed to ${to}`);
      continue;
    }
    const before = await git(worktree, ["cat-file", "blob", `${fork.stdout}:${from}`], options);
    if (!before.ok) continue;
    const after = readIfRegular(join(worktree, to))?.toString("utf8").replace(/\n$/, "");
    const change = describeTestChange({ path: to, before: before.stdout, after }, command);
    if (change !== undefined) told.push(change);
  }
  if (told.length <= maxTold) return told;
  return [...told.slice(0, maxTold), `and ${told.length - maxTold} more`];
}

/** Says that fewer tests were run than the time before; nothing if it is not so, or not known. */
export function describeFewer(
  now: { readonly total: number } | undefined,
  before: { readonly total: number } | undefined,
): string | undefined {
  if (now === undefined || before === undefined || now.total >= before.total) return undefined;
  return `${before.total - now.total} fewer tests ran than last time (${now.total}, before ${before.total})`;
}

/** Reads `git diff --name-status -z`: a status and a path, or two for what was renamed. */
function parseNameStatus(text: string): readonly { readonly from: string; readonly to: string }[] {
  const fields = text.split("\0");
  const moves: { from: string; to: string }[] = [];
  for (let index = 0; index + 1 < fields.length;) {
    const isRenamed = fields[index]?.startsWith("R") === true;
    const from = fields[index + 1] ?? "";
    moves.push({ from, to: isRenamed ? (fields[index + 2] ?? "") : from });
    index += isRenamed ? 3 : 2;
  }
  return moves;
}
