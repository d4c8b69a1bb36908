import { symlinkSync, writeFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { openStore } from "@samocode/core/store";
import type { Step } from "@samocode/testkit";
import { describe, expect, it } from "vitest";
import { ownIdentity } from "@samocode/process";
import { createBench, signal, steps, type Bench } from "./support/runner-cli.ts";

const { investigate, plan, implement, test, clean, sum } = steps;
const { poll } = expect;
const me = userInfo().username;
const twoQuestions = `### Q1: Where do tokens live?
A) httpOnly cookie
B) localStorage
**Suggestion:** A - not readable by scripts
**Answer:** _waiting_

### Q2: How long do they live?
**Answer:** _waiting_
`;
const askTwo: Step[] = [
  { do: "write", path: "{session}/_qa.md", content: twoQuestions },
  signal({ status: "waiting", phase: "investigation", for: "qa_answers" }),
];
const block = signal({
  status: "blocked",
  phase: "investigation",
  reason: "no access",
  needs: "clarification",
});

const json = (text: string): unknown => JSON.parse(text);
const lastState = (bench: Bench) => () => {
  try {
    return bench.records().at(-1)?.to;
  } catch {
    return undefined;
  }
};

it("tells the plan that an approval is bound to, and records who approved it and when", async () => {
  await using bench = await createBench({ calls: [investigate, plan] });
  await bench.run("t", "--task", "x");
  const hash = openStore(bench.folder()).readPlan()?.hash ?? "";
  const { exitCode, stdout } = await bench.run("approve", "t", "--note", "small commits");
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    `t: the plan is approved: 01-15-14:50-plan-jwt.md (sha256 ${hash.slice(0, 12)})\nContinue with: samocode-run t`,
  );
  expect(bench.records().at(-1)).toMatchObject({
    event: "approve",
    by: me,
    planHash: hash,
    note: "small commits",
    memory: { approval: { by: me, planHash: hash, used: false } },
  });
});

it("lets an approval lapse when the plan is changed, and says so in status and run until it is approved again", async () => {
  await using bench = await createBench({ calls: [investigate, plan, implement] });
  const { run } = bench;
  await run("t", "--task", "x");
  await run("approve", "t");
  writeFileSync(join(bench.folder(), "01-15-14:50-plan-jwt.md"), "# Another plan\n");
  const lapsed = `the plan was changed after ${me} approved it`;
  expect(await run("status", "t")).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining(lapsed),
  });
  expect(json((await run("status", "t", "--json")).stdout)).toMatchObject({
    state: "waiting.approval",
    waitingFor: "plan_approval",
    lapsed: { by: me },
  });
  const { exitCode, stderr } = await run("t", "--no-wait");
  expect(exitCode).toBe(3);
  const line = `continues → waits for approval of the plan — ${lapsed}`;
  expect(stderr).toContain(line);
  expect((await run("show", "t")).stdout.replaceAll(/\s+/g, " ")).toContain(line);
  expect((await run("status", "t")).stdout).toContain(lapsed);
  expect(bench.claude.calls()).toHaveLength(2);

  expect(await run("approve", "t")).toMatchObject({ exitCode: 0 });
  expect((await run("status", "t")).stdout).not.toContain(lapsed);
  expect(await run("t", "--max-iterations", "1")).toMatchObject({ exitCode: 3 });
  expect(bench.claude.calls()).toHaveLength(3);
});

