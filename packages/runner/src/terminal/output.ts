import type { RunEvent } from "@samocode/core";
import { maskSecrets } from "../claude/printable-text.ts";

/** Prints one line of a result on stdout. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a result as one JSON document on stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/**
 * Prints an event as one line of `--json` on stdout. Words of agents are in it, so secrets are masked.
 *
 * @param at When it happened, in ms since 1970.
 */
export function printEvent(event: RunEvent, at: number): void {
  const line = { at: new Date(at).toISOString(), ...event };
  process.stdout.write(`${JSON.stringify(line, maskWords)}\n`);
}

function maskWords(_key: string, value: unknown): unknown {
  return typeof value === "string" ? maskSecrets(value) : value;
}

/** True where what goes to stderr may be in colour. */
export function useColor(): boolean {
  return process.stderr.isTTY && (process.env["NO_COLOR"] ?? "") === "";
}
