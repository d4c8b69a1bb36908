import { describe, expect, test } from "vitest";
import { judgeOutcome, type EndFacts, type Outcome } from "../../src/claude/outcome.ts";
import { parseStreamLine } from "../../src/claude/stream.ts";
import { addLine, emptySummary } from "../../src/claude/stream-summary.ts";
import { factsOf, recordings } from "./recording.ts";

/** Type, and for a failure its kind and whether it may pass. */
function shortly(outcome: Outcome): string {
  if (outcome.type !== "failed") return outcome.type;
  return `${outcome.kind}, ${outcome.canRetry ? "retry" : "no retry"}`;
}

describe("the outcome of recorded runs of the real CLI", () => {
  const expected: Record<string, string> = {
    "400": "invalid-request, no retry",
    "401": "authentication, no retry",
    "401-oauth": "authentication, no retry",
    "403": "authentication, no retry",
    "404": "model, no retry",
    "413": "invalid-request, no retry",
    "429": "rate-limit, retry",
    "429-retry-after": "rate-limit, retry",
    "429-subscription": "limited",
    "429-subscription-no-reset": "rate-limit, retry",
    "500": "server, retry",
    "500-no-retry": "server, retry",
    "502": "server, retry",
    "529": "overloaded, retry",
    "allowed-warning": "finished",
    "background-bash": "finished",
    "bad-option": "rejected, no retry",
    "bad-settings": "rejected, no retry",
    "blocking-limit": "prompt-too-long, no retry",
    "bg-agent-slow": "finished",
    budget: "overBudget",
    "budget-zero": "rejected, no retry",
    credit: "billing, no retry",
    "cut-after-text": "connection, retry",
    "cut-after-tool": "finished",
    "cut-headers": "connection, retry",
    "cut-mid-text": "connection, retry",
    "cut-mid-text-recovers": "finished",
    denied: "finished",
    empty: "finished",
    "empty-once": "finished",
    fallback: "finished",
    "fg-agent-slow": "finished",
    "hook-stopped": "hook-stopped, no retry",
    html: "agent, retry",
    "max-tokens": "output-too-long, retry",
    "max-turns": "outOfTurns",
    "no-prompt": "rejected, no retry",
    "not-logged-in": "authentication, no retry",
    "overloaded-mid-stream": "overloaded, retry",
    "plugin-missing": "finished",
    "prompt-too-long": "prompt-too-long, no retry",
    refusal: "refusal, no retry",
    refused: "connection, retry",
    "resume-unknown": "unknown-session, no retry",
    "root-without-sandbox": "rejected, no retry",
    "session-in-use": "rejected, no retry",
    "sighup-bash": "killed, retry",
    "sigint-api": "no-result, retry",
    "sigint-bash": "killed, retry",
    "sigint-streaming": "killed, retry",
    "sigterm-bash": "killed, retry",
    subagent: "finished",
    success: "finished",
    "unknown-agent": "rejected, no retry",
  };

  test("every recording is judged here", () => {
    expect(Object.keys(expected).sort()).toEqual([...recordings].sort());
  });

  test.each(Object.entries(expected))("%s: %s", (name, outcome) => {
    expect(shortly(judgeOutcome(factsOf(name)))).toBe(outcome);
  });

  test("every failure that cannot pass says what to do", () => {
    for (const name of recordings) {
      const outcome = judgeOutcome(factsOf(name));
      if (outcome.type !== "failed" || outcome.canRetry) continue;
      expect(outcome.cure).toMatch(/\w/);
      expect(outcome.message).toMatch(/\w/);
    }
  });
});

