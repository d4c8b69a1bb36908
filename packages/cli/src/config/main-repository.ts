import { lstatSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { realPath } from "@samocode/session";
import { readSmallFile } from "@samocode/worktree";

/** A linked worktree, as its files tell without git. */
export interface LinkedWorktree {
  /** Its top. */
  readonly top: string;
  /** The folder of the main repository: its top, or the repository itself if it is bare. */
  readonly main: string;
}

/** The worktree that a folder is in, if it is a linked one whose repository knows it. */
export function findMainRepository(folder: string): LinkedWorktree | undefined {
  const dotGit = join(folder, ".git");
  const parent = dirname(folder);
  if (lstatSync(dotGit, { throwIfNoEntry: false }) === undefined) {
    return parent === folder ? undefined : findMainRepository(parent);
  }
  const target = /^gitdir: (.+)$/.exec(readSmallFile(dotGit) ?? "")?.[1];
  if (target === undefined) return undefined;
  const record = resolve(folder, target);
  // A submodule has no common folder.
  const common = readSmallFile(join(record, "commondir"));
  const back = readSmallFile(join(record, "gitdir"));
  if (common === undefined || back === undefined) return undefined;
  if (realPath(resolve(record, back)) !== realPath(dotGit)) return undefined;
  const repository = resolve(record, common);
  return {
    top: folder,
    main: basename(repository) === ".git" ? dirname(repository) : repository,
  };
}
