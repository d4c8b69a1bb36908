import { readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createCrashBench, readCallLog, type CrashBench } from "./support/crash-bench.ts";
import { compareTraces } from "./support/trace-comparison.ts";
import { reportVerdicts, type Verdict } from "./support/verdict.ts";

/** What somebody saves in a session that waits, before the next run looks at it. */
interface Edit {
  readonly name: string;
  /** Which command of the human would come next. */
  readonly command: number;
  readonly file: "_overview.md" | "_qa.md";
  readonly change: (text: string, older: string) => string;
  /** Whether a run has taken it in. */
  readonly isTaken: (bench: CrashBench) => boolean;
}

const readSaved = (bench: CrashBench, file: string): string =>
  readFileSync(join(bench.folder() ?? "", file), "utf8");

const hasRecord =
  (event: string): Edit["isTaken"] =>
  (bench) =>
    bench.records().some((record) => record.event === event);

const edits: readonly Edit[] = [
  {
    name: "questions without their end",
    command: 1,
    file: "_qa.md",
    change: (text) => text.slice(0, text.indexOf("**Answer")),
    isTaken: (bench) => readSaved(bench, "_qa.md").includes("**Answer:** _waiting_"),
  },
  {
    name: "an answer by hand",
    command: 1,
    file: "_qa.md",
    change: (text) => text.replace("_waiting_", "B"),
    isTaken: hasRecord("answer"),
  },
  {
    name: "an opened gate",
    command: 3,
    file: "_overview.md",
    change: (text) => text.replace(/^Blocked: .*/m, "Blocked: no"),
    isTaken: hasRecord("edit"),
  },
  {
    name: "an old overview",
    command: 5,
    file: "_overview.md",
    change: (_, older) => older,
    isTaken: hasRecord("edit.stale"),
  },
];

/** What the human types next. */
const run = ["run", "login", "--json"] as const;

/** Puts the session where the edit is made, and makes it. */
async function makeEdit(bench: CrashBench, { command, file, change }: Edit): Promise<void> {
  await bench.restore("3");
  const older = readSaved(bench, file);
  await bench.restore(String(command));
  const path = join(bench.folder() ?? "", file);
  writeFileSync(path, change(readSaved(bench, file), older));
  // A file that was saved just now is read once it is quiet: how often it is looked at would be chance.
  utimesSync(path, new Date(0), new Date(0));
}

/** Kills the run that takes the edit in at each of its calls, runs again, and says what differs from a run that lives. */
async function killEach(bench: CrashBench, edit: Edit): Promise<readonly Verdict[]> {
  await makeEdit(bench, edit);
  const callLog = join(bench.root, "..", "calls");
  const plain = await bench.run(run, { callLog });
  const expected = await bench.trace();
  const calls = readCallLog(callLog);
  // From its agent on the run is any other one.
  const agent = calls.findIndex(({ name }) => /^spawn \S+agent\.sh -(?!-version)/.test(name));
  rmSync(callLog);
  if (!edit.isTaken(bench)) return [{ name: "", faults: [`not taken in: ${plain.stderr}`] }];

  const verdicts: Verdict[] = [];
  for (const { name: call, at, torn = false } of calls.slice(0, agent === -1 ? undefined : agent)) {
    for (const mode of torn ? (["before", "half"] as const) : (["before"] as const)) {
      await makeEdit(bench, edit);
      const killed = await bench.run(run, { fault: { call, at, mode } });
      const again = await bench.run(run);
      verdicts.push({
        name: `${mode} ${call} #${at}`,
        faults: [
          ...(killed.signal === "SIGKILL" ? [] : [`was not killed: ${killed.stderr}`]),
          ...(again.exitCode === plain.exitCode ? [] : [`again: ${again.stderr}`]),
          ...compareTraces(await bench.trace(), expected, mode === "half" ? 1 : 0),
        ],
      });
    }
  }
  return verdicts;
}

it("takes in once what somebody saves while it waits, whichever of its writes the run is killed at", async () => {
  await using bench = await createCrashBench();
  for (const edit of edits) {
    const verdicts = await killEach(bench, edit);
    expect(reportVerdicts(`kill points (${edit.name})`, verdicts)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(15);
  }
}, 3_600_000);
