import { availableParallelism } from "node:os";
import {
  commands,
  createCrashBench,
  type CrashBench,
  type DiskCall,
  type Fault,
} from "./crash-bench.ts";
import type { SessionTrace } from "./session-trace.ts";

/** A moment in the life of the runner at which it is killed. */
export interface KillPoint {
  /** Which of the person's commands. */
  readonly command: number;
  readonly call: DiskCall;
  readonly mode: "before" | "after" | "half";
}

/** What became of a session whose runner was killed. */
export interface Verdict {
  readonly point: KillPoint;
  /** What differs from a session in which nothing went wrong; empty where all is well. */
  readonly faults: readonly string[];
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

/** A kill point in words. */
export function formatKillPoint({ command, call, mode }: KillPoint): string {
  return `${commands[command]?.[0]} (${command + 1}): ${mode} ${call.name} #${call.at}`;
}

/** Tries all kill points, on as many benches at a time as the machine has processors. */
export async function tryKillPoints(
  pointsOf: (bench: CrashBench) => readonly KillPoint[],
  tryOne: (bench: CrashBench, point: KillPoint) => Promise<readonly string[]>,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  let queue: KillPoint[] | undefined;
  const work = async (): Promise<void> => {
    await using bench = await createCrashBench();
    queue ??= [...pointsOf(bench)];
    for (let point = queue.shift(); point !== undefined; point = queue.shift()) {
      verdicts.push({ point, faults: await tryOne(bench, point) });
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
  return verdicts;
}

/** Kills the runner at a point, goes on to the end, and says what is not as it should be. */
export async function killAndFinish(bench: CrashBench, point: KillPoint): Promise<string[]> {
  // Whether an agent ends before its process can be written down is a matter of milliseconds.
  for (let tries = 1; ; tries++) {
    await bench.restore(String(point.command));
    const fault: Fault = { call: point.call.name, at: point.call.at, mode: point.mode };
    const killed = await bench.run(commands[point.command] ?? [], { fault });
    if (killed.signal === "SIGKILL") break;
    if (tries === 5) return [`was not killed, but ended with ${killed.exitCode}: ${killed.stderr}`];
  }
  const ends = await bench.finish();
  const last = ends.at(-1);
  if (last?.exitCode !== 0) return [`ended with ${last?.exitCode}: ${last?.stderr}`];
  return compareTraces(await bench.trace(), bench.plain, point.mode === "half" ? 1 : 0);
}

/** What differs between two sessions. */
export function compareTraces(
  found: SessionTrace,
  expected: SessionTrace,
  tornLines = 0,
): string[] {
  const faults: string[] = [];
  for (const key of Object.keys(expected) as (keyof SessionTrace)[]) {
    if (key === "tornLines") continue;
    const [is, was] = [found[key], expected[key]];
    if (JSON.stringify(is) === JSON.stringify(was)) continue;
    faults.push(`${key}: ${difference(is, was)}`);
  }
  if (found.tornLines > tornLines) faults.push(`${found.tornLines} torn lines in the history`);
  return faults;
}

function difference(found: unknown, expected: unknown): string {
  if (Array.isArray(found) && Array.isArray(expected)) {
    const more = without(found, expected);
    const less = without(expected, found);
    const lines = [...less.map((line) => `- ${line}`), ...more.map((line) => `+ ${line}`)];
    return `\n${(lines.length > 0 ? lines : ["another order", ...found]).join("\n")}`;
  }
  return `\n- ${JSON.stringify(expected)}\n+ ${JSON.stringify(found)}`;
}

/** What the first list has more often than the second. */
function without(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  const left = [...other];
  return list.filter((item) => {
    const index = left.indexOf(item);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
