import type { Step } from "@samocode/testkit";
import { describe, expect, test } from "vitest";
import { createScriptBench, createStandInBench, runOn } from "./agent-bench.ts";

const say: Step = { do: "say", text: "Hello." };

function retry(attempt: number): Step {
  const line = {
    type: "system",
    subtype: "api_retry",
    attempt,
    max_retries: 10,
    error_status: 401,
  };
  return { do: "print", line };
}

describe("an agent that takes too long", () => {
  test("is stopped at the deadline", async () => {
    await using bench = await createStandInBench(say, { do: "bash", command: "sleep 60" });
    const { outcome } = await runOn(bench, { deadlineAt: Date.now() + 700 });
    expect(outcome.type).toBe("timedOut");
    expect(outcome).toMatchObject({ afterMs: expect.closeTo(700, -3) });
  });

  test("is stopped when it has been silent for the idle limit", async () => {
    await using bench = await createStandInBench(say, { do: "hang" });
    const { outcome } = await runOn(bench, { idleMs: 600 });
    expect(outcome.type).toBe("stalled");
    expect(outcome).toMatchObject({ afterMs: expect.closeTo(600, -2.5) });
  });

  test("lives while it writes, be it half a line", async () => {
    await using bench = await createScriptBench(
      'for i in 1 2 3 4 5; do printf "x"; sleep 0.2; done; echo',
    );
    expect((await runOn(bench, { idleMs: 600 })).outcome.type).toBe("finished");
  });

  test("is stopped with half a line in its log", async () => {
    await using bench = await createStandInBench(
      say,
      { do: "printPart", text: '{"ty' },
      { do: "hang" },
    );
    expect((await runOn(bench, { idleMs: 600 })).outcome.type).toBe("stalled");
  });

  test("is stopped though it closed its stdout", async () => {
    await using bench = await createStandInBench(say, { do: "closeStdout" }, { do: "hang" });
    expect((await runOn(bench, { idleMs: 600 })).outcome.type).toBe("stalled");
  });

  test("is killed when it ignores every signal", async () => {
    await using bench = await createStandInBench(
      { do: "ignore", signals: ["SIGINT", "SIGTERM", "SIGHUP"] },
      say,
      { do: "hang" },
    );
    const end = await runOn(bench, { idleMs: 600 });
    expect(end).toMatchObject({ outcome: { type: "stalled" }, exitSignal: "SIGKILL" });
  });

  test("is stopped while it floods", async () => {
    await using bench = await createScriptBench('trap "" INT TERM; while true; do echo "{}"; done');
    const end = await runOn(bench, { deadlineAt: Date.now() + 500 });
    expect(end.outcome.type).toBe("timedOut");
    expect(end.summary.lines).toBeGreaterThan(100);
  });

  test("is stopped when its log gets too large", async () => {
    await using bench = await createStandInBench(
      { do: "flood", bytes: 20_000_000 },
      { do: "hang" },
    );
    const { outcome } = await runOn(bench, { maxLogBytes: 1_000_000 });
    expect(outcome).toMatchObject({ type: "failed", kind: "flood" });
  });

  test("is stopped when it floods stderr", async () => {
    await using bench = await createScriptBench("head -c 2000000 /dev/zero >&2; exec sleep 60");
    const { outcome } = await runOn(bench, { maxLogBytes: 1_000_000 });
    expect(outcome).toMatchObject({ type: "failed", kind: "flood" });
  });
});

describe("an agent whose key is refused", () => {
  test("is stopped at the first retry, not after three minutes of them", async () => {
    await using bench = await createStandInBench(retry(1), { do: "hang" });
    expect((await runOn(bench)).outcome).toMatchObject({
      kind: "authentication",
      canRetry: false,
      cure: expect.stringContaining("/login"),
    });
  });

  test("gets two more tries with a login, for that may have been renewed", async () => {
    const init: Step = {
      do: "print",
      line: { type: "system", subtype: "init", apiKeySource: "none" },
    };
    await using patient = await createStandInBench(init, retry(1), retry(2), say);
    expect((await runOn(patient)).outcome.type).toBe("finished");
    await using refused = await createStandInBench(init, retry(1), retry(2), retry(3), {
      do: "hang",
    });
    expect((await runOn(refused)).outcome).toMatchObject({ kind: "authentication" });
  });
});

describe("an agent that stays after its result", () => {
  test("is finished when it says no more", async () => {
    await using bench = await createStandInBench(say, { do: "result" }, { do: "hang" });
    const { outcome } = await runOn(bench, { settleMs: 400 });
    expect(outcome.type).toBe("finished");
  });

  test("is finished though it ends with an error when it is stopped", async () => {
    await using bench = await createScriptBench(`
      echo '{"type":"result","subtype":"success","is_error":false,"total_cost_usd":1}'
      trap 'echo "{\\"type\\":\\"result\\",\\"is_error\\":true}"; exit 1' INT
      while true; do sleep 0.05; done`);
    const { outcome } = await runOn(bench, { settleMs: 400 });
    expect(outcome).toEqual({ type: "finished", costUsd: 1, turns: 0 });
  });

  test("is not late any more", async () => {
    await using bench = await createStandInBench(say, { do: "result" }, { do: "hang" });
    const { outcome } = await runOn(bench, { deadlineAt: Date.now() + 1500 });
    expect(outcome.type).toBe("finished");
  });

  test("is left alone while it goes on working, and its last result counts", async () => {
    await using bench = await createStandInBench(
      say,
      { do: "result" },
      { do: "say", text: "A task in the background has ended." },
      { do: "sleep", ms: 800 },
      { do: "result", with: { result: "Second.", is_error: false } },
    );
    const end = await runOn(bench, { settleMs: 400 });
    expect(end.summary.result?.text).toBe("Second.");
    expect(end).toMatchObject({ outcome: { type: "finished" }, exitCode: 0 });
  });
});
