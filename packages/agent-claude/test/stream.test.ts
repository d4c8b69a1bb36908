import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseStreamLine } from "../src/stream.ts";
import { addLine, emptySummary } from "../src/stream-summary.ts";
import { eventsOf, linesOf, recordings } from "./recording.ts";

function parse(line: object): unknown {
  return parseStreamLine(JSON.stringify(line));
}

describe("a recorded session", () => {
  test("says model, conversation and version first", () => {
    expect(eventsOf("success")[0]).toMatchObject({
      type: "init",
      model: "claude-opus-4-8",
      version: "2.1.330",
      apiKeySource: "ANTHROPIC_API_KEY",
      tools: expect.arrayContaining(["Bash", "Write"]),
      agents: expect.arrayContaining(["general-purpose"]),
      pluginErrors: [],
      mcpFailures: [],
    });
  });

  test("is told block by block", () => {
    const told = eventsOf("success").filter(
      ({ type }) => !["life", "usage", "init"].includes(type),
    );
    expect(told).toEqual([
      { type: "thinking", message: "msg_12" },
      { type: "text", text: "I look at the file first.", message: "msg_12" },
      {
        type: "tool",
        id: "toolu_13",
        tool: "Bash",
        target: "echo 'hé 🎉'; false",
        message: "msg_12",
      },
      { type: "toolResult", id: "toolu_13", isError: true },
      { type: "text", text: "Working.", message: "msg_14" },
      {
        type: "tool",
        id: "toolu_1",
        tool: "Write",
        target: "/home/me/app/a.txt",
        message: "msg_14",
      },
      { type: "toolResult", id: "toolu_1", isError: false },
      { type: "text", text: "All done.", message: "msg_15" },
      expect.objectContaining({
        type: "result",
        subtype: "success",
        isError: false,
        text: "All done.",
        turns: 3,
        tokens: { input: 30, output: 60, cacheRead: 300, cacheWrite: 15 },
      }),
    ]);
  });

  test("adds up to the tokens of its result", () => {
    const summary = linesOf("success").map(parseStreamLine).reduce(addLine, emptySummary);
    expect(summary.tokens).toEqual(summary.result?.tokens);
    expect(summary).toMatchObject({ answers: 3, lines: 44, noise: 0, atRest: true });
  });

  test("marks what a subagent says", () => {
    const texts = eventsOf("fg-agent-slow").filter((event) => event.type === "toolResult");
    expect(texts).toHaveLength(1);
    expect(eventsOf("subagent")).toContainEqual({
      type: "text",
      text: "All done.",
      message: "msg_18",
      subagent: "toolu_2",
    });
  });

  test("is not at rest between a result and the turn that follows it", () => {
    const lines = linesOf("background-bash").map(parseStreamLine);
    const rests = lines.map((_, index) => lines.slice(0, index + 1).reduce(addLine, emptySummary));
    const changes = rests
      .map((summary) => summary.atRest)
      .filter((atRest, index, all) => atRest !== all[index - 1]);
    expect(changes).toEqual([false, true, false, true]);
    // The second turn begins with an `init` of its own, before anything is said.
    const again = rests.findIndex(({ atRest }, index) => !atRest && rests[index - 1]?.atRest);
    expect(lines[again]?.[0]?.type).toBe("init");
  });

  test.each([
    ["401", { type: "retry", attempt: 1, maxRetries: 1, delayMs: 539, errorStatus: 401 }],
    [
      "401",
      {
        type: "apiError",
        error: "authentication_failed",
        text: "Invalid API key · Fix external API key",
      },
    ],
    [
      "allowed-warning",
      {
        type: "limit",
        status: "allowed_warning",
        window: "seven_day",
        resetsAt: 1_900_000_000_000,
      },
    ],
    [
      "fallback",
      {
        type: "fallback",
        from: "claude-opus-4-8",
        to: "claude-haiku-4-5",
        trigger: "server_error",
      },
    ],
    ["plugin-missing", expect.objectContaining({ mcpFailures: ["broken"] })],
    [
      "plugin-missing",
      expect.objectContaining({
        pluginErrors: [expect.stringContaining("Path not found: /home/me/no-such-plugin")],
      }),
    ],
    ["denied", expect.objectContaining({ type: "result", permissionDenials: ["Write"] })],
  ])("%s holds %j", (name, event) => {
    expect(eventsOf(name)).toContainEqual(event);
  });

  test("has no line that is noise", () => {
    for (const name of recordings) {
      expect(eventsOf(name).map(({ type }) => type)).not.toContain("noise");
    }
  });
});

