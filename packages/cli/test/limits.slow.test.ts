import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { createClockBench } from "./support/clock-bench.ts";
import { createBench, limitedUntil, steps, type Bench } from "./support/runner-cli.ts";

const { investigate, plan } = steps;
const dayMs = 86_400_000;

const stateOf = (bench: Bench) => () =>
  readdirSync(bench.project.sessions).length > 0 ? bench.records().at(-1)?.to : undefined;

it("waits out a subscription limit that ends while the machine sleeps, and goes on by itself", async () => {
  await using clock = await createClockBench(dayMs, [
    limitedUntil(Date.now() + dayMs / 2),
    investigate,
    plan,
  ]);
  const { bench } = clock;
  const running = bench.start("t", "--task", "x");
  await expect.poll(stateOf(bench), { timeout: 20_000 }).toBe("limited");
  clock.setWrong();
  expect(await running).toMatchObject({ exitCode: 3 });
  expect(bench.claude.calls()).toHaveLength(3);
  expect(bench.file("_overview.md")).not.toContain("Limited Until");
});

it("does not ask again at once where the limit has ended by our clock", async () => {
  await using bench = await createBench({ calls: [limitedUntil(Date.now() - dayMs)] });
  const running = bench.start("t", "--task", "x");
  await expect.poll(stateOf(bench), { timeout: 20_000 }).toBe("limited");
  const { timestamp = "", until = 0 } = bench.records().at(-1) ?? {};
  expect(until - Date.parse(timestamp)).toBeGreaterThan(20_000);
  running.kill("SIGINT");
  await running;
  expect(bench.claude.calls()).toHaveLength(1);
});

it.each(["SIGINT", "SIGKILL"] as const)(
  "waits it out also where the run ends by %s, and starts no agent before its time",
  async (signal) => {
    await using clock = await createClockBench(dayMs, [
      limitedUntil(Date.now() + dayMs / 2),
      investigate,
      plan,
    ]);
    const { bench } = clock;
    const first = bench.start("t", "--task", "x");
    await expect.poll(stateOf(bench), { timeout: 20_000 }).toBe("limited");
    await expect.poll(() => bench.file("_overview.md")).toContain("Limited Until: ");
    first.kill(signal);
    await first;

    const second = bench.start("t", "--json");
    await expect
      .poll(async () => (await bench.run("status", "t", "--json")).stdout)
      .toContain('"run"');
    await expect.poll(stateOf(bench), { timeout: 20_000 }).toBe("limited");
    expect(bench.claude.calls()).toHaveLength(1);
    clock.setWrong();
    const { exitCode, stdout } = await second;
    expect(exitCode).toBe(3);
    expect(stdout).toContain('"timer.started"');
    expect(bench.claude.calls()).toHaveLength(3);
  },
);
