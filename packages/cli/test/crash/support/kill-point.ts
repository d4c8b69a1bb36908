import { availableParallelism } from "node:os";
import {
  commands,
  lastCommand,
  createCrashBench,
  type CrashBench,
  type DiskCall,
  type Fault,
} from "./crash-bench.ts";
import { describeDisk, describeNextRun } from "./kill-sight.ts";
import { compareTraces } from "./trace-comparison.ts";
import type { Verdict } from "./verdict.ts";

/** A moment in the life of the runner at which it is killed. */
export interface KillPoint {
  /** Which of the person's commands. */
  readonly command: number;
  readonly call: DiskCall;
  readonly mode: "before" | "after" | "half";
}

/** All calls of a session in the given ways. */
export function listKillPoints(
  { calls }: CrashBench,
  modesOf: (call: DiskCall) => readonly KillPoint["mode"][],
): KillPoint[] {
  return calls.flatMap((ofCommand, command) =>
    ofCommand.flatMap((call) => modesOf(call).map((mode) => ({ command, call, mode }))),
  );
}

/** What was seen of a kill and of what came after it. */
export interface KillSight extends Verdict {
  readonly point: KillPoint;
  /** What was left on the disk. */
  readonly disk: readonly string[];
  /** What the next run did first. */
  readonly next: string;
}

/** A kill point in words. */
export function formatKillPoint({ command, call, mode }: KillPoint): string {
  return `${commands[command]?.[0]} (${command + 1}): ${mode} ${call.name} #${call.at}`;
}

/** `CRASH_EACH=10` tries each tenth point only, for a look in between. */
export const sampled = Number(process.env["CRASH_EACH"] ?? 1);

/** Does a list of things, on as many benches at a time as the machine has processors. */
export async function runTogether<Item, Result>(
  itemsOf: (bench: CrashBench) => readonly Item[],
  work: (bench: CrashBench, item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let queue: [number, Item][] | undefined;
  const worker = async (): Promise<void> => {
    await using bench = await createCrashBench();
    queue ??= [...itemsOf(bench).entries()].filter(([index]) => index % sampled === 0);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, item] = next;
      results.push(await work(bench, item, index));
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
  return results;
}

/** Kills the runner at a point, goes on, and tells what is not as it should be. */
export async function killAndGoOn(
  bench: CrashBench,
  point: KillPoint,
  isToEnd: boolean,
): Promise<KillSight> {
  const { command, call, mode } = point;
  const name = formatKillPoint(point);
  await bench.restore(String(command));
  const fault: Fault = { call: call.name, at: call.at, mode };
  const killed = await bench.run(commands[command] ?? [], { fault });
  if (killed.signal !== "SIGKILL") {
    const told = `was not killed, but ended with ${killed.exitCode}: ${killed.stderr}`;
    return { point, name, faults: [told], disk: [], next: "" };
  }
  const folder = bench.folder();
  const disk = describeDisk(folder);
  const hadOverview = bench.hasSession();
  const startedAt = Date.now();
  const { ends, after } = await bench.goOn(isToEnd ? lastCommand : command);
  const [first] = ends;
  const next =
    first === undefined ? "" : describeNextRun(bench.folder() ?? "", first, startedAt, hadOverview);
  const expected = after === undefined ? undefined : bench.plain[after];
  const faults =
    expected === undefined
      ? [`went on to ${ends.at(-1)?.exitCode}: ${ends.at(-1)?.stderr}`]
      : compareTraces(await bench.trace(), expected, mode === "half" ? 1 : 0);
  return { point, name, faults, disk, next };
}
