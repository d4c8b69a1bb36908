import {
  appendFileSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { createClockBench } from "../support/clock-bench.ts";
import { createBench, steps, type Bench } from "../support/runner-cli.ts";
import { createCrashBench } from "./support/crash-bench.ts";
import { compareTraces } from "./support/trace-comparison.ts";

const { investigate, plan } = steps;
const dayMs = 86_400_000;

it("says that its folder was removed under it, and exits with 1", async () => {
  await using bench = await createBench({ calls: [[{ do: "bash", command: "rm -rf {session}" }]] });
  const { exitCode, stderr } = await bench.run("t", "--task", "x");
  expect(stderr).toMatch(/^samocode-run: cannot read `.*_overview\.md`: it is not there/m);
  expect(stderr).not.toContain("bug");
  expect(exitCode).toBe(1);
});

it.each([
  ["waits for a person", plan, "waiting.approval"],
  ["backs off", [{ do: "exit", code: 1 }], "retrying"],
] as const)(
  "says that its folder was removed under it while it %s, and exits with 1",
  async (_, second, state) => {
    const env = { SAMOCODE_RETRY_DELAY: "3600" };
    await using bench = await createBench({ calls: [investigate, second] }, { env });
    const running = bench.start("t", "--task", "x", "--wait");
    await expect
      .poll(() => isThere(bench) && bench.records().at(-1)?.to === state && isWritten(bench))
      .toBe(true);
    rmSync(bench.folder(), { recursive: true });
    const { exitCode, stderr } = await running;
    expect(stderr).toMatch(/^samocode-run: cannot (?:lock|read) `[^`]*-t(?:\/[^`]*)?`: .*folder/m);
    expect(stderr).not.toMatch(/\bbug\b|^ +at /m);
    expect(exitCode).toBe(1);
  },
);

it("says that the worktree was removed under it, and keeps what the agent answered", async () => {
  await using bench = await createBench({
    calls: [[{ do: "bash", command: "rm -rf {cwd}" }, ...investigate]],
  });
  const { exitCode, stderr } = await bench.run("t", "--task", "x");
  expect(stderr).toContain("worktree");
  expect(stderr).not.toContain("bug");
  expect([1, 4]).toContain(exitCode);
  expect(bench.status()).toMatchObject({ phase: "planning" });
});

it.each([dayMs, -dayMs])(
  "is not led astray by a clock that jumps by %i ms while an agent works",
  async (shift) => {
    await using clock = await createClockBench(shift, [
      [{ do: "sleep", ms: 1500 }, ...investigate],
      plan,
    ]);
    const running = clock.bench.start("t", "--task", "x");
    await expect.poll(() => clock.bench.claude.calls().length, { timeout: 20_000 }).toBe(1);
    clock.setWrong();
    expect(await running).toMatchObject({ exitCode: 3 });
    expect(clock.bench.records().map(({ event }) => event)).toEqual([
      "created",
      "run",
      "signal.continue",
      "signal.waiting",
    ]);
  },
);

it.each([dayMs, -dayMs])(
  "does not back off for longer when the clock jumps by %i ms",
  async (shift) => {
    await using clock = await createClockBench(shift, [
      [{ do: "exit", code: 1 }],
      investigate,
      plan,
    ]);
    const running = clock.bench.start("t", "--task", "x");
    await expect
      .poll(() => isThere(clock.bench) && clock.bench.records().at(-1)?.to, { timeout: 20_000 })
      .toBe("retrying");
    clock.setWrong();
    // It is killed after a minute.
    expect(await running).toMatchObject({ exitCode: 3 });
  },
);

it("gives an agent its whole time that is started long after the crash before its start", async () => {
  await using bench = await createCrashBench();
  await bench.restore("0");
  const start = bench.calls[0]?.find(
    ({ name }) => name.includes("agent.sh") && !name.includes("--version"),
  );
  const env = { CLAUDE_TIMEOUT: "2" };
  const fault = { call: start?.name ?? "", at: start?.at ?? 0, mode: "before" } as const;
  expect(
    await bench.run(["run", "login", "--task", "Add JWT login."], { fault, env }),
  ).toMatchObject({
    signal: "SIGKILL",
  });
  await sleep(2500);
  await bench.goOn(0, { env });
  const [expected] = bench.plain;
  expect(expected && compareTraces(await bench.trace(), expected)).toEqual([]);
});

it.each([
  ["before a reboot", { bootId: "00000000-0000-0000-0000-000000000000" }],
  ["whose process id belongs to another process now", { startTime: "1" }],
])(
  "takes over lock and iteration of a run from %s, and lets that process be",
  async (_, change) => {
    await using bench = await createBench({ calls: [[{ do: "hang" }], investigate, plan] });
    const first = bench.start("t", "--task", "x");
    await expect.poll(() => bench.claude.calls().length, { timeout: 20_000 }).toBe(1);
    await expect.poll(() => identityFile(bench), { timeout: 20_000 }).toBeDefined();
    first.kill("SIGKILL");
    await first;
    const [{ pid } = { pid: 0 }] = bench.claude.calls();
    process.kill(pid, "SIGKILL");

    // As if this process had got the id of the dead ones.
    const other = (text: string): string =>
      JSON.stringify({ ...(JSON.parse(text) as object), pid: process.pid, ...change });
    const lock = join(bench.folder(), ".run.lock");
    const owner = readlinkSync(lock);
    rmSync(lock);
    symlinkSync(other(owner), lock);
    const agent = join(bench.folder(), "_logs", identityFile(bench) ?? "");
    writeFileSync(agent, other(readFileSync(agent, "utf8")));

    expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
    expect(bench.records().map(({ event }) => event)).toContain("agent.lost");
  },
);

it("passes over a last line of the history that is torn, and goes on behind it", async () => {
  await using bench = await createBench({ calls: [investigate, plan] });
  await bench.run("t", "--task", "x", "--max-iterations", "1");
  const history = join(bench.folder(), "_signal_history.jsonl");
  appendFileSync(history, '{"timestamp":"2026-01-15T14:');
  const { exitCode, stderr } = await bench.run("t");
  expect(exitCode).toBe(3);
  expect(stderr).toContain("the last line of `" + history + "` is incomplete");
  expect(bench.status()).toMatchObject({ phase: "planning", waitingFor: "plan_approval" });
  expect(bench.records().at(-1)).toMatchObject({ event: "signal.waiting" });
  // Once it is told.
  expect((await bench.run("t")).stderr).not.toContain("is incomplete");
});

function isThere(bench: Bench): boolean {
  return (
    readdirSync(bench.project.sessions).length > 0 &&
    readdirSync(bench.folder()).includes("_signal_history.jsonl")
  );
}

/** Whether nothing is being written: the record is there before the overview is. */
function isWritten(bench: Bench): boolean {
  return !readdirSync(bench.folder()).includes(".write.lock");
}

function identityFile(bench: Bench): string | undefined {
  return readdirSync(join(bench.folder(), "_logs")).find((name) => name.endsWith(".agent.json"));
}
