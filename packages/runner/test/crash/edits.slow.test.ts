import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import {
  createCrashBench,
  readCallLog,
  type CrashBench,
  type Fault,
} from "./support/crash-bench.ts";
import type { RunEnd } from "./support/runner-process.ts";
import { compareTraces } from "./support/trace-comparison.ts";
import { reportVerdicts, type Verdict } from "./support/verdict.ts";

/** What somebody saves in a session that waits, before the next run looks at it. */
interface Edit {
  readonly name: string;
  /** Which command of the human would come next. */
  readonly command: number;
  readonly file: "_overview.md" | "_qa.md";
  readonly change: (text: string, older: string) => string;
  /** The record that the run makes of it. */
  readonly event: string;
}

const edits: readonly Edit[] = [
  {
    name: "questions without their end",
    command: 1,
    file: "_qa.md",
    change: (text) => text.slice(0, text.indexOf("**Answer")),
    event: "questions.restored",
  },
  {
    name: "an answer by hand",
    command: 1,
    file: "_qa.md",
    change: (text) => text.replace("_waiting_", "B"),
    event: "answer",
  },
  {
    name: "an opened gate",
    command: 3,
    file: "_overview.md",
    change: (text) => text.replace(/^Blocked: .*/m, "Blocked: no"),
    event: "edit.held",
  },
  {
    name: "an old overview",
    command: 5,
    file: "_overview.md",
    change: (_, older) => older,
    event: "edit.stale",
  },
];

const run = ["run", "login", "--json"] as const;

/** Puts the session where the edit is made, and makes it. */
async function makeEdit(bench: CrashBench, { command, file, change }: Edit): Promise<void> {
  const read = (): string => readFileSync(join(bench.folder() ?? "", file), "utf8");
  await bench.restore("3");
  const older = read();
  await bench.restore(String(command));
  writeFileSync(join(bench.folder() ?? "", file), change(read(), older));
}

/** Kills the run that takes the edit in at one of its calls, and runs again. */
async function killAndRunAgain(
  bench: CrashBench,
  edit: Edit,
  fault: Fault,
): Promise<readonly RunEnd[]> {
  await makeEdit(bench, edit);
  const killed = await bench.run(run, { fault });
  return [killed, await bench.run(run)];
}

it.each(edits)(
  "takes $name in once, whichever of its writes the run is killed at",
  async (edit) => {
    await using bench = await createCrashBench();
    await makeEdit(bench, edit);
    const callLog = join(bench.root, "..", `${edit.event}.calls`);
    const plain = await bench.run(run, { callLog });
    const expected = await bench.trace();
    expect(bench.records().map(({ event }) => event)).toContain(edit.event);

    const verdicts: Verdict[] = [];
    for (const { name: call, at, torn = false } of readCallLog(callLog)) {
      for (const mode of torn ? (["before", "half"] as const) : (["before"] as const)) {
        const [killed, again] = await killAndRunAgain(bench, edit, { call, at, mode });
        verdicts.push({
          name: `${mode} ${call} #${at}`,
          faults: [
            ...(killed?.signal === "SIGKILL" ? [] : [`was not killed: ${killed?.stderr}`]),
            ...(again?.exitCode === plain.exitCode ? [] : [`again: ${again?.stderr}`]),
            ...compareTraces(await bench.trace(), expected, mode === "half" ? 1 : 0),
          ],
        });
      }
    }
    expect(verdicts.length).toBeGreaterThan(5);
    expect(reportVerdicts(`kill points (${edit.name})`, verdicts)).toEqual([]);
  },
  3_600_000,
);
