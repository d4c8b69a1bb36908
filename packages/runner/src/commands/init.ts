import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { formatConfigFile } from "../config/config-file.ts";
import { exitCodes } from "../terminal/exit-code.ts";
import { git } from "../worktree/git.ts";
import { printLine } from "../terminal/output.ts";
import { UsageError } from "../terminal/report-error.ts";

/** Writes a `.samocode` for the repository that it is called in, and makes the two folders beside it. */
export async function init(): Promise<number> {
  const { ok, stdout: repo } = await git(process.cwd(), ["rev-parse", "--show-toplevel"]);
  if (!ok) {
    throw new UsageError(
      "cannot set up samocode here: expected a git repository. Go to yours, or make one: git init",
    );
  }
  const path = join(repo, ".samocode");
  if (existsSync(path)) {
    throw new UsageError(`cannot write \`${path}\`: it is there already; edit it instead`);
  }
  const beside = join(dirname(repo), basename(repo));
  const folders = { WORKTREES: `${beside}-worktrees`, SESSIONS: `${beside}-sessions` };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  const text = formatConfigFile({ MAIN_REPO: repo, ...folders });
  writeFileSync(path, text, { flag: "wx" });
  printLine(`Wrote ${path}:`);
  printLine(text.trimEnd());
  printLine(`Start a session: samocode-run NAME --task "what is to be done"`);
  return exitCodes.done;
}
