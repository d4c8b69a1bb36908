import { mkdirSync } from "node:fs";
import { isAbsolute } from "node:path";

/**
 * Makes the folder that `CLAUDE_CODE_TMPDIR` names, for older versions of the CLI end at once when it does not exist.
 *
 * A relative path is left alone: it leads into the agent's worktree, where it may be a link. A folder that cannot be made
 * is for the CLI to report.
 */
export function makeTemporaryFolder(env: Readonly<NodeJS.ProcessEnv>): void {
  const folder = env["CLAUDE_CODE_TMPDIR"] ?? "";
  if (!isAbsolute(folder)) return;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    // The CLI may never write there.
  }
}
