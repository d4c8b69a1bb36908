import { describe, expect, it } from "vitest";
import {
  authenticationFailure,
  failureOfResult,
  isLogin,
  rejectedFailure,
} from "../src/failure.ts";
import { parseStreamLine } from "../src/stream.ts";
import { addLine, emptySummary, type StreamSummary } from "../src/stream-summary.ts";

function summaryOf(...lines: object[]): StreamSummary {
  return lines.map((line) => parseStreamLine(JSON.stringify(line))).reduce(addLine, emptySummary);
}

/** The failure of an erroneous result, after these lines. */
function failureOf(result: object, ...before: object[]) {
  const summary = summaryOf(...before, {
    type: "result",
    subtype: "success",
    is_error: true,
    ...result,
  });
  if (summary.result === undefined) throw new Error("no result");
  return failureOfResult(summary.result, summary);
}

const init = (apiKeySource?: string) => ({
  type: "system",
  subtype: "init",
  ...(apiKeySource !== undefined && { apiKeySource }),
});

describe("a fault of one conversation", () => {
  it.each([
    [
      "a 400",
      { api_error_status: 400, result: "messages.19: `tool_use` ids without `tool_result`" },
      "invalid-request",
    ],
    [
      "a 400 in words",
      { result: "API Error: 400 due to tool use concurrency issues." },
      "invalid-request",
    ],
    [
      "a 413",
      { api_error_status: 413, terminal_reason: "image_error", result: "too large" },
      "invalid-request",
    ],
    ["a 422", { api_error_status: 422, result: "no" }, "invalid-request"],
    [
      "the reason that it is too long",
      { api_error_status: 400, terminal_reason: "prompt_too_long", result: "x" },
      "prompt-too-long",
    ],
    [
      "the reason that it is full",
      { terminal_reason: "blocking_limit", result: "x" },
      "prompt-too-long",
    ],
    ["the words that it is too long", { result: "Prompt is too long" }, "prompt-too-long"],
    [
      "that it is gone",
      {
        subtype: "error_during_execution",
        errors: ["No conversation found with session ID: 36d7"],
      },
      "unknown-session",
    ],
  ])("%s gets one attempt in a new one", (_, result, kind) => {
    expect(failureOf(result)).toMatchObject({
      kind,
      canRetry: false,
      secondTry: "conversation",
      cure: expect.any(String),
    });
  });

  it.each([
    ["billing", { api_error_status: 400, result: "Your credit balance is too low" }],
    ["model", { api_error_status: 404, result: "no such model" }],
    ["refusal", { stop_reason: "refusal", result: "no" }],
  ])("is not %s", (kind, result) => {
    expect(failureOf(result)).toMatchObject({ kind, canRetry: false });
    expect(failureOf(result)).not.toHaveProperty("secondTry");
  });
});

describe("a login that the API refuses", () => {
  it.each([
    [{ api_error_status: 401, result: "OAuth token has expired." }],
    [{ api_error_status: 401, result: "OAuth token revoked" }],
    [
      {
        api_error_status: 403,
        result: "OAuth authentication is currently not allowed for this organization.",
      },
    ],
    [{ api_error_status: 401, result: "whatever" }],
    [{ result: "API Error: 401 whatever" }],
  ])("gets one more try: %j", (result) => {
    expect(failureOf(result, init("none"))).toMatchObject({
      kind: "authentication",
      canRetry: false,
      secondTry: "login",
    });
  });

  it("gets none for a key", () => {
    for (const source of ["ANTHROPIC_API_KEY", "/login managed key", "apiKeyHelper"]) {
      const failure = failureOf(
        { api_error_status: 401, result: "invalid x-api-key" },
        init(source),
      );
      expect(failure).toMatchObject({ kind: "authentication", canRetry: false });
      expect(failure).not.toHaveProperty("secondTry");
    }
  });

  it("gets none if nobody is logged in", () => {
    const line = { type: "assistant", error: "authentication_failed", message: { content: [] } };
    const failure = failureOf({ result: "Not logged in · Please run /login" }, init("none"), line);
    expect(failure).toMatchObject({ kind: "authentication" });
    expect(failure).not.toHaveProperty("secondTry");
    const expired = failureOf({ result: "Your login was revoked" }, init("none"), line);
    expect(expired).toMatchObject({ secondTry: "login" });
    const other = failureOf({ result: "OAuth is not allowed" }, init("none"), {
      ...line,
      error: "oauth_org_not_allowed",
    });
    expect(other).toMatchObject({ kind: "authentication", secondTry: "login" });
  });
});

