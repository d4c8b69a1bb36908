import { expect, it } from "vitest";
import { commands, lastCommand, type CrashBench } from "./support/crash-bench.ts";
import {
  formatKillPoint,
  listKillPoints,
  runTogether,
  sampled,
  type KillPoint,
} from "./support/kill-point.ts";
import { compareWork } from "./support/trace-comparison.ts";
import { reportVerdicts } from "./support/verdict.ts";

const codes = { SIGINT: 130, SIGTERM: 143 } as const;

/** All the points take some minutes; CI, which plays the other suites as well, takes each third. */
const step = process.env["CI"] === undefined ? 1 : 3;

/** Stops the command at a point, goes on to where it would have rested or to its end, and says what is not as it should be. */
async function stopAndGoOn(
  bench: CrashBench,
  { command, call, mode }: KillPoint,
  signal: keyof typeof codes,
  isToEnd: boolean,
): Promise<string[]> {
  await bench.restore(String(command));
  const fault = { call: call.name, at: call.at, mode, signal };
  const stopped = await bench.run(commands[command] ?? [], { fault });
  // Before it listens and after it has ended all, a signal does what it does to any process.
  if (stopped.exitCode !== codes[signal] && stopped.signal !== signal) {
    return [`ended with ${stopped.exitCode}, not by ${signal}: ${stopped.stderr}`];
  }
  const { ends, after } = await bench.goOn(isToEnd ? lastCommand : command);
  const expected = after === undefined ? undefined : bench.plain[after];
  if (expected === undefined)
    return [`went on to ${ends.at(-1)?.exitCode}: ${ends.at(-1)?.stderr}`];
  return compareWork(await bench.trace(), expected);
}

it("stops with 130 or 143 at each of its writes, by turns, and the next run goes on", async () => {
  const verdicts = await runTogether(
    (bench) => listKillPoints(bench, () => ["before"]).filter((_, index) => index % step === 0),
    async (bench, point, index) => ({
      name: formatKillPoint(point),
      faults: await stopAndGoOn(
        bench,
        point,
        index % 2 === 0 ? "SIGINT" : "SIGTERM",
        index % 5 === 0,
      ),
    }),
  );
  expect(reportVerdicts("kill points (SIGINT and SIGTERM by turns)", verdicts)).toEqual([]);
  if (sampled === 1) expect(verdicts.length).toBeGreaterThanOrEqual(300 / step);
}, 3_600_000);
