import { existsSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Scenario } from "./scenario.ts";
import { findAlive, readCalls, type StandInCall } from "./stand-in-journal.ts";
import { createTempFolder } from "./temp-folder.ts";

/** Where a stand-in lives. */
export interface StandInOptions {
  /**
   * Folder for the executable and its journal; made if it is missing, and left alone by `dispose`.
   *
   * @default a new temp folder
   */
  readonly folder?: string;
}

/** An executable that answers like the Claude CLI, by a scenario. */
export interface StandIn extends AsyncDisposable {
  /** The executable, for `CLAUDE_PATH`. */
  readonly path: string;
  /** What it has been asked so far, in order; read again from disk. */
  calls(): StandInCall[];
  /** Kill what its calls left running and remove its folder. */
  dispose(): Promise<void>;
}

/**
 * Make a stand-in for the Claude CLI.
 *
 * @param scenario what it does, or the path of an ES module (`.mjs`) that exports `steps`
 * @throws {Error} when the package has not been built: the executable is compiled
 * @example
 * await using claude = await createStandIn({
 *   calls: [[{ do: "say", text: "Done." }, { do: "write", path: "{session}/_signal.json", content: { status: "continue" } }]],
 * });
 */
export async function createStandIn(
  scenario: Scenario | string,
  options: StandInOptions = {},
): Promise<StandIn> {
  const script = findScript();
  const temp =
    options.folder === undefined ? await createTempFolder("samocode-claude-") : undefined;
  const folder = temp?.path ?? options.folder ?? "";
  await mkdir(folder, { recursive: true });
  const file = join(folder, typeof scenario === "string" ? "scenario.mjs" : "scenario.json");
  const text =
    typeof scenario === "string"
      ? `export * from ${JSON.stringify(scenario)};\n`
      : JSON.stringify(scenario, null, 2);
  await writeFile(file, text);
  const path = join(folder, "claude");
  await writeFile(path, formatWrapper(file, script));
  await chmod(path, 0o755);

  async function dispose(): Promise<void> {
    for (const call of readCalls(folder)) {
      // A group outlives its leader: `sleep 300 &` goes on when the shell has ended.
      for (const pid of call.started) killIfAlive(-pid);
      if (call.endedAt === undefined) for (const pid of findAlive([call.pid])) killIfAlive(pid);
    }
    await temp?.dispose();
  }
  return { path, calls: () => readCalls(folder), dispose, [Symbol.asyncDispose]: dispose };
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** `exec` keeps the process id: the runner sees one process, as with the real CLI. */
function formatWrapper(scenario: string, script: string): string {
  const [file, node, main] = [scenario, process.execPath, script].map(quote);
  return `#!/bin/sh\nSTAND_IN_SCENARIO=${file} exec ${node} ${main} "$@"\n`;
}

function quote(text: string | undefined): string {
  return `'${(text ?? "").replaceAll("'", String.raw`'\''`)}'`;
}

/** The compiled script lies beside this file, or, when this file is run from its source, in `dist`. */
function findScript(): string {
  const places = ["./stand-in-claude.js", "../dist/stand-in-claude.js"];
  const script = places
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((path) => existsSync(path));
  if (script === undefined)
    throw new Error("cannot find `stand-in-claude.js`: build the package first (`pnpm build`)");
  return script;
}
