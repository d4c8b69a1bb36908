import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { DiskCall } from "./support/crash-bench.ts";
import { killAndGoOn, listKillPoints, runTogether, type KillPoint } from "./support/kill-point.ts";
import { formatSafetyTable } from "./support/safety-table.ts";
import { reportVerdicts } from "./support/verdict.ts";

const report = fileURLToPath(new URL("../../../../docs/crash-safety.md", import.meta.url));

/** After a call is before the next one, but for a process: that goes on by itself. */
function modesOf({ name, torn }: DiskCall): KillPoint["mode"][] {
  if (torn === true) return ["before", "half"];
  return name.startsWith("spawn") ? ["before", "after"] : ["before"];
}

it("loses nothing and pays nothing twice, whichever of its writes the runner is killed at", async () => {
  const verdicts = await runTogether(
    (bench) => listKillPoints(bench, modesOf),
    // All go on to where the session would have rested, where all must be as if nothing had been; each fifth to its end.
    (bench, point, index) => killAndGoOn(bench, point, index % 5 === 0),
  );
  expect(reportVerdicts("kill points (SIGKILL)", verdicts)).toEqual([]);
  expect(verdicts.length).toBeGreaterThanOrEqual(200);

  const [start, , end] = readFileSync(report, "utf8").split(
    /(?<=<!-- table -->\n)|(?=<!-- end of table -->)/,
  );
  const table = `\n${formatSafetyTable(verdicts)}\n\n`;
  await expect(`${start}${table}${end}`).toMatchFileSnapshot(report);
}, 1_800_000);
