import { expect, it } from "vitest";
import { commands } from "./support/crash-bench.ts";
import { formatKillPoint, listKillPoints, runTogether } from "./support/kill-point.ts";
import { compareTraces } from "./support/trace-comparison.ts";
import { reportVerdicts } from "./support/verdict.ts";

it("bears that the run which mends a crash is killed as well", async () => {
  const verdicts = await runTogether(
    (bench) => listKillPoints(bench, () => ["before"]).filter((_, index) => index % 5 === 0),
    async (bench, point, index) => {
      const { command, call, mode } = point;
      await bench.restore(String(command));
      await bench.run(commands[command] ?? [], { fault: { call: call.name, at: call.at, mode } });
      // All that the next run does first is tried by turns: it takes a lock over, finishes an edit, finds an agent.
      const at = 1 + (index % 20);
      const args = bench.hasSession() ? commands[2] : commands[0];
      await bench.run(args, { fault: { at, mode: "before" } });
      const { ends, after } = await bench.goOn(command);
      const name = `${formatKillPoint(point)}, then before call ${at}`;
      const expected = bench.plain[after ?? -1];
      if (expected === undefined) return { name, faults: [ends.at(-1)?.stderr ?? ""] };
      return { name, faults: compareTraces(await bench.trace(), expected) };
    },
  );
  expect(reportVerdicts("killed twice", verdicts)).toEqual([]);
}, 3_600_000);
