import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { replay } from "@samocode/core/store";
import { expect, it } from "vitest";
import { createBench, steps } from "./support/runner-cli.ts";

const { ask, investigate, plan, implement, test, clean, sum } = steps;

it("takes a task through questions, plan and approval to done, and each run goes on where the last one stopped", async () => {
  await using bench = await createBench({
    calls: [ask, investigate, plan, implement, test, clean, sum],
  });
  const { run, status, claude } = bench;

  expect(await run("run", "my-task", "--task", "Add JWT login.")).toMatchObject({ exitCode: 3 });
  expect(status()).toMatchObject({ phase: "investigation", waitingFor: "qa_answers" });

  expect(await run("my-task")).toMatchObject({ exitCode: 3 });
  expect(claude.calls()).toHaveLength(1);

  expect(await run("answer", "my-task", "Q1=A")).toMatchObject({ exitCode: 0 });
  expect(await run("my-task")).toMatchObject({ exitCode: 3 });
  expect(status()).toMatchObject({ phase: "planning", waitingFor: "plan_approval" });

  expect(await run("approve", "my-task")).toMatchObject({ exitCode: 0 });
  expect(await run("my-task")).toMatchObject({ exitCode: 0 });
  expect(status()).toMatchObject({ phase: "done", blocked: "no", iteration: 7 });

  expect(replay(bench.records()).map(({ to }) => to)).toEqual([
    "paused",
    "working.investigation",
    "waiting.answers",
    "paused",
    "working.investigation",
    "working.planning",
    "waiting.approval",
    "paused",
    "working.implementation",
    "working.testing",
    "working.quality",
    "working.done",
    "finished",
  ]);
  const logs = readdirSync(join(bench.folder(), "_logs"));
  expect(logs.filter((name) => name.endsWith(".jsonl"))).toHaveLength(7);
  expect(bench.records().at(-1)).toMatchObject({ status: "done", summary: "JWT login, 14 tests" });
  expect(existsSync(join(bench.folder(), "_late"))).toBe(false);
  expect(bench.records().flatMap(({ commits = [] }) => commits)).toEqual([
    expect.stringContaining("Add login"),
  ]);
});

it("goes all the way alone when it may answer and approve itself, records that, and starts no agent when it is finished", async () => {
  await using bench = await createBench({
    calls: [ask, investigate, plan, implement, test, clean, sum],
  });
  const ended = await bench.run("t", "--task", "x", "--accept-suggestions", "--auto-approve");
  expect(ended).toMatchObject({ exitCode: 0 });
  expect(bench.file("_qa.md")).toContain(
    "**Answer:** A) httpOnly cookie - not readable by scripts",
  );
  expect(
    bench.records().findLast(({ memory }) => memory?.approval)?.memory?.approval,
  ).toMatchObject({
    by: "--auto-approve",
  });
  const line = "asks → implementation, the plan approved by --auto-approve";
  expect(ended.stderr).toContain(line);
  expect((await bench.run("show", "t")).stdout.replaceAll(/\s+/g, " ")).toContain(line);

  expect(await bench.run("t")).toMatchObject({ exitCode: 0 });
  expect(bench.claude.calls()).toHaveLength(7);
});

it("stays with --wait and goes on by itself when the answer and the approval arrive", async () => {
  await using bench = await createBench({
    calls: [ask, investigate, plan, implement, test, clean, sum],
  });
  const running = bench.start("t", "--task", "x", "--wait");
  await expect.poll(() => bench.status().waitingFor, { timeout: 20_000 }).toBe("qa_answers");
  expect(await bench.run("answer", "t", "Q1=B")).toMatchObject({ exitCode: 0 });
  await expect.poll(() => bench.status().waitingFor, { timeout: 20_000 }).toBe("plan_approval");
  expect(await bench.run("approve", "t")).toMatchObject({ exitCode: 0 });
  expect(await running).toMatchObject({ exitCode: 0 });
});

it("tells the next agent the feedback of a rejected plan", async () => {
  await using bench = await createBench({ calls: [investigate, plan, plan] });
  await bench.run("t", "--task", "x");
  expect(await bench.run("reject", "t", "--feedback", "use cookies")).toMatchObject({
    exitCode: 0,
  });
  expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
  expect(bench.claude.calls()[2]?.prompt).toContain("> use cookies");
});

it("refuses an approval whose plan was changed before the work on it began", async () => {
  await using bench = await createBench({ calls: [investigate, plan, implement] });
  await bench.run("t", "--task", "x");
  await bench.run("approve", "t");
  writeFileSync(join(bench.folder(), "01-15-14:50-plan-jwt.md"), "# Another plan\n");
  expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
  expect(bench.status()).toMatchObject({ phase: "planning", waitingFor: "plan_approval" });
  expect(bench.claude.calls()).toHaveLength(2);
});

it("moves a signal that nobody waited for out of the way, shows it and records it", async () => {
  await using bench = await createBench({ calls: [investigate, plan, implement] });
  await bench.run("t", "--task", "x");
  const late = '{"status":"continue","phase":"planning","iteration":1}';
  writeFileSync(join(bench.folder(), "_signal.json"), late);
  await bench.run("approve", "t");
  const { stderr } = await bench.run("t", "--max-iterations", "1");
  const [name = ""] = readdirSync(join(bench.folder(), "_late"));
  expect(readFileSync(join(bench.folder(), "_late", name), "utf8")).toBe(late);
  expect(stderr).toContain(`moved to _late/${name}`);
  expect(bench.records().at(-1)).toMatchObject({ iteration: 3, foundLate: `_late/${name}` });
});
