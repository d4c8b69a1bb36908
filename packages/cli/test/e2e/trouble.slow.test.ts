import { error, status } from "@samocode/testkit";
import { describe, expect, it } from "vitest";
import {
  bash,
  createClaudeBench,
  signal,
  type Agent,
  type ClaudeBench,
} from "./support/claude-bench.ts";
import { chargeOf } from "./support/charge.ts";
import { endingsOf } from "./support/session-reading.ts";

/** An agent that does its work, and a person is to see it. */
const work: Agent = (told) => [signal(told, { status: "waiting", for: "human_action" })];

/** Makes a bench whose CLI never asks the API again. */
async function createImpatientBench(
  agents: readonly Agent[],
  env: Readonly<Record<string, string>> = {},
): Promise<ClaudeBench> {
  return createClaudeBench(agents, {
    env: { CLAUDE_CODE_MAX_RETRIES: "0", SAMOCODE_MAX_RETRIES: "1", ...env },
  });
}

describe("the API", () => {
  it("refuses the key: the CLI is not left to ask for three minutes", async () => {
    await using bench = await createClaudeBench([
      () => [error(401, "authentication_error", "invalid x-api-key")],
    ]);
    expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 4 });
    expect(bench.api.requests.length).toBeLessThan(5);
  });

  it("has no credit left: blocked at once, with the cure", async () => {
    await using bench = await createClaudeBench([
      () => [error(400, "invalid_request_error", "Your credit balance is too low to access")],
    ]);
    const { exitCode, stderr } = await bench.run("t", "--task", "x");
    expect(exitCode).toBe(4);
    expect(stderr).toContain("Add credit");
    expect(bench.api.requests).toHaveLength(1);
  });

  it("is overloaded for a moment: the CLI asks again, and nobody is troubled", async () => {
    await using bench = await createClaudeBench([
      (told, request) => (request.number === 1 ? [status(529)] : work(told, request)),
    ]);
    expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 3 });
    expect(endingsOf(bench).map(({ event }) => event)).toEqual(["signal.waiting"]);
  });

  it("is overloaded for longer than the CLI asks: the runner tries again in a fresh iteration", async () => {
    await using bench = await createImpatientBench([() => [status(529)], work]);
    expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 3 });
    expect(bench.records().map(({ to }) => to)).toEqual([
      "paused",
      "working.investigation",
      "retrying",
      "working.investigation",
      "waiting.action",
    ]);
    expect(new Set(bench.api.requests.map(({ sessionId }) => sessionId)).size).toBe(2);
  });

  it("fails for ever: exit code 1 after all retries, with what it said", async () => {
    await using bench = await createImpatientBench([() => [status(500)]]);
    const { exitCode, stderr } = await bench.run("t", "--task", "x");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("The API failed");
    expect(endingsOf(bench).map(({ to }) => to)).toEqual(["retrying", "failed"]);
    expect(bench.status()).toMatchObject({ phase: "investigation", blocked: "no" });
  });
});

describe("a limit", () => {
  it("of turns ends in blocked, with the figures", async () => {
    await using bench = await createClaudeBench([
      () => [bash("echo 1"), bash("echo 2"), bash("echo 3")],
    ]);
    const { exitCode, stderr } = await bench.run("t", "--task", "x", "--max-turns", "2");
    expect(exitCode).toBe(4);
    expect(stderr).toContain("stopped after 2 turns (CLAUDE_MAX_TURNS, --max-turns)");
    expect(bench.status()).toMatchObject({ blocked: "yes", needs: "human_decision" });
    expect(endingsOf(bench)).toEqual([
      expect.objectContaining({
        event: "agent.outOfTurns",
        tokens: chargeOf(bench.api.requests).tokens,
      }),
    ]);
  });

  it("of money ends in blocked, with the figures, and no agent is started over it", async () => {
    await using bench = await createClaudeBench([
      () => [bash("echo 1"), bash("echo 2"), bash("echo 3")],
    ]);
    const { exitCode, stderr } = await bench.run("t", "--task", "x", "--budget", "0.01");
    const spent = chargeOf(bench.api.requests).costUsd;
    expect(exitCode).toBe(4);
    expect(stderr).toContain(
      `the budget of $0.01 is spent: $${spent.toFixed(2)} in this iteration, $${spent.toFixed(2)} in all (SAMOCODE_BUDGET_USD, --budget)`,
    );
    expect(bench.records().at(-1)?.memory?.costUsd).toBeCloseTo(spent, 9);
    const asked = bench.api.requests.length;
    await bench.run("resume", "t");
    const again = await bench.run("t", "--budget", "0.01");
    expect(again).toMatchObject({ exitCode: 4 });
    expect(bench.api.requests).toHaveLength(asked);
  });
});

describe("an interruption", () => {
  it("in a running command ends all of it, and the next run goes on", async () => {
    await using bench = await createClaudeBench([
      () => [bash("tail -f /dev/null & setsid tail -f /dev/null & wait")],
      work,
    ]);
    const running = bench.start("t", "--task", "x");
    await expect
      .poll(() => bench.api.requests.length > 0 && bench.processes().length, { timeout: 30_000 })
      .toBeGreaterThanOrEqual(4);
    running.kill("SIGINT");
    expect(await running).toMatchObject({ exitCode: 130 });
    expect(bench.processes()).toEqual([]);
    expect(bench.records().at(-1)).toMatchObject({ event: "agent.interrupted", to: "paused" });
    expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
  });
});
