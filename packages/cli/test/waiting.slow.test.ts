import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { createBench, steps, type Bench } from "./support/runner-cli.ts";

const { ask, investigate, plan, implement, test, clean, sum } = steps;
const { poll } = expect;

const editOverview = (bench: Bench, from: string, to: string): void => {
  const path = join(bench.folder(), "_overview.md");
  writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
};
const isAtGate = (bench: Bench) => () => bench.records().at(-1)?.to === "waiting.approval";
/** Long enough for a run that waits to have seen a change. */
const seenMs = 1500;

it("counts the iterations of a run across its waits", async () => {
  await using bench = await createBench({ calls: [ask, investigate, plan] });
  const run = bench.start("t", "--task", "x", "--wait", "--max-iterations", "2");
  await poll(() => bench.claude.calls().length, { timeout: 20_000 }).toBe(1);
  await poll(() => bench.records().at(-1)?.to, { timeout: 20_000 }).toBe("waiting.answers");
  await bench.run("answer", "t", "Q1=A");
  expect(await run).toMatchObject({ exitCode: 3 });
  expect(bench.claude.calls()).toHaveLength(2);
  expect(bench.records().at(-1)).toMatchObject({ to: "paused" });
});

it("keeps the status line of an older `_qa.md` in step with answers typed by hand", async () => {
  const question = "Status: waiting\n\n### Q1: Where do tokens live?\n**Answer:** _waiting_\n";
  const askAsBefore = ask.map((step) =>
    step.do === "write" && step.path.endsWith("_qa.md") ? { ...step, content: question } : step,
  );
  await using bench = await createBench({ calls: [askAsBefore, investigate, plan] });
  const run = bench.start("t", "--task", "x", "--wait", "--max-iterations", "2");
  await poll(() => bench.claude.calls().length).toBe(1);
  await poll(() => bench.records().at(-1)?.to).toBe("waiting.answers");
  const path = join(bench.folder(), "_qa.md");
  writeFileSync(path, readFileSync(path, "utf8").replace("_waiting_", "in a cookie"));
  expect(await run).toMatchObject({ exitCode: 3 });
  expect(bench.file("_qa.md")).toBe(
    question.replace("_waiting_", "in a cookie").replace("Status: waiting", "Status: answered"),
  );
  expect(bench.records().map(({ event }) => event)).toContain("answer");
});

it("stays at the gate when an edit would pass it, says how to approve, and goes on when it is", async () => {
  await using bench = await createBench({
    calls: [investigate, plan, implement, test, clean, sum],
  });
  const run = bench.start("t", "--task", "x", "--wait");
  await poll(() => bench.claude.calls().length, { timeout: 20_000 }).toBe(2);
  await poll(isAtGate(bench), { timeout: 20_000 }).toBe(true);
  const path = join(bench.folder(), "_overview.md");
  const edited = readFileSync(path, "utf8").replace("Phase: planning", "Phase: implementation");
  writeFileSync(path, edited.replace("Blocked: waiting_human", "Blocked: no"));
  await poll(() => bench.records().at(-1)?.event, { timeout: 20_000 }).toBe("edit");
  await sleep(seenMs);
  expect(bench.claude.calls()).toHaveLength(2);
  expect(await bench.run("approve", "t")).toMatchObject({ exitCode: 0 });
  const { exitCode, stderr } = await run;
  expect(exitCode).toBe(0);
  expect(stderr.split("approve t").length).toBeGreaterThan(2);
  expect(bench.records().find(({ event }) => event === "edit")).toMatchObject({
    from: "waiting.approval",
    to: "waiting.approval",
  });
});

it("tells of an overview that it cannot read while it waits, and goes on waiting", async () => {
  await using bench = await createBench({
    calls: [investigate, plan, implement, test, clean, sum],
  });
  const run = bench.start("t", "--task", "x", "--wait");
  await poll(() => bench.claude.calls().length, { timeout: 20_000 }).toBe(2);
  await poll(isAtGate(bench), { timeout: 20_000 }).toBe(true);
  editOverview(bench, "Phase: planning", "Phase: plannin");
  await sleep(seenMs);
  editOverview(bench, "Phase: plannin", "Phase: planning");
  await bench.run("approve", "t");
  const { exitCode, stderr } = await run;
  expect(exitCode).toBe(0);
  expect(stderr).toContain("found `Phase: plannin`, expected `investigation`");
});

it("says the same exit code in its last event as to its caller when it is interrupted", async () => {
  await using bench = await createBench({ calls: [investigate, plan] });
  const run = bench.start("t", "--task", "x", "--wait", "--json");
  await poll(() => bench.claude.calls().length, { timeout: 20_000 }).toBe(2);
  await poll(isAtGate(bench), { timeout: 20_000 }).toBe(true);
  run.kill("SIGINT");
  const { exitCode, stdout } = await run;
  expect(exitCode).toBe(130);
  expect(JSON.parse(stdout.trim().split("\n").at(-1) ?? "")).toMatchObject({
    type: "session.rested",
    exitCode: 130,
  });
});
