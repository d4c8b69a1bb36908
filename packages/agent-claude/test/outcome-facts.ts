import type { Outcome } from "@samocode/agent";
import type { EndFacts } from "../src/outcome.ts";
import { parseStreamLine } from "../src/stream.ts";
import { addLine, emptySummary } from "../src/stream-summary.ts";

/** Type, and for a failure its kind and whether it may pass. */
export function shortly(outcome: Outcome): string {
  const failure = outcome.type === "finished" ? outcome.withoutSignal : outcome;
  if (failure === undefined || !("kind" in failure)) return outcome.type;
  const { kind, canRetry, secondTry } = failure;
  const again = canRetry ? "retry" : secondTry === undefined ? "no retry" : `once: ${secondTry}`;
  return `${outcome.type === "finished" ? "finished if signalled, else " : ""}${kind}, ${again}`;
}

/** Of an agent that ended well and said nothing. */
export const silent: EndFacts = {
  summary: emptySummary,
  exitKnown: true,
  exitCode: 0,
  exitSignal: null,
  stderrTail: "",
  saidAt: Date.UTC(2026, 10, 30, 12),
  ranMs: 5000,
  silentMs: 400,
};

/** The summary of a stream with these lines. */
export function summaryOf(...lines: object[]): EndFacts["summary"] {
  return lines.map((line) => parseStreamLine(JSON.stringify(line))).reduce(addLine, emptySummary);
}

/** A result that is no error. */
export const good = { type: "result", subtype: "success", is_error: false };
