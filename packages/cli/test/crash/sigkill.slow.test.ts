import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { DiskCall } from "./support/crash-bench.ts";
import {
  killAndGoOn,
  listKillPoints,
  runTogether,
  sampled,
  type KillPoint,
} from "./support/kill-point.ts";
import { formatSafetyTable } from "./support/safety-table.ts";
import { reportVerdicts } from "./support/verdict.ts";

const report = fileURLToPath(new URL("../../../../docs/crash-safety.md", import.meta.url));

const startOfTable = "<!-- table -->";
const endOfTable = "<!-- end of table -->";

/**
 * Before a call that changes what others see of the disk, or starts a process. A sync changes nothing of it, nor does a
 * git that only looks: to be killed there is to be killed before the next change. After a call is before the next one,
 * but for a process: that goes on by itself.
 */
function modesOf({ name, torn }: DiskCall): KillPoint["mode"][] {
  if (torn === true) return ["before", "half"];
  if (name.startsWith("fsync")) return [];
  if (!name.startsWith("spawn")) return ["before"];
  return !name.startsWith("spawn git") || changesRepository.test(name) ? ["before", "after"] : [];
}

/** `status` may write the index of the worktree. */
const changesRepository = / (?:worktree add|worktree remove|branch -|status)\b/;

it("loses nothing and pays nothing twice, whichever of its writes the runner is killed at", async () => {
  const verdicts = await runTogether(
    (bench) => listKillPoints(bench, modesOf),
    // All go on to where the session would have rested, where all must be as if nothing had been; each fifth to its end.
    (bench, point, index) => killAndGoOn(bench, point, index % 5 === 0),
  );
  expect(reportVerdicts("kill points (SIGKILL)", verdicts)).toEqual([]);
  if (sampled > 1) return;
  expect(verdicts.length).toBeGreaterThanOrEqual(400);

  const text = readFileSync(report, "utf8");
  const start = text.slice(0, text.indexOf(startOfTable) + startOfTable.length);
  const end = text.slice(text.indexOf(endOfTable));
  const table = `\n\n${formatSafetyTable(verdicts)}\n\n`;
  await expect(`${start}${table}${end}`).toMatchFileSnapshot(report);
}, 3_600_000);
