import { expect, it } from "vitest";
import {
  formatKillPoint,
  killAndFinish,
  listKillPoints,
  tryKillPoints,
} from "./support/kill-point.ts";

it("loses nothing and pays nothing twice, whichever of its writes the runner is killed at", async () => {
  const startedAt = Date.now();
  const verdicts = await tryKillPoints(
    (bench) =>
      listKillPoints(bench, ({ name, torn }) =>
        torn ? ["before", "half"] : name.startsWith("spawn") ? ["before", "after"] : ["before"],
      ).filter(
        (_, index) =>
          index % Number(process.env["CRASH_EVERY"] ?? 1) ===
          Number(process.env["CRASH_FIRST"] ?? 0),
      ),
    killAndFinish,
  );
  const failed = verdicts.filter(({ faults }) => faults.length > 0);
  for (const { point, faults } of failed)
    console.log(`${formatKillPoint(point)}\n${faults.join("\n")}\n`);
  console.log(
    `killed with SIGKILL: ${verdicts.length - failed.length} of ${verdicts.length} kill points, in ${Math.round((Date.now() - startedAt) / 1000)} s`,
  );
  expect(failed.map(({ point }) => formatKillPoint(point))).toEqual([]);
  expect(verdicts.length).toBeGreaterThanOrEqual(200);
}, 900_000);
