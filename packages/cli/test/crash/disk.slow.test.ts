import { expect, it } from "vitest";
import { commands, lastCommand, type CrashBench, type Fault } from "./support/crash-bench.ts";
import {
  formatKillPoint,
  listKillPoints,
  runTogether,
  type KillPoint,
} from "./support/kill-point.ts";
import { compareWork } from "./support/trace-comparison.ts";
import { reportVerdicts } from "./support/verdict.ts";

/** Calls that each of the errors can hit. */
const takesRoom = /^(?:open|write|append|rename|symlink|mkdir)/;
const errors = ["ENOSPC", "EROFS", "EACCES"] as const;

/** Lets the disk refuse every write from a point on, mends it, goes on, and says what is not as it should be. */
async function refuseAndGoOn(
  bench: CrashBench,
  { command, call }: KillPoint,
  mode: Fault["mode"],
  isToEnd: boolean,
): Promise<string[]> {
  await bench.restore(String(command));
  const { exitCode, stderr } = await bench.run(commands[command] ?? [], {
    fault: { call: call.name, at: call.at, mode },
  });
  const faults: string[] = [];
  if (exitCode !== 1) faults.push(`${mode}: ended with ${exitCode}: ${stderr}`);
  if (!/^samocode-run: cannot /m.test(stderr)) faults.push(`${mode}: said no cause: ${stderr}`);
  if (/\bbug\b|^ +at /m.test(stderr)) faults.push(`${mode}: blamed itself: ${stderr}`);
  const { ends, after } = await bench.goOn(isToEnd ? lastCommand : command);
  const expected = after === undefined ? undefined : bench.plain[after];
  if (expected === undefined) return [...faults, `went on to ${ends.at(-1)?.stderr}`];
  return [...faults, ...compareWork(await bench.trace(), expected)];
}

it("says that the disk is full or not writable, exits with 1, and goes on when that is repaired", async () => {
  const verdicts = await runTogether(
    (bench) =>
      listKillPoints(bench, ({ name }) => (takesRoom.test(name) ? ["before"] : [])).filter(
        (_, index) => index % 3 === 0,
      ),
    async (bench, point, index) => ({
      name: formatKillPoint(point),
      faults: await refuseAndGoOn(bench, point, errors[index % 3] ?? "ENOSPC", index % 5 === 0),
    }),
  );
  expect(reportVerdicts("points from which on the disk takes no more writes", verdicts)).toEqual(
    [],
  );
}, 3_600_000);
