import { randomUUID } from "node:crypto";
import { writeSync } from "node:fs";

import type { StandInArguments } from "./stand-in-arguments.ts";

/** The part of a tool call that the stream tells. */
interface ToolCall {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly output: string;
  readonly isError: boolean;
}

/** The stream of one call, as the CLI prints it with `--output-format stream-json`. */
export interface StandInStream {
  init(): void;
  /** Print an answer of text. */
  say(text: string, costUsd: number): void;
  /** Print a tool call; the result follows by `toolResult`. */
  toolUse(tool: Pick<ToolCall, "name" | "input">): string;
  toolResult(id: string, tool: ToolCall): void;
  /** Print what a Stop hook answers to the model. */
  feedback(reason: string): void;
  /** Print an object with the session id and a `uuid`, or a text as it is. */
  line(line: string | Readonly<Record<string, unknown>>): void;
  part(text: string): void;
  result(changes?: Readonly<Record<string, unknown>>): void;
  readonly turns: number;
  /** What this process has cost. */
  readonly costUsd: number;
  /** What the conversation has cost, earlier processes included. */
  readonly totalCostUsd: number;
  /** The last answer of text. */
  readonly lastText: string;
  /** Whether a Stop hook has blocked. */
  readonly blocked: boolean;
  /** Whether the last result was an error; `undefined` before the first. */
  readonly failed: boolean | undefined;
}

/** Version of the CLI whose stream is copied. */
export const VERSION = "2.1.330";
const MODEL = "claude-opus-5-5";
const PRICE = 0.01;

/**
 * Start the stream on stdout.
 *
 * @param earlierCostUsd what the conversation cost before: the CLI goes on counting when it resumes one
 */
export function createStream(
  args: StandInArguments,
  sessionId: string,
  earlierCostUsd: number,
): StandInStream {
  const startedAt = Date.now();
  let answers = 0;
  let turns = 1;
  let costUsd = 0;
  let toldCostUsd = 0;
  let lastText = "";
  let blocked = false;
  let failed: boolean | undefined;

  function line(value: string | Readonly<Record<string, unknown>>): void {
    if (typeof value === "string") part(`${value}\n`);
    else part(`${JSON.stringify({ session_id: sessionId, uuid: randomUUID(), ...value })}\n`);
  }

  function answer(block: Readonly<Record<string, unknown>>, price: number): void {
    answers += 1;
    costUsd = round(costUsd + price);
    const message = {
      id: `msg_${String(answers)}`,
      type: "message",
      role: "assistant",
      model: MODEL,
      content: [] as unknown[],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 10, output_tokens: 1 },
    };
    const stop = block["type"] === "tool_use" ? "tool_use" : "end_turn";
    event({ type: "message_start", message });
    for (const deltaEvent of blockEvents(block)) event(deltaEvent);
    line({
      type: "assistant",
      message: { ...message, content: [block] },
      parent_tool_use_id: null,
      timestamp: new Date().toISOString(),
      request_id: `req_${String(answers)}`,
    });
    event({ type: "content_block_stop", index: 0 });
    event({
      type: "message_delta",
      delta: { stop_reason: stop, stop_sequence: null },
      usage: { output_tokens: 20 },
    });
    event({ type: "message_stop" });
  }

  function event(value: Readonly<Record<string, unknown>>): void {
    if (args.includePartialMessages)
      line({ type: "stream_event", event: value, parent_tool_use_id: null });
  }

  return {
    init() {
      line({
        type: "system",
        subtype: "init",
        cwd: process.cwd(),
        tools: ["Task", "Bash", "Edit", "Read", "Skill", "Write"],
        mcp_servers: [],
        model: MODEL,
        permissionMode: args.permissionMode,
        apiKeySource: "ANTHROPIC_API_KEY",
        claude_code_version: VERSION,
        agents: ["general-purpose", ...(args.agent === undefined ? [] : [args.agent])],
        plugins: args.pluginFolders.map((path) => ({ path, source: "inline" })),
      });
    },
    say(text, price) {
      lastText = text;
      answer({ type: "text", text }, price);
    },
    toolUse({ name, input }) {
      const id = `toolu_${randomUUID().slice(0, 8)}`;
      answer({ type: "tool_use", id, name, input }, PRICE);
      return id;
    },
    toolResult(id, tool) {
      turns += 1;
      const { output, isError } = tool;
      line({
        type: "user",
        message: {
          role: "user",
          content: [{ tool_use_id: id, type: "tool_result", content: output, is_error: isError }],
        },
        parent_tool_use_id: null,
        tool_use_result: { stdout: output, stderr: "", interrupted: false, isImage: false },
      });
    },
    feedback(reason) {
      turns += 1;
      blocked = true;
      line({
        type: "user",
        message: {
          role: "user",
          content: [{ type: "text", text: `Stop hook feedback:\n${reason}` }],
        },
        parent_tool_use_id: null,
        isSynthetic: true,
      });
    },
    line,
    part,
    result(changes = {}) {
      failed = changes["is_error"] === true;
      const broken = String(changes["subtype"]).startsWith("error_");
      const tokens = { input: answers * 10, output: answers * 20 };
      line({
        type: "result",
        subtype: "success",
        is_error: false,
        api_error_status: null,
        duration_ms: Date.now() - startedAt,
        duration_api_ms: 0,
        num_turns: turns,
        // The CLI has no `result` in a line of an error subtype, but a list of errors.
        ...(broken ? { errors: [] } : { result: lastText }),
        stop_reason: "end_turn",
        total_cost_usd: round(earlierCostUsd + costUsd),
        usage: {
          input_tokens: tokens.input,
          cache_creation_input_tokens: 0,
          cache_read_input_tokens: 0,
          output_tokens: tokens.output,
        },
        modelUsage: {
          [MODEL]: {
            inputTokens: tokens.input,
            outputTokens: tokens.output,
            costUSD: round(earlierCostUsd + costUsd),
          },
        },
        model_usage_since_last_result: {
          [MODEL]: { costUSD: round(costUsd - toldCostUsd) },
        },
        permission_denials: [],
        terminal_reason: "completed",
        ...changes,
      });
      toldCostUsd = costUsd;
    },
    get turns() {
      return turns;
    },
    get costUsd() {
      return costUsd;
    },
    get totalCostUsd() {
      return round(earlierCostUsd + costUsd);
    },
    get lastText() {
      return lastText;
    },
    get blocked() {
      return blocked;
    },
    get failed() {
      return failed;
    },
  };
}

/** Sums of cents must not show how a computer adds. */
function round(usd: number): number {
  return Number(usd.toFixed(6));
}

function blockEvents(block: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
  const index = 0;
  if (block["type"] === "text") {
    const text = String(block["text"]);
    const middle = Math.ceil(text.length / 2);
    return [
      { type: "content_block_start", index, content_block: { type: "text", text: "" } },
      ...[text.slice(0, middle), text.slice(middle)]
        .filter((part) => part !== "")
        .map((part) => ({
          type: "content_block_delta",
          index,
          delta: { type: "text_delta", text: part },
        })),
    ];
  }
  const delta = { type: "input_json_delta", partial_json: JSON.stringify(block["input"]) };
  return [
    { type: "content_block_start", index, content_block: { ...block, input: {} } },
    { type: "content_block_delta", index, delta },
  ];
}

/** Write all of it before going on, so that nothing is lost when the process dies in the next step. */
function part(text: string): void {
  let bytes = Buffer.from(text);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(writeSync(1, bytes));
  } catch (error) {
    // The CLI too goes on when nobody reads any more, or when its stdout is closed.
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "EPIPE" && code !== "EBADF") throw error;
  }
}
