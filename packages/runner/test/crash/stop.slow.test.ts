import { expect, it } from "vitest";
import { commands, lastCommand, type CrashBench } from "./support/crash-bench.ts";
import {
  formatKillPoint,
  formatVerdicts,
  listKillPoints,
  tryKillPoints,
  type KillPoint,
} from "./support/kill-point.ts";
import { compareWork } from "./support/trace-comparison.ts";

const codes = { SIGINT: 130, SIGTERM: 143 } as const;

/** Stops the command at a point, goes on to the end of the session, and says what is not as it should be. */
async function stopAndGoOn(
  bench: CrashBench,
  { command, call, mode }: KillPoint,
  signal: keyof typeof codes,
): Promise<string[]> {
  // Whether an agent ends before its process can be written down is a matter of milliseconds.
  for (let tries = 1; ; tries++) {
    await bench.restore(String(command));
    const fault = { call: call.name, at: call.at, mode, signal };
    const stopped = await bench.run(commands[command] ?? [], { fault });
    // Before it listens and after it has ended all, a signal does what it does to any process.
    if (stopped.exitCode === codes[signal] || stopped.signal === signal) break;
    if (tries === 5) return [`ended with ${stopped.exitCode}, not by ${signal}: ${stopped.stderr}`];
  }
  const { ends, after } = await bench.goOn(lastCommand);
  const expected = after === undefined ? undefined : bench.plain[after];
  if (expected === undefined)
    return [`went on to ${ends.at(-1)?.exitCode}: ${ends.at(-1)?.stderr}`];
  return compareWork(await bench.trace(), expected);
}

it("stops with 130 or 143 at each third of its writes, by turns, and the next run goes on", async () => {
  const verdicts = await tryKillPoints(
    (bench) => listKillPoints(bench, () => ["before"]).filter((_, index) => index % 3 === 0),
    (bench, point, index) => stopAndGoOn(bench, point, index % 2 === 0 ? "SIGINT" : "SIGTERM"),
  );
  console.log(formatVerdicts("stopped with SIGINT and SIGTERM by turns", verdicts));
  const failed = verdicts.filter(({ faults }) => faults.length > 0);
  expect(failed.map(({ point }) => formatKillPoint(point))).toEqual([]);
  expect(verdicts.length).toBeGreaterThanOrEqual(80);
}, 1_800_000);