describe("of two people who decide at once, the first one counts", () => {
  it("and the other one is told who that was: approve against reject", async () => {
    await using bench = await createBench({ calls: [investigate, plan] });
    await bench.run("t", "--task", "x");
    const verbs = [["approve"], ["reject", "--feedback", "no"]];
    const both = await Promise.all(
      verbs.map(([verb = "", ...flags]) => bench.run(verb, "t", ...flags)),
    );
    expect(both.map(({ exitCode }) => exitCode).toSorted((a, b) => Number(a) - Number(b))).toEqual([
      0, 2,
    ]);
    const isApproved = both[0]?.exitCode === 0;
    const deed = isApproved ? "approved the plan" : "rejected the plan";
    expect(both[isApproved ? 1 : 0]?.stderr).toContain(`The last decision: ${me} ${deed}, `);
    const decisions = bench.records().filter(({ by }) => by !== undefined);
    expect(decisions.map(({ event }) => event)).toEqual([isApproved ? "approve" : "reject"]);
    expect(bench.records().map(({ seq }) => seq)).toEqual(bench.records().map((_, i) => i + 1));
  });

  it("and the others are told so: six answers to one question", async () => {
    await using bench = await createBench({ calls: [askTwo] });
    await bench.run("t", "--task", "x");
    const answers = ["A", "B", "both", "none", "later", "never"];
    const all = await Promise.all(answers.map((words) => bench.run("answer", "t", `Q1=${words}`)));
    const first = all.filter(({ exitCode }) => exitCode === 0);
    expect(first).toHaveLength(1);
    const [record, ...more] = bench.records().filter(({ event }) => event === "answer");
    expect(record).toMatchObject({ by: me, answered: ["Q1"], open: 1 });
    expect(more).toEqual([]);
    for (const { exitCode, stderr } of all.filter((each) => !first.includes(each))) {
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/cannot answer Q1: it already has the answer `.+` \(/);
      expect(stderr).toContain(`(${me} answered, `);
    }
    expect(bench.file("_qa.md").match(/_waiting_/g)).toHaveLength(1);
  });
});

it("goes on from any decision while a run waits: answers, rejection, approval, resume", async () => {
  await using bench = await createBench({
    calls: [askTwo, [block], investigate, plan, plan, implement, test, clean, sum],
  });
  const running = bench.start("t", "--task", "x", "--wait");
  const at = (state: string, calls: number) =>
    poll(() => [lastState(bench)(), bench.claude.calls().length]).toEqual([state, calls]);
  await at("waiting.answers", 1);
  await bench.run("answer", "t", "Q1=A");
  const last = await bench.run("answer", "t", "Q2=a week");
  expect(last.stdout).toContain("The running session continues.");
  await at("blocked", 2);
  await bench.run("resume", "t", "--note", "you have access now");
  await at("waiting.approval", 4);
  await bench.run("reject", "t", "--feedback", "use cookies");
  await at("waiting.approval", 5);
  await bench.run("approve", "t");
  expect(await running).toMatchObject({ exitCode: 0 });
  expect(bench.claude.calls()[2]?.prompt).toContain("> you have access now");
  expect(bench.claude.calls()[4]?.prompt).toContain("> use cookies");
  expect(bench.file("_qa.md")).toContain("**Answer:** A) httpOnly cookie\n");
});

