import { z } from "zod";
import { maskSecrets } from "../text/printable-text.ts";
import { blockNeeds, phases, signalStatuses, waitReasons } from "./phase.ts";

const lowerCase = (value: unknown): unknown =>
  typeof value === "string" ? value.trim().toLowerCase() : value;

const phase = z.preprocess(lowerCase, z.enum(phases));
const iteration = z.int().positive().optional();
const text = z.string().trim().min(1);

/**
 * What an agent answers in `_signal.json` at the end of its iteration.
 * Unknown keys are kept, for the history; they decide nothing.
 */
export const Signal = z.preprocess(
  (value) =>
    typeof value === "object" && value !== null && "status" in value
      ? { ...value, status: lowerCase(value.status) }
      : value,
  z.discriminatedUnion("status", [
    z.looseObject({ status: z.literal("continue"), phase: phase.optional(), iteration }),
    z.looseObject({
      status: z.literal("waiting"),
      phase: phase.optional(),
      for: z.preprocess(lowerCase, z.enum(waitReasons)),
      iteration,
    }),
    z.looseObject({
      status: z.literal("blocked"),
      phase: phase.optional(),
      reason: text,
      needs: z.preprocess(lowerCase, z.enum(blockNeeds)),
      iteration,
    }),
    z.looseObject({
      status: z.literal("done"),
      phase: phase.optional(),
      summary: text,
      iteration,
    }),
  ]),
);
export type Signal = z.infer<typeof Signal>;

/** More than any honest signal needs, in bytes. */
export const maxSignalBytes = 1024 * 1024;

/** An agent's answer that cannot be taken. The message tells the agent what to write instead. */
export class SignalError extends Error {
  override readonly name = "SignalError";
  readonly code = "SAMOCODE_SIGNAL_INVALID";
}

/**
 * Reads an agent's answer.
 *
 * Letter case of `status` and `phase` is forgiven; a byte order mark is skipped. Secrets in known forms are made
 * unreadable, for what an agent says goes into files, to people and to other agents.
 * Says nothing on whether the answer is legal in a phase: the machine decides that.
 *
 * @throws {SignalError} When the text is empty, longer than 1 MiB, is not JSON, or has not the shape of a signal.
 * @example
 * parseSignal('{"status": "continue", "phase": "testing"}').status; // "continue"
 */
export function parseSignal(text: string): Signal {
  if (new TextEncoder().encode(text).length > maxSignalBytes) {
    throw new SignalError(
      "cannot take `_signal.json`: it is longer than 1 MiB, expected one short JSON object",
    );
  }
  const source = text.replace(/^\uFEFF/, "").trim();
  if (source === "") {
    throw new SignalError(
      `cannot read \`_signal.json\`: it is empty, expected one JSON object with \`status\` ${quoted(signalStatuses)}`,
    );
  }
  const value = parseJson(source);
  if (isNestedDeeper(value, maxDepth)) {
    throw new SignalError(
      `cannot take \`_signal.json\`: it is nested deeper than ${maxDepth} levels, expected one flat JSON object`,
    );
  }
  const result = Signal.safeParse(withoutSecrets(value));
  if (result.success) return result.data;
  const problems = result.error.issues.map(describeIssue);
  throw new SignalError(`cannot take \`_signal.json\`: ${problems.join("; ")}`);
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (cause) {
    const why = maskSecrets(cause instanceof Error ? cause.message : String(cause));
    throw new SignalError(`cannot read \`_signal.json\`: it is not JSON (${why})`, { cause });
  }
}

/** A signal is written into the history again, and what is nested without end cannot be. */
const maxDepth = 32;

function isNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isNestedDeeper(each, levels - 1));
}

function withoutSecrets(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, each: unknown) =>
    typeof each === "string" ? maskSecrets(each) : each,
  );
}

/** What each key of a signal may hold, as told to the agent that got it wrong. */
const expectations: Record<string, string> = {
  status: quoted(signalStatuses),
  phase: quoted(phases),
  for: quoted(waitReasons),
  needs: quoted(blockNeeds),
  reason: "a sentence that says why",
  summary: "a sentence that says what was done",
  iteration: "the number of the running iteration",
};

function describeIssue(issue: z.core.$ZodIssue): string {
  const key = String(issue.path[0] ?? "");
  const expected = expectations[key];
  if (expected === undefined) {
    return `expected one JSON object with \`status\` ${quoted(signalStatuses)}`;
  }
  return `expected \`${key}\` to be ${expected}`;
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(", ");
}
