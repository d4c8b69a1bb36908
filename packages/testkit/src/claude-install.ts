import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { findAlive } from "@samocode/stand-in";

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

/** Which Claude CLI: the newest when it was pinned, or the oldest that samocode supports. */
export type ClaudeEdition = "newest" | "oldest";

/** Where the CLIs for tests are installed; each has a lockfile of its own, so that `pnpm install` stays light. */
const EDITIONS = fileURLToPath(new URL("../claude-cli/", import.meta.url));

/**
 * Find the real Claude CLI that was installed for tests.
 *
 * @returns the path of the executable; nothing when `installClaude` has not run here
 */
export function findClaude(edition: ClaudeEdition = "newest"): string | undefined {
  const path = join(EDITIONS, edition, "node_modules/@anthropic-ai", programOf(edition));
  return existsSync(path) ? path : undefined;
}

/** The oldest is a script for Node, the same on each platform. */
function programOf(edition: ClaudeEdition): string {
  return edition === "oldest" ? "claude-code/cli.js" : `claude-code-${findPlatform()}/claude`;
}

/**
 * Install a real Claude CLI for tests, pinned by a lockfile: one download, for the newest of about 380 MB (only the
 * binary of this platform), for the oldest of about 20 MB.
 *
 * What is there already is used. Several processes may call it at once: one installs, the others wait for it.
 *
 * @returns the path of the executable
 * @throws {Error} when there is no binary for this platform, or npm cannot get it
 * @example
 * const claude = await installClaude();
 */
export async function installClaude(edition: ClaudeEdition = "newest"): Promise<string> {
  const platform = findPlatform();
  if (edition === "newest" && !PLATFORMS.includes(platform))
    throw new Error(
      `cannot install the Claude CLI: expected one of ${PLATFORMS.map((name) => `\`${name}\``).join(", ")}, this is \`${platform}\``,
    );
  const lock = join(EDITIONS, edition, "installing.pid");
  for (;;) {
    const installed = findClaude(edition);
    if (installed !== undefined) return installed;
    if (await takeLock(lock)) break;
    await sleep(200);
  }
  try {
    return findClaude(edition) ?? (await install(edition));
  } finally {
    await rm(lock, { force: true });
  }
}

/** Try to become the one that installs. Should two succeed beside a lock of the dead, both install, and the first to finish wins. */
async function takeLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (cause) {
    if (!hasCode(cause, "EEXIST")) throw cause;
  }
  const owner = await readFile(lock, "utf8").catch(ignoreMissing);
  // An empty file: its owner is between making and writing it.
  if (owner !== "" && findAlive([Number(owner)]).length === 0) await rm(lock, { force: true });
  return false;
}

/** Install beside the place and move: whoever is killed in the middle leaves no half of an installation. */
async function install(edition: ClaudeEdition): Promise<string> {
  const home = join(EDITIONS, edition);
  const folder = join(home, `installing-${String(process.pid)}`);
  // The newest consists of an optional package per platform; those of the oldest are a library for images.
  const less = edition === "oldest" ? ["--omit=optional"] : [];
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  try {
    for (const name of ["package.json", "package-lock.json"])
      await copyFile(join(home, name), join(folder, name));
    await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", ...less], {
      cwd: folder,
    });
    await rename(join(folder, "node_modules"), join(home, "node_modules")).catch(
      (cause: unknown) => {
        // Another one has finished in between.
        if (findClaude(edition) === undefined) throw cause;
      },
    );
  } catch (cause) {
    throw new Error(`cannot install the Claude CLI: npm failed in \`${home}\``, { cause });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const path = findClaude(edition);
  // npm does not fail when an optional package cannot be fetched.
  if (path === undefined)
    throw new Error(
      `cannot install the Claude CLI: npm brought no \`${programOf(edition)}\`; is the registry reachable?`,
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

function findPlatform(): string {
  const base = `${process.platform}-${process.arch}`;
  return process.platform === "linux" && isMusl() ? `${base}-musl` : base;
}

/** Only with glibc does the report of a process name its version. */
function isMusl(): boolean {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined;
}
