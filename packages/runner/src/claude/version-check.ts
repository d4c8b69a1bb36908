import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runBriefly } from "../doctor/brief-run.ts";
import { UsageError } from "../terminal/report-error.ts";
import { agentEnvironment } from "./agent-environment.ts";
import {
  formatVersion,
  isTooOld,
  leastVersion,
  parseVersion,
  type CliVersion,
} from "./cli-version.ts";

/** A program that says nothing within this time is used as it is. */
const patienceMs = 5000;

/** What was found out, by the identity of the file: one that was replaced is asked again. */
const known = new Map<string, Promise<CliVersion | undefined>>();

/**
 * Makes sure that the Claude CLI is not older than samocode supports. Another program that prints no version of the
 * Claude CLI is used as it is. A file is asked once, and again when it has been replaced.
 *
 * @throws {UsageError} When it is too old.
 */
export async function requireSupportedVersion(
  path: string,
  env: Readonly<NodeJS.ProcessEnv>,
  cancel?: AbortSignal,
): Promise<void> {
  const { dev, ino, size, mtimeMs } = statSync(path);
  const identity = [path, dev, ino, size, mtimeMs].join(" ");
  const asked = known.get(identity) ?? askVersion(path, env, cancel);
  known.set(identity, asked);
  const version = await asked;
  if (version === undefined || !isTooOld(version)) return;
  throw new UsageError(
    `cannot use the Claude CLI ${formatVersion(version)} (\`${path}\`): expected ${formatVersion(leastVersion)} or newer. Update the Claude CLI (claude update), or name a newer one with CLAUDE_PATH or --claude-path`,
  );
}

/** Another program may take the question for work: it then works in an empty folder that is removed. */
async function askVersion(
  path: string,
  env: Readonly<NodeJS.ProcessEnv>,
  cancel: AbortSignal | undefined,
): Promise<CliVersion | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "samocode-version-"));
  try {
    const { lines } = await runBriefly({
      path,
      args: ["--version"],
      env: agentEnvironment(env, { runId: "version", sessionFolder: folder, idleMs: 0 }),
      cwd: folder,
      timeoutMs: patienceMs,
      ...(cancel && { cancel }),
    });
    return parseVersion(lines.join("\n"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
