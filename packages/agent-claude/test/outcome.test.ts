import { describe, expect, test } from "vitest";
import { judgeOutcome } from "../src/outcome.ts";
import { shortly } from "./outcome-facts.ts";
import { factsOf, recordings } from "./recording.ts";

describe("the outcome of recorded runs of the real CLI", () => {
  const expected: Record<string, string> = {
    "400": "invalid-request, once: conversation",
    "401": "authentication, no retry",
    "401-oauth": "authentication, once: login",
    "403": "authentication, no retry",
    "404": "model, no retry",
    "413": "invalid-request, once: conversation",
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
    "blocking-limit": "prompt-too-long, once: conversation",
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
    "prompt-too-long": "prompt-too-long, once: conversation",
    refusal: "refusal, no retry",
    refused: "connection, retry",
    "resume-unknown": "unknown-session, once: conversation",
    "root-without-sandbox": "rejected, no retry",
    "session-in-use": "unknown-session, once: conversation",
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
      conversation: expect.stringMatching(/^[0-9a-f-]{36}$/),
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
