import { dirname, join } from "node:path";
import { type Phase, phaseRules } from "@samocode/core";
import { sessionFiles } from "@samocode/core/store";
import { isInside, realPath } from "@samocode/session";
import { customFolder } from "./texts/custom-text.ts";

/** What the rules are made from. All paths are absolute. */
export interface GuardedPaths {
  readonly sessionFolder: string;
  /** The worktree. */
  readonly workingDir: string;
  readonly mainRepo: string;
  /** The `.samocode` file. */
  readonly configPath: string;
  /** Files with secrets of the person. */
  readonly secrets: readonly string[];
}

/**
 * What the CLI is to refuse to the agent of a phase, as rules for `permissions.deny`: they hold in every
 * permission mode, `bypassPermissions` included. They bind the CLI's file tools and the plain commands of a
 * shell (`>`, `tee`, `cp`, `touch`, `sed -i`, `cat`); a program that the agent starts is not bound.
 *
 * - Code, in the phases that write none.
 * - What is the runner's in the session folder: history, logs, locks.
 * - The main repository, unless the worktree or the session lies in it.
 * - The project's configuration, and the files with its secrets, which are not to be read either.
 * - Commands that decide for a person or leave the machine: `samocode-run`, `git push`.
 *
 * @example
 * denyRules("planning", paths)[0]; // "Edit(//worktrees/26-01-15-login)"
 */
export function denyRules(phase: Phase, paths: GuardedPaths): readonly string[] {
  const { sessionFolder, workingDir, mainRepo, configPath, secrets } = paths;
  const { history, logs, late } = sessionFiles;
  const kept = [
    ...(phaseRules[phase].writes === "code" ? [] : [workingDir]),
    ...[history, logs, late, ".run.lock", ".write.lock"].map((name) => join(sessionFolder, name)),
    ...(isInside([mainRepo], workingDir, sessionFolder) ? [] : [mainRepo]),
    configPath,
    join(dirname(configPath), customFolder),
    ...secrets,
  ];
  return [
    ...rules("Edit", kept),
    ...rules("Read", secrets),
    "Bash(samocode-run:*)",
    "Bash(git push:*)",
  ];
}

/** One rule a path, and a second where it leads through a link: the CLI may meet the file under either. */
function rules(tool: "Edit" | "Read", paths: readonly string[]): readonly string[] {
  const known = new Set([...paths, ...paths.map(realPath)]);
  return [...known].map((path) => `${tool}(/${escapePattern(path)})`);
}

/** The rules are patterns as in `.gitignore`: one that names a folder holds for all in it. */
function escapePattern(path: string): string {
  return path.replaceAll(/[\\*?[\]!]/g, String.raw`\$&`);
}
