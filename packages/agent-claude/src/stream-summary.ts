import type { Tokens } from "@samocode/core";
import {
  addTokens,
  noTokens,
  type InitEvent,
  type ResultEvent,
  type StreamEvent,
} from "./stream-event.ts";

/** What a stream has said so far, in a size that does not grow with it. */
export interface StreamSummary {
  /** Lines that were JSON objects. */
  readonly lines: number;
  /** Lines that were not. */
  readonly noise: number;
  readonly init?: InitEvent;
  /** The last one. Its `turns` and `durationMs` are the sums of all. */
  readonly result?: ResultEvent;
  /** True while nothing has come after the last result that another result must follow. */
  readonly atRest: boolean;
  /** The last error of the API, with what the CLI made of it. */
  readonly apiError?: Extract<StreamEvent, { type: "apiError" }>;
  readonly retry?: Extract<StreamEvent, { type: "retry" }>;
  readonly limit?: Extract<StreamEvent, { type: "limit" }>;
  /** Tokens so far, subagents left out: they do not report until the result. */
  readonly tokens: Tokens;
  /** Answers of the agent so far; about the turns that the CLI counts. */
  readonly answers: number;
  /** Id of the message that was counted last. */
  readonly message: string;
}

/** The summary of a stream of which nothing was read. */
export const emptySummary: StreamSummary = {
  lines: 0,
  noise: 0,
  atRest: false,
  tokens: noTokens,
  answers: 0,
  message: "",
};

/**
 * The summary with the events of one more line.
 *
 * @example
 * addLine(emptySummary, parseStreamLine(line)).result?.isError;
 */
export function addLine(summary: StreamSummary, events: readonly StreamEvent[]): StreamSummary {
  if (events.length === 0) return summary;
  const isNoise = events.some((event) => event.type === "noise");
  return events.reduce(addEvent, {
    ...summary,
    lines: summary.lines + (isNoise ? 0 : 1),
    noise: summary.noise + (isNoise ? 1 : 0),
  });
}

function addEvent(summary: StreamSummary, event: StreamEvent): StreamSummary {
  switch (event.type) {
    case "init":
      return { ...summary, init: event, atRest: false };
    case "result":
      return { ...summary, result: addResult(summary.result, event), atRest: true };
    case "apiError":
      return { ...summary, apiError: event };
    case "retry":
      return { ...summary, retry: event };
    case "limit":
      return { ...summary, limit: event };
    case "usage":
      return { ...summary, tokens: addTokens(summary.tokens, event.tokens) };
    case "text":
    case "thinking":
    case "tool":
      return event.subagent === undefined && event.message !== summary.message
        ? { ...summary, message: event.message, answers: summary.answers + 1, atRest: false }
        : { ...summary, atRest: false };
    case "toolResult":
    case "fallback":
    case "life":
    case "noise":
      return summary;
  }
}

function addResult(before: ResultEvent | undefined, event: ResultEvent): ResultEvent {
  const { since } = event;
  const turns = (before?.turns ?? 0) + event.turns;
  const durationMs = (before?.durationMs ?? 0) + event.durationMs;
  if (since === undefined) return { ...event, turns, durationMs };
  const costUsd = (before?.costUsd ?? 0) + since.costUsd;
  const tokens = addTokens(before?.tokens ?? noTokens, since.tokens);
  return { ...event, turns, durationMs, costUsd, tokens };
}
