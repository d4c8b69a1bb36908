import { maskSecrets, type RunEvent } from "@samocode/core";
import type { ProgressOptions } from "./progress.ts";
import type picocolors from "picocolors";

/** Paints text, or leaves it as it is where there are no colors. */
export type Colors = ReturnType<typeof picocolors.createColors>;

/** Prints one line of a result on stdout. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a value as one line of JSON on stdout. Words of agents may be in it, so secrets are masked. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, maskWords)}\n`);
}

/**
 * Prints an event as one line of `--json` on stdout.
 *
 * @param at When it happened, in ms since 1970.
 */
export function printEvent(event: RunEvent, at: number): void {
  printJson({ at: new Date(at).toISOString(), ...event });
}

function maskWords(_key: string, value: unknown): unknown {
  return typeof value === "string" ? maskSecrets(value) : value;
}

/** True where what goes there may be in color. */
export function hasColor({ isTTY }: { readonly isTTY: boolean }): boolean {
  return isTTY && (process.env["NO_COLOR"] ?? "") === "" && process.env["TERM"] !== "dumb";
}

/** Whether a person sits before this process who can be asked. */
export function isAtTerminal(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY && process.env["TERM"] !== "dumb";
}

/**
 * How progress is shown on stderr: live on a terminal that can, unless the events of `--json` appear
 * on that same terminal.
 */
export function progressOptions({ json }: { readonly json?: boolean }): ProgressOptions {
  const { isTTY } = process.stderr;
  const isShared = json === true && process.stdout.isTTY;
  return {
    useColor: hasColor(process.stderr),
    isLive: isTTY && process.env["TERM"] !== "dumb" && !isShared,
  };
}
