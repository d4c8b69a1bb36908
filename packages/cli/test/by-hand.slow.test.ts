import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createBench, signal, steps, type Bench } from "./support/runner-cli.ts";

const { ask, investigate, plan, implement, test, clean, sum } = steps;
const { poll } = expect;
const calls = [ask, investigate, plan, implement, test, clean, sum];

/** Edits a file of the session in an editor that saves it at once. */
const edit = (bench: Bench, name: string, from: string, to: string): void => {
  const path = join(bench.folder(), name);
  const text = readFileSync(path, "utf8");
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
};

const stateOf = (bench: Bench) => () => {
  try {
    return bench.records().at(-1)?.to;
  } catch {
    return undefined;
  }
};
const reach = (bench: Bench, state: string) => poll(stateOf(bench)).toBe(state);

/** The lines that a person wrote themselves are theirs: the runner changes no byte of them. */
const mine = "\n## My notes\n* keep   *this* as it is_\n";

describe.each([
  ["as one run after the other", false],
  ["while one run waits", true],
])("a whole session by editing its files, but for the plan gate, %s", (_, waits) => {
  it("goes from questions over the plan to done, and every edit is recorded as a person's", async () => {
    await using bench = await createBench({ calls });
    const go = async (exitCode: number): Promise<void> => {
      if (!waits) expect(await bench.run("t")).toMatchObject({ exitCode });
    };
    const running = waits ? bench.start("t", "--task", "Add JWT login.", "--wait") : undefined;
    if (!waits)
      expect(await bench.run("t", "--task", "Add JWT login.")).toMatchObject({ exitCode: 3 });

    await reach(bench, "waiting.answers");
    edit(bench, "_qa.md", "_waiting_", "A, but with a short life");
    await go(3);
    await reach(bench, "waiting.approval");
    const overview = join(bench.folder(), "_overview.md");
    writeFileSync(overview, readFileSync(overview, "utf8") + mine);
    expect(await bench.run("approve", "t")).toMatchObject({ exitCode: 0 });
    await go(0);
    if (running !== undefined) expect(await running).toMatchObject({ exitCode: 0 });

    expect(bench.status()).toMatchObject({ phase: "done", blocked: "no" });
    expect(bench.file("_overview.md")).toContain(mine);
    expect(bench.file("_qa.md")).toContain("**Answer:** A, but with a short life\n");
    const records = bench.records();
    expect(records.find(({ event }) => event === "answer")).toMatchObject({ by: "_qa.md" });
    const approved = records.find(({ event }) => event === "approve");
    expect(approved).toMatchObject({ from: "waiting.approval" });
    expect(bench.claude.calls()).toHaveLength(calls.length);
  });
});

it("sends a plan back with a word in the overview, and blocks and frees a session there", async () => {
  const blocked = [
    signal({ status: "blocked", phase: "planning", reason: "no access", needs: "clarification" }),
  ];
  await using bench = await createBench({ calls: [investigate, plan, blocked, plan] });
  await bench.run("t", "--task", "x");
  edit(bench, "_overview.md", "Blocked: waiting_human", "Blocked: no");
  expect(await bench.run("t")).toMatchObject({ exitCode: 4 });
  expect(bench.claude.calls()).toHaveLength(3);
  expect(bench.claude.calls()[2]?.phase).toBe("planning");
  edit(bench, "_overview.md", "Blocked: yes", "Blocked: no");
  expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
  expect(bench.status()).toMatchObject({ phase: "planning", waitingFor: "plan_approval" });
  expect(bench.file("_overview.md")).not.toContain("Reason:");
  edit(bench, "_overview.md", "Blocked: waiting_human", "Blocked: yes");
  expect(await bench.run("t")).toMatchObject({ exitCode: 4 });
});

it("goes on with a session of the Python samocode, which is answered as it always was", async () => {
  await using bench = await createBench({
    calls: [investigate, plan, implement, test, clean, sum],
  });
  const folder = join(bench.project.sessions, "26-01-08-old");
  mkdirSync(folder);
  writeFileSync(
    join(folder, "_overview.md"),
    [
      "# Session: old",
      "Started: 01-08 10:00",
      `Working Dir: ${bench.project.repo}`,
      "",
      "## Status",
      "Phase: init",
      "Iteration: 2",
      "Blocked: waiting_human",
      "Last Action: Asked",
      "Next: Answers",
      "",
      "## Flow Log",
      "- [001 @ 01-08 10:00] Session created",
      "",
    ].join("\n"),
  );
  writeFileSync(
    join(folder, "_qa.md"),
    "Status: waiting\n\n### Q1: Which database?\nA) Postgres\nB) SQLite\n**Suggestion:** A\n**Answer:** _waiting_\n",
  );
  expect(await bench.run("old")).toMatchObject({ exitCode: 3 });
  expect(bench.claude.calls()).toHaveLength(0);
  edit(bench, "_qa.md", "_waiting_", "B");
  expect(await bench.run("old")).toMatchObject({ exitCode: 3 });
  expect(bench.file("_qa.md")).toContain("Status: answered");
  expect(bench.status()).toMatchObject({ phase: "planning", waitingFor: "plan_approval" });
  expect(await bench.run("approve", "old")).toMatchObject({ exitCode: 0 });
  expect(await bench.run("old")).toMatchObject({ exitCode: 0 });
  expect(bench.file("_overview.md")).toContain("- [001 @ 01-08 10:00] Session created\n");
});
