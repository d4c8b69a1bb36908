import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Step } from "@samocode/testkit";
import { describe, expect, it } from "vitest";
import { createBench, signal, steps, type Bench } from "./support/runner-cli.ts";

const { ask, investigate, plan, implement, test, clean, sum } = steps;
const { poll } = expect;

const stateOf = (bench: Bench) => () => {
  try {
    return bench.records().at(-1)?.to;
  } catch {
    return undefined;
  }
};
const reach = (bench: Bench, state: string) => poll(stateOf(bench)).toBe(state);
const eventsOf = (bench: Bench) => bench.records().map(({ event }) => event);
const answerBy = (bench: Bench): string =>
  /^Answer By: (.*)$/m.exec(bench.file("_overview.md"))?.[1] ?? "";

const askTwo: Step[] = [
  {
    do: "write",
    path: "{session}/_qa.md",
    content:
      "### Q1: Where?\nA) here\nB) there\n**Suggestion:** A\n**Answer:** _waiting_\n\n### Q2: When?\n**Answer:** _waiting_\n",
  },
  signal({ status: "waiting", phase: "investigation", for: "qa_answers" }),
];

describe("suggestions after a time", () => {
  it("let a run that waits go on by itself, and the plan gate stays closed", async () => {
    await using bench = await createBench({ calls: [ask, investigate, plan] });
    const run = bench.start(
      "t",
      "--task",
      "x",
      "--wait",
      "--on-question-timeout=suggestions after 2s",
    );
    await reach(bench, "waiting.approval");
    expect(bench.file("_qa.md")).toContain(
      "**Answer:** A) httpOnly cookie - not readable by scripts",
    );
    expect(bench.records().slice(3, 6)).toMatchObject([
      { event: "unanswered", for: "qa_answers", remedy: "suggestions", to: "waiting.answers" },
      { event: "answer", by: "ON_QUESTION_TIMEOUT", answered: ["Q1"] },
      { event: "signal.continue" },
    ]);
    run.kill("SIGINT");
    expect(await run).toMatchObject({ exitCode: 130 });
    expect(bench.records().at(-1)?.memory?.approval).toBeUndefined();
    expect(bench.file("_overview.md")).not.toContain("Answer By");
  });

  it("count at once in a run after the deadline, which each run and the overview have told", async () => {
    await using bench = await createBench(
      { calls: [ask, investigate, plan] },
      { settings: { ON_QUESTION_TIMEOUT: "suggestions after 3w" } },
    );
    const first = await bench.run("t", "--task", "x", "--json");
    expect(first.exitCode).toBe(3);
    const rested: unknown = JSON.parse(first.stdout.split("\n").at(-1) ?? "");
    const deadline = bench.records().at(-1)?.memory?.wait?.answerBy ?? 0;
    expect(rested).toMatchObject({
      type: "session.rested",
      answerBy: deadline,
      remedy: "suggestions",
    });
    expect(Date.parse(answerBy(bench).split(",")[0] ?? "")).toBe(deadline);
    expect(answerBy(bench)).toContain(", then the suggestions count");
    expect(first.stderr).toMatch(/ {2}by \d\d-\d\d \d\d:\d\d, then the suggestions count\n/);

    await sleep(1000);
    const later = await bench.run("t", "--on-question-timeout", "suggestions after 1s");
    expect(later).toMatchObject({ exitCode: 3 });
    expect(bench.status()).toMatchObject({ phase: "planning", waitingFor: "plan_approval" });
    expect(eventsOf(bench)).toContain("unanswered");
  });

  it("answer what has one, and leave the others to a person, who is told so", async () => {
    await using bench = await createBench({ calls: [askTwo, investigate, plan] });
    await bench.run("t", "--task", "x");
    await sleep(1000);
    const { exitCode, stderr } = await bench.run(
      "t",
      "--on-question-timeout",
      "suggestions after 1s",
    );
    expect(exitCode).toBe(3);
    expect(bench.file("_qa.md")).toContain("**Answer:** A) here\n");
    expect(stderr).toContain("Q2: When?");
    expect(stderr).not.toContain("Q1: Where?");
    expect(bench.records().at(-1)).toMatchObject({ event: "answer", open: 1, answered: ["Q1"] });
    expect(bench.claude.calls()).toHaveLength(1);
    expect(await bench.run("answer", "t", "Q2=now")).toMatchObject({ exitCode: 0 });
    expect(await bench.run("t", "--max-iterations", "1")).toMatchObject({ exitCode: 3 });
    expect(bench.claude.calls()).toHaveLength(2);
  });
});