describe("what was refused is a login", () => {
  it.each<[string | undefined, string, boolean]>([
    ["none", "Invalid API key", true],
    ["ANTHROPIC_API_KEY", "OAuth token has expired", false],
    [undefined, "OAuth token has expired", true],
    [undefined, "Invalid bearer token", true],
    [undefined, "Please log in again", true],
    [undefined, "you are not logged in", true],
    [undefined, "Invalid API key · Please run /login", false],
    [undefined, "invalid x-api-key token", false],
    [undefined, "no", false],
  ])("with the source %s and the words %j: %s", (source, words, is) => {
    expect(isLogin(summaryOf(init(source)), words)).toBe(is);
  });

  it("or not, before anything is known", () => {
    expect(isLogin(emptySummary, "401")).toBe(false);
    expect(authenticationFailure("no", true)).toMatchObject({
      message: "Authentication failed: no",
      secondTry: "login",
    });
    expect(authenticationFailure("no", false)).not.toHaveProperty("secondTry");
  });
});

describe("a failure of the moment is tried again", () => {
  it.each([
    ["output-too-long", {}, "max_output_tokens"],
    ["rate-limit", { api_error_status: 429 }, undefined],
    ["rate-limit", {}, "rate_limit"],
    ["overloaded", { api_error_status: 529 }, undefined],
    ["overloaded", {}, "overloaded"],
    ["server", { api_error_status: 500 }, undefined],
    ["connection", {}, "server_error"],
    ["agent", {}, "unknown"],
    ["agent", { api_error_status: 399 }, undefined],
    ["killed", { terminal_reason: "aborted_tools" }, undefined],
  ])("%s: %j %s", (kind, result, error) => {
    const line = { type: "assistant", error, message: { content: [] } };
    const failure = failureOf(
      { result: "it says why", ...result },
      ...(error === undefined ? [] : [line]),
    );
    expect(failure).toMatchObject({ kind, canRetry: true });
  });
});

describe("a program that refuses to start", () => {
  it("says so in its own words", () => {
    expect(rejectedFailure("error: unknown option '--agent'\n")).toEqual({
      kind: "rejected",
      canRetry: false,
      message: "The agent did not start: error: unknown option '--agent'",
      cure: "Update the Claude CLI (`claude update`), or set CLAUDE_PATH to a newer one.",
    });
    expect(rejectedFailure(" ").message).toBe(
      "The agent did not start: it exited with code 1 and no output",
    );
  });

  it("because it does not have the conversation gets a new one", () => {
    expect(rejectedFailure("Error: Session ID 36d7 is already in use.")).toMatchObject({
      kind: "unknown-session",
      secondTry: "conversation",
    });
  });

  it.each([
    "Error: Cannot find module '/usr/lib/node_modules/@anthropic-ai/claude-code/cli.js'",
    "code: 'MODULE_NOT_FOUND'",
    "Cannot find package 'x' imported from y",
    "SyntaxError: Invalid or unexpected token",
    "Unexpected end of input",
    "Text file busy",
    "Exec format error",
  ])("because its files are being replaced is tried again: %s", (words) => {
    expect(rejectedFailure(words)).toMatchObject({ kind: "start", canRetry: true });
  });
});