describe("what an outcome carries", () => {
  test("cost and tokens of the process, turns of all its results, and the conversation", () => {
    expect(judgeOutcome(factsOf("background-bash"))).toMatchObject({
      type: "finished",
      costUsd: 0.001_893_750_000_000_000_3,
      turns: 3,
      tokens: { input: 30, output: 60, cacheRead: 300, cacheWrite: 15 },
      claudeSessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test("tokens and answers so far when there was no result, and no cost", () => {
    const outcome = judgeOutcome(factsOf("sigterm-bash"));
    expect(outcome).toMatchObject({ turns: 1, tokens: { input: 10, output: 20 } });
    expect(outcome).not.toHaveProperty("costUsd");
  });

  test("until when a subscription is limited, in milliseconds", () => {
    expect(judgeOutcome(factsOf("429-subscription"))).toMatchObject({
      type: "limited",
      until: 1_900_000_000_000,
      message: expect.stringContaining("5-hour limit"),
    });
  });

  test("the words of the CLI", () => {
    expect(judgeOutcome(factsOf("unknown-agent"))).toMatchObject({
      message: expect.stringContaining("--agent 'samocode:nobody' not found"),
    });
    expect(judgeOutcome(factsOf("max-turns"))).toMatchObject({
      message: "Reached maximum number of turns (2)",
    });
  });

  test("a cure that fits", () => {
    expect(judgeOutcome(factsOf("root-without-sandbox"))).toMatchObject({
      cure: expect.stringContaining("IS_SANDBOX=1"),
    });
    expect(judgeOutcome(factsOf("not-logged-in"))).toMatchObject({
      cure: expect.stringContaining("/login"),
    });
  });
});

const silent: EndFacts = {
  summary: emptySummary,
  exitKnown: true,
  exitCode: 0,
  exitSignal: null,
  stderrTail: "",
  ranMs: 5000,
  silentMs: 400,
};

function summaryOf(...lines: object[]): EndFacts["summary"] {
  return lines.map((line) => parseStreamLine(JSON.stringify(line))).reduce(addLine, emptySummary);
}

const good = { type: "result", subtype: "success", is_error: false };

describe("the rules", () => {
  test("a good result with a bad exit code is a failure", () => {
    const facts = { ...silent, summary: summaryOf(good), exitCode: 3 };
    expect(shortly(judgeOutcome(facts))).toBe("exit, retry");
  });

  test("a bad result with exit code 0 is a failure", () => {
    const facts = { ...silent, summary: summaryOf({ ...good, is_error: true }) };
    expect(shortly(judgeOutcome(facts))).toBe("agent, retry");
  });

  test("a result that does not say whether it is an error is one", () => {
    const facts = { ...silent, summary: summaryOf({ type: "result", subtype: "success" }) };
    expect(judgeOutcome(facts).type).toBe("failed");
  });

  test("the last of several results counts", () => {
    const bad = { ...good, is_error: true, api_error_status: 500 };
    expect(judgeOutcome({ ...silent, summary: summaryOf(bad, good) }).type).toBe("finished");
    expect(judgeOutcome({ ...silent, summary: summaryOf(good, bad) }).type).toBe("failed");
  });

  test("our own cause wins over what the program made of it", () => {
    const facts = { ...factsOf("sigint-bash"), ranMs: 5000, silentMs: 400 };
    expect(judgeOutcome({ ...facts, cause: "cancelled" })).toMatchObject({
      type: "interrupted",
      costUsd: expect.any(Number),
    });
    expect(judgeOutcome({ ...facts, cause: "timeout" })).toMatchObject({
      type: "timedOut",
      afterMs: 5000,
    });
    expect(judgeOutcome({ ...facts, cause: "idle" })).toMatchObject({
      type: "stalled",
      afterMs: 400,
    });
    expect(shortly(judgeOutcome({ ...facts, cause: "flood" }))).toBe("flood, retry");
    expect(shortly(judgeOutcome({ ...facts, cause: "unauthorized" }))).toBe(
      "authentication, no retry",
    );
  });

  test("an agent that had done its work when it was cancelled has done it", () => {
    const facts: EndFacts = { ...silent, summary: summaryOf(good), exitSignal: "SIGINT" };
    expect(judgeOutcome({ ...facts, cause: "cancelled" })).toMatchObject({ type: "finished" });
  });

  test("a program that stayed after its result is judged by the result", () => {
    const facts: EndFacts = { ...silent, summary: summaryOf(good), exitCode: 143 };
    expect(judgeOutcome({ ...facts, cause: "settled" }).type).toBe("finished");
  });

  test("the exit code of an adopted process is not asked for", () => {
    const adopted = { ...silent, exitKnown: false, exitCode: null };
    expect(judgeOutcome({ ...adopted, summary: summaryOf(good) }).type).toBe("finished");
    const init = { type: "system", subtype: "init" };
    expect(shortly(judgeOutcome({ ...adopted, summary: summaryOf(init) }))).toBe(
      "no-result, retry",
    );
    expect(shortly(judgeOutcome(adopted))).toBe("no-result, retry");
    const other = [...parseStreamLine("hello")];
    expect(judgeOutcome({ ...adopted, summary: addLine(emptySummary, other) }).type).toBe(
      "finished",
    );
  });

  test("an agent that is not Claude is judged by its exit code", () => {
    const summary = addLine(emptySummary, parseStreamLine("I did it."));
    expect(judgeOutcome({ ...silent, summary })).toEqual({ type: "finished" });
    expect(judgeOutcome(silent)).toEqual({ type: "finished" });
    expect(shortly(judgeOutcome({ ...silent, summary, exitCode: 1 }))).toBe("exit, retry");
    expect(shortly(judgeOutcome({ ...silent, exitCode: 7 }))).toBe("exit, retry");
    expect(shortly(judgeOutcome({ ...silent, exitCode: 1 }))).toBe("rejected, no retry");
  });

  test("a signal from elsewhere may pass", () => {
    const killed = { ...silent, exitCode: null, exitSignal: "SIGKILL" };
    expect(shortly(judgeOutcome(killed))).toBe("killed, retry");
    expect(shortly(judgeOutcome({ ...silent, exitCode: 143 }))).toBe("killed, retry");
  });

  test("a limit with a time of reset is one, whatever its words", () => {
    const facts = factsOf("429-subscription");
    const result = { ...good, is_error: true, api_error_status: 429, result: "In other words." };
    const summary = addLine(facts.summary, parseStreamLine(JSON.stringify(result)));
    expect(judgeOutcome({ ...facts, summary })).toMatchObject({
      type: "limited",
      until: 1_900_000_000_000,
    });
  });

  test("a limit without a time of reset is still a limit when the CLI says so", () => {
    const line = {
      ...good,
      is_error: true,
      api_error_status: 429,
      result: "You've hit your weekly limit · resets 7pm",
    };
    const outcome = judgeOutcome({ ...silent, summary: summaryOf(line) });
    expect(outcome.type).toBe("limited");
    expect(outcome).not.toHaveProperty("until");
  });

  test("no secret and no control character gets into a message", () => {
    const stderrTail = "\u001B[31mbad key sk-ant-api03-AbCdEfGhIj\u0007 Bearer abcdefgh12345678\n";
    const outcome = judgeOutcome({ ...silent, exitCode: 1, stderrTail });
    expect(outcome).toMatchObject({
      message: "The agent did not start its work: bad key sk-*** Bearer ***",
    });
  });
});
