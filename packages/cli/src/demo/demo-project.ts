import { writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { cleanEnvironment, createTempProject, type TempProject } from "@samocode/stand-in";
import { findProgram } from "@samocode/process";
import { UsageError } from "@samocode/session";
import { repositoryFiles } from "./roman-files.ts";

/** Variables of the person that only say how text is to be shown, and where temporary files go. */
const harmless = new Set(["TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR"]);

/**
 * Makes the project of the demo: a temporary folder with a small git repository that lacks one half.
 *
 * @throws {UsageError} When there is no git.
 */
export async function createDemoProject(): Promise<TempProject> {
  if (findProgram("git", process.env) === undefined) {
    throw new UsageError("cannot run the demo: git is not on the PATH; install it");
  }
  const project = await createTempProject({
    prefix: "samocode-demo-",
    settings: { TEST_COMMAND: "node --test" },
  });
  for (const [name, text] of Object.entries(repositoryFiles)) {
    await writeFile(join(project.repo, name), text);
  }
  await project.git("add", "--all");
  await project.git("commit", "--quiet", "--message", "Write Roman numerals");
  return project;
}

/**
 * The environment of everything that the demo starts. No login, no configuration and no credential of the person
 * is in it, and the only Messages API that it names is on this machine.
 */
export function demoEnvironment(
  { home }: TempProject,
  { claudePath, apiUrl }: { readonly claudePath: string; readonly apiUrl?: string | undefined },
): Record<string, string> {
  const shown = Object.entries(process.env).flatMap(([name, value]) =>
    harmless.has(name) && value !== undefined ? [[name, value] as const] : [],
  );
  const variables = {
    ...Object.fromEntries(shown),
    // The agents and the tests call `node`: the one that runs this, wherever it is.
    PATH: [dirname(process.execPath), process.env["PATH"] ?? "/usr/bin:/bin"].join(delimiter),
    TZ: Intl.DateTimeFormat().resolvedOptions().timeZone,
    CLAUDE_PATH: claudePath,
    CLAUDE_CODE_MAX_RETRIES: "0",
    CLAUDE_TIMEOUT: "60",
    SAMOCODE_MAX_RETRIES: "0",
  };
  return cleanEnvironment({ home, variables, ...(apiUrl !== undefined && { apiUrl }) });
}
