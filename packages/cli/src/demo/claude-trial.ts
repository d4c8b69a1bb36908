import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TempProject } from "@samocode/stand-in";
import {
  claudeArguments,
  claudeDialect,
  claudeEnvironment,
  findResource,
} from "@samocode/agent-claude";
import { type Outcome, runAgent } from "@samocode/agent";

/** How long a program may be silent before it is taken for no Claude CLI, in ms. */
const idleMs = 8000;

/** How long a Claude CLI may take for one answer, in ms: on a busy machine its start alone takes seconds. */
const timeoutMs = 20_000;

/** What came of a trial. */
export type Trial = { readonly version: string } | { readonly problem: string };

/** Tries whether a program is a Claude CLI that works, with the flags that a session needs. Leaves nothing running. */
export async function tryClaude(
  path: string,
  { home, repo }: TempProject,
  env: Readonly<Record<string, string>>,
  cancel: AbortSignal,
): Promise<Trial> {
  const promptFile = join(home, "trial-prompt.txt");
  await writeFile(promptFile, "Is there anything to do?\n");
  const runId = randomUUID();
  const { outcome, summary } = await runAgent(claudeDialect, {
    command: path,
    args: claudeArguments({
      pluginDir: findResource("plugin"),
      agent: "samocode:investigation",
      systemPrompt: "This is a trial.",
      settings: {},
      conversation: { start: runId },
      model: "opus",
      maxTurns: 1,
      permissionMode: "bypassPermissions",
    }),
    env: claudeEnvironment(env, { runId, sessionFolder: home, idleMs: 0 }),
    cwd: repo,
    promptFile,
    logFile: join(home, "trial.jsonl"),
    stderrFile: join(home, "trial.err.txt"),
    runId,
    deadlineAt: Date.now() + timeoutMs,
    idleMs,
    cancel,
    kill: AbortSignal.abort(),
  });
  if (outcome.type !== "finished") return { problem: problemOf(outcome) };
  const version = summary.init?.version;
  return version === undefined ? { problem: "it is not the Claude CLI" } : { version };
}

function problemOf(outcome: Outcome): string {
  if ("message" in outcome) return (outcome.message.split("\n")[0] ?? "").replace(/\.$/, "");
  if (outcome.type === "interrupted") return "the demo was stopped";
  return `no answer in ${(outcome.type === "stalled" ? idleMs : timeoutMs) / 1000} s`;
}
