import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createStandIn, createTempFolder, type Step } from "@samocode/testkit";
import { expect } from "vitest";
import { claudeEnvironment } from "../src/claude-environment.ts";
import { claudeDialect } from "../src/claude-dialect.ts";
import type { StreamSummary } from "../src/stream-summary.ts";
import { runAgent, type FollowEnd, type RunAgentOptions } from "@samocode/agent";
import { findByEnvironment } from "@samocode/process";

/** A folder with a prompt, and the options to run an agent in it. */
export interface AgentBench extends AsyncDisposable {
  readonly folder: string;
  readonly options: RunAgentOptions;
  /** What the agent has written to its log; empty if there is none. */
  log(): Promise<string>;
  /** Ids of the processes of this run that are there now. */
  running(): number[];
}

/** Options for a program. The graces are short, the limits out of reach. */
export async function createBench(command: string): Promise<AgentBench> {
  const folder = await createTempFolder("samocode-agent-");
  const runId = `test-${randomUUID()}`;
  const promptFile = join(folder.path, "prompt.md");
  await writeFile(promptFile, "Do it. 🎉\n");
  const env = { PATH: process.env["PATH"], HOME: folder.path };
  return {
    folder: folder.path,
    options: {
      command,
      args: [],
      env: claudeEnvironment(env, { runId, sessionFolder: folder.path, idleMs: 0 }),
      cwd: folder.path,
      promptFile,
      logFile: join(folder.path, "log.jsonl"),
      stderrFile: join(folder.path, "log.stderr"),
      runId,
      deadlineAt: Date.now() + 60_000,
      idleMs: 0,
      pollMs: 20,
      graceMs: 200,
    },
    log: () => readFile(join(folder.path, "log.jsonl"), "utf8").catch(() => ""),
    running: () => findByEnvironment("SAMOCODE_RUN_ID", runId),
    [Symbol.asyncDispose]: () => folder.dispose(),
  };
}

/** Options for a shell script, with the prompt on its stdin. */
export async function createScriptBench(script: string): Promise<AgentBench> {
  const bench = await createBench("agent");
  const command = join(bench.folder, "agent.sh");
  await writeFile(command, `#!/bin/bash\n${script}\n`);
  await chmod(command, 0o755);
  return { ...bench, options: { ...bench.options, command } };
}

/** Options for a stand-in of the Claude CLI that takes these steps. */
export async function createStandInBench(...steps: readonly Step[]): Promise<AgentBench> {
  const standIn = await createStandIn({ calls: [steps], otherwise: steps });
  const bench = await createBench(standIn.path);
  const options = { ...bench.options, args: ["-p", "--verbose", "--output-format", "stream-json"] };
  return {
    ...bench,
    options,
    [Symbol.asyncDispose]: async () => {
      await standIn.dispose();
      await bench[Symbol.asyncDispose]();
    },
  };
}

/** Runs an agent and holds that nothing of it is left: no process, no zombie, no open file. */
export async function runOn(
  bench: AgentBench,
  change: Partial<RunAgentOptions> = {},
): Promise<FollowEnd<StreamSummary>> {
  const filesBefore = openFiles();
  const end = await runAgent(claudeDialect, { ...bench.options, ...change });
  expect(bench.running()).toEqual([]);
  expect(end.strays.left).toEqual([]);
  expect(openFiles()).toBe(filesBefore);
  return end;
}

function openFiles(): number {
  return process.platform === "linux" ? readdirSync("/proc/self/fd").length : 0;
}

/** Resolves when the log holds the text. */
export async function logged(bench: AgentBench, text: string): Promise<void> {
  while (!(await bench.log()).includes(text)) await sleep(10);
}

/** A callback that cannot do its work. */
export function fail(): never {
  throw new Error("disk full");
}