describe("any line", () => {
  const known = recordings.flatMap(linesOf);

  test("never throws, and says something unless it is blank", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.constantFrom(...known)), (line) => {
        expect(parseStreamLine(line).length === 0).toBe(line.trim() === "");
      }),
    );
  });

  test("never throws, whatever stands in a field", () => {
    const types = ["assistant", "user", "system", "result", "rate_limit_event", "stream_event"];
    const subtypes = ["init", "api_retry", "model_fallback", "success"];
    const message = fc.oneof(
      fc.jsonValue(),
      fc.record({
        content: fc.array(
          fc.oneof(
            fc.jsonValue(),
            fc.record({ type: fc.constantFrom("text", "tool_use", "tool_result") }),
          ),
        ),
      }),
    );
    const line = fc.record(
      {
        type: fc.constantFrom(...types),
        subtype: fc.constantFrom(...subtypes),
        message,
        event: fc.jsonValue(),
        rate_limit_info: fc.jsonValue(),
        modelUsage: fc.jsonValue(),
        usage: fc.jsonValue(),
        mcp_servers: fc.jsonValue(),
        is_error: fc.jsonValue(),
        errors: fc.jsonValue(),
        num_turns: fc.jsonValue(),
      },
      { requiredKeys: ["type"] },
    );
    fc.assert(
      fc.property(line, (value) => {
        const events = parseStreamLine(JSON.stringify(value));
        expect(events.length).toBeGreaterThan(0);
        expect(addLine(emptySummary, events).lines).toBe(1);
      }),
    );
  });

  test("says the same whatever the order of its keys", () => {
    fc.assert(
      fc.property(fc.constantFrom(...known), fc.nat(20), (line, at) => {
        const entries = Object.entries(objectOf(line));
        const turned = entries.slice(at).concat(entries.slice(0, at));
        expect(parse(Object.fromEntries(turned))).toEqual(parseStreamLine(line));
      }),
    );
  });

  test("one odd field does not cost the rest of its line", () => {
    expect(
      parse({ type: "result", subtype: 7, is_error: false, num_turns: "x", total_cost_usd: 0.5 }),
    ).toEqual([expect.objectContaining({ subtype: "", isError: false, turns: 0, costUsd: 0.5 })]);
    const content = [3, { type: "text", text: "a" }, null];
    expect(parse({ type: "assistant", message: { content } })).toEqual([
      { type: "text", text: "a", message: "" },
    ]);
  });

  test("of an unknown type is life, and of no JSON object is noise", () => {
    expect(parse({ type: "keep_alive" })).toEqual([{ type: "life" }]);
    expect(parse({ type: "system", subtype: "new_thing" })).toEqual([{ type: "life" }]);
    expect(parseStreamLine('{"type":"assi')).toEqual([{ type: "noise" }]);
    expect(parseStreamLine("[1]")).toEqual([{ type: "noise" }]);
    expect(parseStreamLine(" \r")).toEqual([]);
  });

  test("an error of a subagent is not one of the agent", () => {
    const error = { type: "assistant", error: "server_error", message: { content: [] } };
    expect(parse(error)).toEqual([{ type: "apiError", error: "server_error", text: "" }]);
    expect(parse({ ...error, parent_tool_use_id: "toolu_1" })).toEqual([{ type: "life" }]);
  });
});

function objectOf(line: string): object {
  const value: unknown = JSON.parse(line);
  return typeof value === "object" && value !== null ? value : {};
}