describe("a decision that cannot be taken says what is the matter", () => {
  it.each([
    [["approve", "t"], "no plan waits for approval. Its state now: waits for answers."],
    [["reject", "t", "--feedback", "x"], "no plan waits for approval"],
    [["resume", "t", "--phase", "nowhere"], "expected investigation, planning"],
    [["answer", "t", "Q1=C"], "found `C`, expected A) httpOnly cookie, B) localStorage"],
    [["answer", "t", "Q3=A"], "found no such question, expected Q1, Q2"],
    [["answer", "t", "Q1=A", "q1=B"], "cannot answer Q1: found two answers, `A` and `B`"],
    [["answer", "t", "A"], 'expected Q1=A or Q1="free text"'],
    [["answer", "t"], "suggested: A - not readable by scripts"],
  ])("%j", async (args, words) => {
    await using bench = await createBench({ calls: [askTwo] });
    await bench.run("t", "--task", "x");
    const size = bench.file("_signal_history.jsonl");
    const { exitCode, stdout, stderr } = await bench.run(...args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(words);
    expect(bench.file("_signal_history.jsonl")).toBe(size);
    expect(bench.file("_qa.md")).toBe(twoQuestions);
  });
});

describe("stop", () => {
  it("lets the agent end its iteration, and says so", async () => {
    await using bench = await createBench({ calls: [[{ do: "sleep", ms: 3000 }, ...investigate]] });
    const running = bench.start("t", "--task", "x");
    await poll(() => bench.claude.calls().length).toBe(1);
    const { exitCode, stdout } = await bench.run("stop", "t");
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      `t: its run (pid ${running.pid} on ${hostname()}) stops when this iteration ends.`,
    );
    expect(await running).toMatchObject({ exitCode: 3 });
    expect(bench.records().at(-1)).toMatchObject({ event: "signal.continue", to: "paused" });
  });

  it("--now ends the run as ^C does, waits for its end, and the next run goes on", async () => {
    await using bench = await createBench({ calls: [[{ do: "hang" }], investigate, plan] });
    const running = bench.start("t", "--task", "x");
    await poll(() => bench.claude.calls().length).toBe(1);
    await poll(lastState(bench)).toBe("working.investigation");
    const { exitCode, stdout } = await bench.run("stop", "t", "--now", "--json");
    expect(exitCode).toBe(0);
    expect(json(stdout)).toEqual({
      session: "t",
      taken: true,
      pid: running.pid,
      state: "paused",
      phase: "investigation",
    });
    expect(await running).toMatchObject({ exitCode: 130 });
    expect(bench.records().at(-1)).toMatchObject({ event: "agent.interrupted" });
    expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
    expect(bench.claude.calls().flatMap(({ alongside }) => alongside)).toEqual([]);
  });

  it("has nothing to do where no run is on, and says what there may be instead", async () => {
    await using bench = await createBench({ calls: [askTwo] });
    await bench.run("t", "--task", "x");
    for (const flags of [[], ["--now"]]) {
      expect(await bench.run("stop", "t", ...flags)).toMatchObject({
        exitCode: 0,
        stdout: "t: it is not running: nothing to stop.",
      });
    }
    expect(json((await bench.run("stop", "t", "--now", "--json")).stdout)).toMatchObject({
      taken: false,
      state: "waiting.answers",
    });
  });

  it("tells of an agent whose run has died", async () => {
    await using bench = await createBench({ calls: [[{ do: "hang" }]] });
    const running = bench.start("t", "--task", "x");
    await poll(() => bench.claude.calls().length).toBe(1);
    await poll(lastState(bench)).toBe("working.investigation");
    running.kill("SIGKILL");
    await running;
    const { exitCode, stdout } = await bench.run("stop", "t", "--now");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("the agent may still be working: reattach with samocode-run t,");
  });

  it("says where to type it when the run is on another machine", async () => {
    await using bench = await createBench({ calls: [askTwo] });
    await bench.run("t", "--task", "x");
    holdFromElsewhere(bench);
    const { exitCode, stderr } = await bench.run("stop", "t", "--now");
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      "its run (pid 4242) is on `box`, another machine or container. Run there: samocode-run stop t --now",
    );
    expect(stderr).toContain("samocode-run stop t (without --now) stops it from here");
    expect(await bench.run("stop", "t")).toMatchObject({ exitCode: 0 });
    expect(bench.records().at(-1)).toMatchObject({ event: "stop", to: "waiting.answers" });
  });
});

/** Leaves the lock of a run on another machine, as a shared folder would show it. */
function holdFromElsewhere(bench: Bench): void {
  const owner = {
    ...ownIdentity(),
    pid: 4242,
    host: "box",
    bootId: "another",
    purpose: "run",
    acquiredAt: new Date().toISOString(),
    token: "x",
  };
  symlinkSync(JSON.stringify(owner), join(bench.folder(), ".run.lock"));
}

it("says who let the session go on before, if nobody has gone on yet", async () => {
  await using bench = await createBench({ calls: [[block], investigate] });
  await bench.run("t", "--task", "x");
  expect((await bench.run("resume", "t", "--note", "one")).stdout).not.toContain("before you");
  const { exitCode, stdout } = await bench.run("resume", "t", "--note", "two");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/\S+ let it continue, \d\d-\d\d \d\d:\d\d before you; both count\./);
  await bench.run("t", "--max-iterations", "1");
  expect(bench.claude.calls().at(-1)?.prompt).toMatch(/one[^]*two/);
});

it("takes no decision of an agent, by whatever name it calls the binary", async () => {
  await using bench = await createBench(
    { calls: [investigate, plan] },
    { env: { SAMOCODE_RUN_ID: "x" } },
  );
  expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 3 });
  const before = bench.records().length;
  for (const words of [
    ["approve", "t"],
    ["reject", "t", "--feedback", "x"],
    ["resume", "t", "--phase", "implementation"],
    ["answer", "t", "Q1=A"],
    ["stop", "t"],
    ["inspect", "t", "--no-open"],
    ["mcp"],
    ["t", "--auto-approve"],
    ["run", "t", "--accept-suggestions"],
  ]) {
    expect(await bench.run(...words)).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: expect.stringContaining("this command is for humans only"),
    });
  }
  expect(bench.records()).toHaveLength(before);
  expect(await bench.run("status", "t")).toMatchObject({ exitCode: 0 });
});