it("keeps a deadline over the death of its run, and the next run meets it", async () => {
  await using bench = await createBench(
    { calls: [ask, investigate, plan] },
    { settings: { ON_QUESTION_TIMEOUT: "suggestions after 15s" } },
  );
  const first = bench.start("t", "--task", "x", "--wait");
  await reach(bench, "waiting.answers");
  const deadline = bench.records().at(-1)?.memory?.wait?.answerBy ?? 0;
  first.kill("SIGKILL");
  await first;
  const second = bench.start("t", "--wait");
  await reach(bench, "waiting.approval");
  const due = bench.records().find(({ event }) => event === "unanswered");
  expect(Date.parse(due?.timestamp ?? "")).toBeGreaterThanOrEqual(deadline);
  expect(eventsOf(bench).filter((event) => event === "unanswered")).toHaveLength(1);
  second.kill("SIGINT");
  await second;
});

it("puts back what an agent makes of the deadline, and takes a person's edit of it for no decision", async () => {
  await using bench = await createBench(
    { calls: [ask] },
    { settings: { ON_QUESTION_TIMEOUT: "suggestions after 3w" } },
  );
  await bench.run("t", "--task", "x");
  const line = answerBy(bench);
  const path = join(bench.folder(), "_overview.md");
  writeFileSync(path, readFileSync(path, "utf8").replace(line, "yesterday"));
  expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
  expect(await bench.run("answer", "t", "Q1=A")).toMatchObject({ exitCode: 0 });
  expect(bench.file("_overview.md")).not.toContain("Answer By");
  expect(eventsOf(bench)).not.toContain("edit");
});

it("reminds people through the channels, again and again, and waits on", async () => {
  await using bench = await createBench(
    { calls: [investigate, plan, implement, test, clean, sum] },
    { settings: { ON_APPROVAL_TIMEOUT: "remind after 1s" } },
  );
  const told = join(bench.project.root, "told.txt");
  const script = join(bench.project.root, "tell.sh");
  writeFileSync(script, `#!/bin/sh\necho "$1" >> ${told}\n`, { mode: 0o755 });
  const run = bench.start("t", "--task", "x", "--wait", "--notify", `cmd:${script} {title}`);
  const lines = (): string[] => {
    try {
      return readFileSync(told, "utf8").trim().split("\n");
    } catch {
      return [];
    }
  };
  await poll(() => lines().filter((line) => line.endsWith("(reminder)")).length).toBeGreaterThan(1);
  expect(lines()[0]).toBe("t: waits for approval of the plan");
  expect(bench.status()).toMatchObject({ phase: "planning", waitingFor: "plan_approval" });
  expect(await bench.run("approve", "t")).toMatchObject({ exitCode: 0 });
  expect(await run).toMatchObject({ exitCode: 0 });
  expect(bench.claude.calls().flatMap(({ alongside }) => alongside)).toEqual([]);
});

it("blocks if nobody approves, with exit code 4, and takes the approval all the same", async () => {
  await using bench = await createBench(
    { calls: [investigate, plan, implement, test, clean, sum] },
    { settings: { ON_APPROVAL_TIMEOUT: "block after 2w" } },
  );
  expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 3 });
  await sleep(1000);
  const blocked = await bench.run("t", "--on-approval-timeout", "block after 1s");
  expect(blocked.exitCode).toBe(4);
  expect(blocked.stderr).toContain("no one approved or rejected the plan within 1s");
  expect(blocked.stderr).toContain("Approve: samocode-run approve t");
  expect(bench.status()).toMatchObject({ phase: "planning", blocked: "yes" });
  expect(await bench.run("approve", "t")).toMatchObject({ exitCode: 0 });
  expect(await bench.run("t")).toMatchObject({ exitCode: 0 });
  expect(
    readdirSync(join(bench.folder(), "_logs")).filter((name) => name.endsWith(".jsonl")),
  ).toHaveLength(6);
});

it("tells all rules that cannot be, and that nothing but a person opens the gate", async () => {
  await using bench = await createBench({ calls: [] });
  const { exitCode, stderr } = await bench.run(
    "t",
    "--task=x",
    "--on-approval-timeout=suggestions after 1h",
    "--on-action-timeout=never",
  );
  expect(exitCode).toBe(2);
  expect(stderr).toContain("cannot use the configuration: 2 problems");
  expect(stderr).toContain(
    "--on-approval-timeout is `suggestions after 1h`, expected `wait`, `remind after 8h` or `block after 8h`",
  );
  expect(stderr).toContain("--on-action-timeout is `never`, expected");
});
