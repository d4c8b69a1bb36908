import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { CallFacts } from "./scenario.ts";

/** What a stand-in wrote down of one call. */
export interface StandInCall extends CallFacts {
  readonly pid: number;
  readonly sessionId: string;
  readonly startedAt: string;
  /** Absent while it runs, and forever when it was killed by SIGKILL. */
  readonly endedAt?: string;
  /** Absent as long as `endedAt` is. */
  readonly exitCode?: number;
  /** Its environment, the variables of the machine's own left out. */
  readonly env: Readonly<Record<string, string>>;
  /** Process ids of earlier calls that were still alive when this one started: two agents at a time. */
  readonly alongside: readonly number[];
  /** Process ids of the commands that it started; each leads a process group. */
  readonly started: readonly number[];
}

/** One line of the journal: the start of a call, or what came to be known of it later. */
type Line = Partial<StandInCall> & Pick<StandInCall, "number">;

/** Names of the files beside a scenario. */
const JOURNAL = "calls.jsonl";
const CLAIMS = "claims";

/** Take the next number; two processes that start together get different ones. */
export function claimNumber(folder: string): number {
  const claims = join(folder, CLAIMS);
  mkdirSync(claims, { recursive: true });
  for (let number = 1; ; number += 1) {
    try {
      writeFileSync(join(claims, String(number)), "", { flag: "wx" });
      return number;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
}

/** Append to the journal. */
export function writeCall(folder: string, line: Line): void {
  // One write with O_APPEND: lines of processes that run together do not mix.
  appendFileSync(join(folder, JOURNAL), `${JSON.stringify(line)}\n`);
}

/** Read all calls, in the order in which they started. */
export function readCalls(folder: string): StandInCall[] {
  const path = join(folder, JOURNAL);
  if (!existsSync(path)) return [];
  const calls = new Map<number, Partial<StandInCall>>();
  for (const text of readFileSync(path, "utf8").split("\n")) {
    if (text === "") continue;
    const { started = [], ...line } = JSON.parse(text) as Line;
    const known = calls.get(line.number);
    calls.set(line.number, { ...known, ...line, started: [...(known?.started ?? []), ...started] });
  }
  return [...calls.values()].map((call) => call as StandInCall);
}

/** Find which of these processes are alive; one that only waits to be reaped is not. */
export function findAlive(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    try {
      process.kill(pid, 0);
    } catch {
      return false;
    }
    return !isZombie(pid);
  });
}

function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
