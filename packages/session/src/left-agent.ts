import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { readRegularFile, writeOwnFile, type Store } from "@samocode/core/store";
import { findAgent, ProcessIdentity } from "@samocode/process";
import type { IterationPlan } from "./iteration-plan.ts";

/** What a runner that died has left of an iteration. */
export type LeftAgent =
  /** It was never started: nothing was paid for. */
  | { readonly type: "none" }
  /** It works, or has ended meanwhile and left its log. */
  | {
      readonly type: "started";
      readonly identity?: ProcessIdentity;
      /** When it was started, Unix time in ms. */
      readonly startedAt: number;
    };

/** Writes down which process the agent of an iteration is, for the run that comes after a crash. */
export function writeAgentIdentity(
  folder: string,
  plan: IterationPlan,
  identity: ProcessIdentity,
): void {
  writeOwnFile(join(folder, plan.agent), `${JSON.stringify(identity)}\n`, { mode: 0o600 });
}

/**
 * Finds the agent that an earlier run started for this iteration, by what that run wrote down, or, if it
 * died before it could, by the run id that the agent carries.
 */
export function findLeftAgent(folder: string, plan: IterationPlan): LeftAgent {
  const identity = readAgentIdentity(folder, plan) ?? findAgent(plan.runId, join(folder, plan.log));
  const log = statSync(join(folder, plan.log), { throwIfNoEntry: false });
  if (identity === undefined && (log === undefined || log.size === 0)) return { type: "none" };
  // The prompt is written the moment before the start, which can be long after the iteration was planned.
  const startedAt = savedAt(folder, plan.prompt) ?? Date.now();
  return { type: "started", startedAt, ...(identity !== undefined && { identity }) };
}

/** When the agent of an iteration last wrote to its log, Unix time in ms. */
export function findLastWord(folder: string, plan: IterationPlan): number | undefined {
  return savedAt(folder, plan.log);
}

/** Whether an agent has done anything that can be seen: said a word, or answered. */
export function hasBegun(store: Store, { log }: IterationPlan): boolean {
  const said = statSync(join(store.folder, log), { throwIfNoEntry: false })?.size ?? 0;
  return said > 0 || store.readSignal() !== undefined;
}

/** Takes away what is left of an agent that had not begun, so that nobody takes it for one that has. */
export function removeTraces(folder: string, { agent, log, prompt }: IterationPlan): void {
  for (const name of [agent, log, prompt]) rmSync(join(folder, name), { force: true });
}

function savedAt(folder: string, name: string): number | undefined {
  const stats = statSync(join(folder, name), { throwIfNoEntry: false });
  return stats === undefined ? undefined : Math.round(stats.mtimeMs);
}

/** Which process the agent of an iteration is, if that is written down. */
export function readAgentIdentity(
  folder: string,
  plan: IterationPlan,
): ProcessIdentity | undefined {
  const path = join(folder, plan.agent);
  if (!existsSync(path)) return undefined;
  try {
    return ProcessIdentity.parse(JSON.parse(readRegularFile(path).toString("utf8")));
  } catch {
    // Torn by the crash: the process is found by its environment instead.
    return undefined;
  }
}
