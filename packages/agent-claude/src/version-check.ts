import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runBriefly } from "@samocode/process";
import { UsageError } from "@samocode/session";
import { claudeEnvironment } from "./claude-environment.ts";
import { isTooOld, leastVersion, parseVersion } from "./cli-version.ts";

/** A program that says nothing within this time is used as it is. */
const patienceMs = 5000;

/**
 * Makes sure that the Claude CLI is not older than samocode supports. Another program that prints no version of the
 * Claude CLI, or cannot be started at this moment, is used as it is.
 *
 * @throws {UsageError} When it is too old.
 */
export async function requireSupportedVersion(
  path: string,
  env: Readonly<NodeJS.ProcessEnv>,
  cancel?: AbortSignal,
): Promise<void> {
  const version = await askVersion(path, env, cancel);
  if (version === undefined || !isTooOld(version)) return;
  throw new UsageError(
    `cannot use the Claude CLI ${version} (\`${path}\`): expected ${leastVersion} or newer. Update the Claude CLI (claude update), or set CLAUDE_PATH or --claude-path to a newer one`,
  );
}

/** Another program may take the question for work: it then works in an empty folder that is removed. */
async function askVersion(
  path: string,
  env: Readonly<NodeJS.ProcessEnv>,
  cancel: AbortSignal | undefined,
): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "samocode-version-"));
  try {
    const { lines } = await runBriefly({
      path,
      args: ["--version"],
      env: claudeEnvironment(env, { runId: "version", sessionFolder: folder, idleMs: 0 }),
      cwd: folder,
      timeoutMs: patienceMs,
      ...(cancel && { cancel }),
    });
    return parseVersion(lines.join("\n"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
