import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runIdVariable } from "./claude/agent-environment.ts";
import { findByEnvironment } from "./claude/process-table.ts";
import type { IterationPlan } from "./iteration-plan.ts";
import { identifyProcess, isAlive, ProcessIdentity } from "./process-identity.ts";

/** What a runner that died has left of an iteration. */
export type LeftAgent =
  /** It was never started: nothing was paid for. */
  | { readonly type: "none" }
  /** It works, or has ended meanwhile and left its log. */
  | { readonly type: "started"; readonly identity?: ProcessIdentity };

/** Writes down which process the agent of an iteration is, for the run that comes after a crash. */
export function writeAgentIdentity(
  folder: string,
  plan: IterationPlan,
  identity: ProcessIdentity,
): void {
  writeFileSync(join(folder, plan.agent), `${JSON.stringify(identity)}\n`, { mode: 0o600 });
}

/**
 * Finds the agent that an earlier run started for this iteration. A runner that died before it could
 * write down which process it is has left it alive or not at all: then it is the oldest
 * of those that carry the run id.
 */
export function findLeftAgent(folder: string, plan: IterationPlan): LeftAgent {
  const identity = readIdentity(join(folder, plan.agent)) ?? findOldest(plan.runId);
  if (identity !== undefined) return { type: "started", identity };
  const log = statSync(join(folder, plan.log), { throwIfNoEntry: false });
  return log !== undefined && log.size > 0 ? { type: "started" } : { type: "none" };
}

/** True while the agent of this iteration works, whoever started it. */
export function hasLiveAgent(folder: string, plan: IterationPlan): boolean {
  const left = findLeftAgent(folder, plan);
  return left.type === "started" && left.identity !== undefined && isAlive(left.identity);
}

function readIdentity(path: string): ProcessIdentity | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return ProcessIdentity.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    // Torn by the crash: the process is found by its environment instead.
    return undefined;
  }
}

function findOldest(runId: string): ProcessIdentity | undefined {
  return findByEnvironment(runIdVariable, runId)
    .flatMap((pid) => identifyProcess(pid) ?? [])
    .toSorted((a, b) => Number(a.startTime) - Number(b.startTime) || a.pid - b.pid)[0];
}
