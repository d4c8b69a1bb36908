import { describe, expect, test } from "vitest";
import { judgeOutcome, type EndFacts } from "../src/outcome.ts";
import { parseStreamLine } from "../src/stream.ts";
import { addLine, emptySummary } from "../src/stream-summary.ts";
import { good, shortly, silent, summaryOf } from "./outcome-facts.ts";
import { factsOf } from "./recording.ts";

describe("the rules", () => {
  test.each([
    [{ exitCode: 1 }, "exit, retry", "The agent exited with code 1: it says why"],
    [{ exitCode: 3 }, "exit, retry", "The agent exited with code 3: it says why"],
    [{ exitCode: 129 }, "killed, retry", "The agent was killed (exit code 129): it says why"],
    [{ exitCode: 130 }, "killed, retry", "The agent was killed (exit code 130): it says why"],
    [{ exitCode: 137 }, "killed, retry", "The agent was killed (exit code 137): it says why"],
    [{ exitCode: 143 }, "killed, retry", "The agent was killed (exit code 143): it says why"],
    [
      { exitCode: null, exitSignal: "SIGKILL" },
      "killed, retry",
      "The agent was killed (SIGKILL): it says why",
    ],
  ])(
    "a good result with %j counts with a valid signal, and is a failure without",
    (end, without, message) => {
      const stderrTail = " it says why\n";
      const facts = { ...silent, summary: summaryOf(good), stderrTail, ...end };
      const outcome = judgeOutcome(facts);
      expect(shortly(outcome)).toBe(`finished if signalled, else ${without}`);
      expect(outcome).toMatchObject({ withoutSignal: { message } });
      const unfinished = judgeOutcome({
        ...facts,
        summary: summaryOf({ type: "system", subtype: "init" }),
      });
      expect(unfinished).toMatchObject({ type: "failed", message });
    },
  );

  test("a bad result with an odd exit code is a failure, signal or not", () => {
    const summary = summaryOf({ ...good, is_error: true });
    expect(judgeOutcome({ ...silent, summary, exitCode: 137 }).type).toBe("failed");
  });

  test.each(["error_max_turns", "error_max_budget_usd", "error_during_execution", "error_new"])(
    "a result of subtype %s is an error, even if it says that it is none",
    (subtype) => {
      const summary = summaryOf({ ...good, subtype, errors: ["it says why"] });
      expect(judgeOutcome({ ...silent, summary }).type).not.toBe("finished");
    },
  );

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
    const login = { type: "system", subtype: "init", apiKeySource: "none" };
    const retry = { type: "system", subtype: "api_retry", attempt: 3, error_status: 403 };
    const refused = judgeOutcome({
      ...silent,
      summary: summaryOf(login, retry),
      cause: "unauthorized",
    });
    expect(shortly(refused)).toBe("authentication, once: login");
    expect(refused).toMatchObject({ message: "Authentication failed: the API answered 403" });
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
    expect(shortly(judgeOutcome(adopted))).toBe("finished if signalled, else no-result, retry");
    const other = [...parseStreamLine("hello")];
    expect(judgeOutcome({ ...adopted, summary: addLine(emptySummary, other) }).type).toBe(
      "finished",
    );
  });

  test("an agent that is not Claude is judged by its exit code", () => {
    const summary = addLine(emptySummary, parseStreamLine("I did it."));
    expect(judgeOutcome({ ...silent, summary })).toEqual({ type: "finished" });
    expect(shortly(judgeOutcome({ ...silent, summary, exitCode: 1 }))).toBe("exit, retry");
    expect(shortly(judgeOutcome({ ...silent, exitCode: 7 }))).toBe("exit, retry");
    expect(shortly(judgeOutcome({ ...silent, exitCode: 1 }))).toBe("rejected, no retry");
  });

  test("an agent that said nothing at all is judged by its signal", () => {
    const outcome = judgeOutcome({ ...silent, stderrTail: "not yet" });
    expect(shortly(outcome)).toBe("finished if signalled, else no-result, retry");
    expect(outcome).toMatchObject({
      withoutSignal: { message: "The agent exited without a result: not yet" },
    });
  });

  test("a signal from elsewhere may pass", () => {
    const killed = { ...silent, exitCode: null, exitSignal: "SIGKILL" };
    expect(shortly(judgeOutcome(killed))).toBe("killed, retry");
    expect(shortly(judgeOutcome({ ...silent, exitCode: 143 }))).toBe("killed, retry");
  });

  test("no secret and no control character gets into a message", () => {
    const stderrTail = "\u001B[31mbad key sk-ant-api03-AbCdEfGhIj\u0007 Bearer abcdefgh12345678\n";
    const outcome = judgeOutcome({ ...silent, exitCode: 1, stderrTail });
    expect(outcome).toMatchObject({
      message: "The agent did not start: bad key sk-*** Bearer ***",
    });
  });
});
