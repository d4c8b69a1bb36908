import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseHistory } from "@samocode/core/store";
import { expect, it } from "vitest";
import { commands, lastCommand, type CrashBench } from "./support/crash-bench.ts";
import {
  formatKillPoint,
  listKillPoints,
  runTogether,
  type KillPoint,
} from "./support/kill-point.ts";
import { compareTraces } from "./support/trace-comparison.ts";
import { reportVerdicts } from "./support/verdict.ts";

/** Waits for what a run says or does, as long as it is there. */
async function reach(isThere: () => boolean, end: Promise<unknown>): Promise<boolean> {
  const ended = new AbortController();
  void end.then(() => ended.abort());
  while (!isThere() && !ended.signal.aborted) await sleep(20);
  return isThere();
}

/** The states in which a run has waited for a person up to now. */
function waitsOf(stdout: string): string[] {
  const lines = stdout.split("\n").filter((line) => line.includes('"type":"waiting"'));
  return [...new Set(lines.map((line) => (JSON.parse(line) as { state: string }).state))];
}

/** How many whole records of this event the history has. */
function countRecords(bench: CrashBench, event = ""): number {
  const text = readFileSync(join(bench.folder() ?? "", "_signal_history.jsonl"), "utf8");
  return parseHistory(text).records.filter((record) => record.event === event).length;
}

/** Kills a command beside a run that waits, gives it again, and says what is not as it should be. */
async function killBeside(
  bench: CrashBench,
  { command, call, mode }: KillPoint,
): Promise<string[]> {
  await bench.restore(String(command));
  const args = commands[command] ?? [];
  const run = bench.start(["run", "login", "--json", "--wait"]);
  const hasWaited = (count: number) => () => waitsOf(run.stdout()).length >= count;
  if (!(await reach(hasWaited(1), run.ended))) return [`run: ${(await run.ended).stderr}`];

  const before = countRecords(bench, args[0]);
  const killed = await bench.run(args, { fault: { call: call.name, at: call.at, mode } });
  // Its decision was made, or is made now: it counts once. Who sees that it was made does not say again `resume`,
  // which would be meant for what the session waits for next.
  const isMade = args[0] === "resume" && countRecords(bench, "resume") > before;
  const again = isMade ? undefined : await bench.run(args);
  const isLast = command + 1 === lastCommand;
  await reach(hasWaited(2), run.ended);
  if (!isLast) run.kill("SIGINT");
  const { exitCode, stderr } = await run.ended;
  const expected = bench.plain[command + 1];
  return [
    ...(killed.signal === "SIGKILL" ? [] : [`was not killed, but ended with ${killed.exitCode}`]),
    ...(again === undefined || again.exitCode === 0 || again.exitCode === 2
      ? []
      : [`again: ${again.stderr}`]),
    ...(exitCode === (isLast ? 0 : 130) ? [] : [`run: ended with ${exitCode}: ${stderr}`]),
    ...(expected === undefined ? [] : compareTraces(await bench.trace(), expected, 1)),
  ];
}

it("takes a decision once, and goes on, where the command that makes it is killed beside a run that waits", async () => {
  const verdicts = await runTogether(
    (bench) =>
      listKillPoints(bench, ({ torn }) => (torn === true ? ["before", "half"] : ["before"])).filter(
        ({ command }, index) => command % 2 === 1 && index % 2 === 0,
      ),
    async (bench, point) => ({
      name: formatKillPoint(point),
      faults: await killBeside(bench, point),
    }),
  );
  expect(reportVerdicts("commands killed beside a run that waits", verdicts)).toEqual([]);
}, 3_600_000);
