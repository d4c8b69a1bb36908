import { existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { explainSystemCode } from "@samocode/core/store";
import { formatConfigFile } from "../config/config-file.ts";
import { findConfigFile } from "../config/config-search.ts";
import { proposeTestCommand } from "../config/test-proposal.ts";
import { type InitDocument, exitCodes, UsageError } from "@samocode/session";
import { findProgram, shellQuote } from "@samocode/process";
import { printJson, printLine } from "../terminal/output.ts";
import { git } from "@samocode/worktree";

/** Writes a `.samocode` for the repository that it is called in, and makes the two folders beside it. */
export async function init({ json }: { readonly json: boolean }): Promise<number> {
  const repo = await findRepository(process.cwd());
  const path = join(repo, ".samocode");
  if (existsSync(path)) {
    throw new UsageError(
      `cannot write \`${path}\`: it already exists. Edit it, then check it with: samocode-run doctor`,
    );
  }
  const above = findConfigFile(dirname(repo));
  const beside = join(dirname(repo), basename(repo));
  const folders = { WORKTREES: `${beside}-worktrees`, SESSIONS: `${beside}-sessions` };
  const testCommand = proposeTestCommand(repo);
  const proposal = formatConfigFile({ TEST_COMMAND: testCommand ?? "npm test" }).trimEnd();
  const text = `${formatConfigFile({ MAIN_REPO: repo, ...folders })}# ${proposal}\n`;
  writeAll(Object.values(folders), path, text);

  const notes = [
    ...("path" in above ? [`It overrides ${above.path}.`] : []),
    `With TEST_COMMAND the runner verifies the tests itself. To enable it, remove the # before: ${proposal}`,
    ...(await findNotes(repo)),
  ];
  const next = ["samocode-run doctor", 'samocode-run NAME --task "what to do"'];
  if (json) {
    const { WORKTREES: worktrees, SESSIONS: sessions } = folders;
    const document: InitDocument = {
      path,
      mainRepo: repo,
      worktrees,
      sessions,
      notes,
      next,
      ...(testCommand !== undefined && { testCommand }),
    };
    printJson(document);
    return exitCodes.done;
  }
  printLine(`Wrote ${path}:`);
  printLine(text.trimEnd().replaceAll(/^/gm, "  "));
  for (const note of notes) printLine(note);
  printLine(`Check the setup: ${next[0]}`);
  printLine(`Start a session: ${next[1]}`);
  return exitCodes.done;
}

/** The main folder of the repository, also from a subfolder and from one of its worktrees. */
async function findRepository(from: string): Promise<string> {
  if (findProgram("git", process.env) === undefined) {
    throw new UsageError(
      "cannot set up samocode here: git is not on the PATH. Install it: https://git-scm.com/downloads",
    );
  }
  const top = await git(from, ["rev-parse", "--show-toplevel"]);
  if (!top.ok) {
    const project = findConfigFile(from);
    if ("path" in project) {
      throw new UsageError(
        `cannot set up samocode here: this folder belongs to the project of \`${project.path}\`, which is already set up. Check it with: samocode-run doctor`,
      );
    }
    const isBare = (await git(from, ["rev-parse", "--is-bare-repository"])).stdout === "true";
    throw new UsageError(
      isBare
        ? "cannot set up samocode here: this is a bare repository. Write a `.samocode` in the folder above it by hand, with MAIN_REPO, WORKTREES and SESSIONS"
        : "cannot set up samocode here: expected a git repository. Change to yours, or create one: git init",
    );
  }
  const list = await git(from, ["worktree", "list", "--porcelain"]);
  const main = /^worktree (.+)\n(?!bare$)/m.exec(list.stdout)?.[1];
  return main ?? top.stdout;
}

/** All of it, or nothing. */
function writeAll(folders: readonly string[], path: string, text: string): void {
  const made: string[] = [];
  try {
    for (const folder of folders) {
      if (mkdirSync(folder, { recursive: true }) !== undefined) made.push(folder);
    }
    writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    for (const folder of made) rmdirSync(folder);
    if (!(error instanceof Error && "code" in error && "path" in error)) throw error;
    throw new UsageError(
      `cannot create \`${String(error.path)}\`: ${explainSystemCode(String(error.code))}. Or write \`.samocode\` by hand, with other folders for MAIN_REPO, WORKTREES and SESSIONS`,
      { cause: error },
    );
  }
}

async function findNotes(repo: string): Promise<readonly string[]> {
  const [head, ignored] = await Promise.all([
    git(repo, ["rev-parse", "--verify", "--quiet", "HEAD"]),
    git(repo, ["check-ignore", "--quiet", ".samocode"]),
  ]);
  const exclude = shellQuote(join(repo, ".git", "info", "exclude"));
  return [
    ...(ignored.ok
      ? []
      : [`Its paths are specific to this machine; to ignore it: echo .samocode >> ${exclude}`]),
    ...(head.ok ? [] : ["The repository has no commits yet; create one before the first session."]),
  ];
}
