import { lstatSync, statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { phaseRules, type RunEvent } from "@samocode/core";
import type { AgentLog } from "@samocode/agent";
import type { HistoryRecord } from "@samocode/core/store";
import { openStreamFollower, type StreamFollower, isAlive } from "@samocode/process";
import { IterationPlan } from "./iteration-plan.ts";
import { readAgentIdentity } from "./left-agent.ts";

/** An iteration that another process runs, seen through its log. */
export interface WatchedIteration {
  readonly plan: IterationPlan;
  /** Tells what the agent has said since the last call, and that it has begun. */
  readonly read: () => Promise<void>;
  /** Tells the rest, when it is known that the iteration has ended. */
  readonly finish: () => void;
  /** Whether its agent works, as far as that is written down. */
  readonly isAlive: () => boolean;
  readonly close: () => void;
}

/** A watch must not be kept long by a flood that is over. */
const maxUnread = 64 * 1024 * 1024;

/** The plan of the iteration that runs since this record, if one does. */
export function planOf({ to = "", ...record }: HistoryRecord): IterationPlan | undefined {
  if (!to.startsWith("working.")) return undefined;
  const { data } = IterationPlan.safeParse(record["plan"]);
  // The history is a file like others: nothing in it leads out of the folder for logs.
  const paths = data === undefined ? [] : [data.log, data.prompt, data.agent];
  return paths.every((path) => /^_logs\/[^/]+$/.test(path)) ? data : undefined;
}

/** Begins to watch an iteration from its start, which may be long past. */
export function watchIteration(
  folder: string,
  plan: IterationPlan,
  { memory }: HistoryRecord,
  workingDir: string,
  { parseLine, largeLinesWith }: AgentLog,
  tell: (event: RunEvent) => void,
): WatchedIteration {
  const { iteration, log } = plan;
  const path = join(folder, log);
  let follower: StreamFollower | undefined;
  let isTold = false;

  const begin = (): void => {
    const startedAt = statSync(join(folder, plan.prompt), { throwIfNoEntry: false })?.mtimeMs;
    // The prompt is written the moment before the agent is started.
    if (isTold || startedAt === undefined || memory === undefined) return;
    isTold = true;
    const { phase, counts } = memory;
    tell({
      type: "iteration.started",
      iteration,
      phase,
      phaseIteration: counts[phase],
      maxPhaseIterations: phaseRules[phase].maxIterations,
      attempt: plan.resumes ? "mend" : "fresh",
      log,
      workingDir,
      startedAt: Math.round(startedAt),
      deadlineAt: Math.round(startedAt) + plan.timeoutMs,
    });
  };
  const open = (): StreamFollower | undefined => {
    begin();
    if (!isTold || follower !== undefined || !isFile(path)) return follower;
    return (follower = openStreamFollower(
      path,
      (line) => {
        for (const event of parseLine(line)) tell({ type: "agent", iteration, event });
      },
      { largeLinesWith },
    ));
  };

  return {
    plan,
    async read() {
      const opened = open();
      if (opened !== undefined) while (opened.read() > 0) await nextTurn();
    },
    finish: () => open()?.drain(maxUnread),
    isAlive: () => {
      const identity = readAgentIdentity(folder, plan);
      return identity !== undefined && isAlive(identity);
    },
    close: () => follower?.close(),
  };
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
