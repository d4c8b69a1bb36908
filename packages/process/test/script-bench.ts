import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTempFolder } from "@samocode/testkit";
import { expect } from "vitest";
import type { AgentProcessOptions } from "../src/agent-process.ts";

/** A folder with a shell script, and the options to start it. */
export interface ScriptBench extends AsyncDisposable {
  readonly options: AgentProcessOptions;
  /** What the script has written to its log; empty if there is none. */
  log(): Promise<string>;
}

/** Makes a bench for a script. */
export async function createScriptBench(script: string): Promise<ScriptBench> {
  const folder = await createTempFolder("samocode-process-");
  const [command, promptFile, logFile, stderrFile] = ["run.sh", "prompt.md", "log", "stderr"].map(
    (name) => join(folder.path, name),
  ) as [string, string, string, string];
  await writeFile(command, `#!/bin/bash\n${script}\n`);
  await chmod(command, 0o755);
  await writeFile(promptFile, "Do it.\n");
  const env = { PATH: process.env["PATH"], HOME: folder.path };
  return {
    options: { command, args: [], env, cwd: folder.path, promptFile, logFile, stderrFile },
    log: () => readFile(logFile, "utf8").catch(() => ""),
    [Symbol.asyncDispose]: () => folder.dispose(),
  };
}

/** Waits until the script has written this. */
export async function logged(bench: Pick<ScriptBench, "log">, text: string): Promise<void> {
  await expect.poll(() => bench.log(), { timeout: 10_000 }).toContain(text);
}
