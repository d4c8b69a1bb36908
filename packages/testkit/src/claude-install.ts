import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { findAlive } from "./stand-in-journal.ts";

const run = promisify(execFile);

/** The platforms for which there is a binary, as the packages of the CLI name them. */
const PLATFORMS = [
  "darwin-arm64",
  "darwin-x64",
  "linux-arm64",
  "linux-arm64-musl",
  "linux-x64",
  "linux-x64-musl",
];

/** Where the CLI for tests is installed; it has a lockfile of its own, so that `pnpm install` stays light. */
const FOLDER = fileURLToPath(new URL("../claude-cli/", import.meta.url));

/**
 * Find the real Claude CLI that was installed for tests.
 *
 * @returns the path of the executable; nothing when `installClaude` has not run here
 */
export function findClaude(): string | undefined {
  const name = `@anthropic-ai/claude-code-${findPlatform()}`;
  const path = join(FOLDER, "node_modules", name, "claude");
  return existsSync(path) ? path : undefined;
}

/**
 * Install the real Claude CLI for tests, pinned by a lockfile: one download of about 380 MB, only the binary of this platform.
 *
 * What is there already is used. Several processes may call it at once: one installs, the others wait for it.
 *
 * @returns the path of the executable
 * @throws {Error} when there is no binary for this platform, or npm cannot get it
 * @example
 * const claude = await installClaude();
 */
export async function installClaude(): Promise<string> {
  const platform = findPlatform();
  if (!PLATFORMS.includes(platform))
    throw new Error(
      `cannot install the Claude CLI: expected one of ${PLATFORMS.map((name) => `\`${name}\``).join(", ")}, this is \`${platform}\``,
    );
  for (;;) {
    const installed = findClaude();
    if (installed !== undefined) return installed;
    if (await takeLock()) break;
    await sleep(200);
  }
  try {
    return findClaude() ?? (await install());
  } finally {
    await rm(LOCK, { force: true });
  }
}

const LOCK = join(FOLDER, "installing.pid");

/** Try to become the one that installs. Should two succeed beside a lock of the dead, both install, and the first to finish wins. */
async function takeLock(): Promise<boolean> {
  try {
    await writeFile(LOCK, String(process.pid), { flag: "wx" });
    return true;
  } catch (cause) {
    if (!hasCode(cause, "EEXIST")) throw cause;
  }
  const owner = await readFile(LOCK, "utf8").catch(ignoreMissing);
  // An empty file: its owner is between making and writing it.
  if (owner !== "" && findAlive([Number(owner)]).length === 0) await rm(LOCK, { force: true });
  return false;
}

/** Install beside the place and move: whoever is killed in the middle leaves no half of an installation. */
async function install(): Promise<string> {
  const folder = join(FOLDER, `installing-${String(process.pid)}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  try {
    for (const name of ["package.json", "package-lock.json"])
      await copyFile(join(FOLDER, name), join(folder, name));
    await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
    await rename(join(folder, "node_modules"), join(FOLDER, "node_modules")).catch(ignoreRace);
  } catch (cause) {
    throw new Error(`cannot install the Claude CLI: npm failed in \`${FOLDER}\``, { cause });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const path = findClaude();
  // npm does not fail when an optional package cannot be fetched.
  if (path === undefined)
    throw new Error(
      `cannot install the Claude CLI: npm brought no binary for \`${findPlatform()}\`; is the registry reachable?`,
    );
  return path;
}

/** The owner may have finished in between. */
function ignoreMissing(cause: unknown): string {
  if (hasCode(cause, "ENOENT")) return "";
  throw cause;
}

function hasCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && "code" in cause && cause.code === code;
}

function ignoreRace(cause: unknown): void {
  if (findClaude() === undefined) throw cause;
}

function findPlatform(): string {
  const base = `${process.platform}-${process.arch}`;
  return process.platform === "linux" && isMusl() ? `${base}-musl` : base;
}

/** Only with glibc does the report of a process name its version. */
function isMusl(): boolean {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined;
}
