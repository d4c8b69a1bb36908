import type { RunEvent } from "@samocode/core";
import { maskSecrets } from "@samocode/core/overview";
import type { ProgressOptions } from "./progress.ts";

/** Prints one line of a result on stdout. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a value as one line of JSON on stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${formatJson(value)}\n`);
}

/**
 * Prints an event as one line of `--json` on stdout.
 *
 * @param at When it happened, Unix time in ms.
 */
export function printEvent(event: RunEvent, at: number): void {
  printJson({ at: new Date(at).toISOString(), ...event });
}

/**
 * A value as one line of JSON: secrets are masked, and a sum of costs has no digits that only adding made.
 *
 * @example
 * formatJson({ costUsd: 0.1 + 0.2 }); // '{"costUsd":0.3}'
 */
export function formatJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "string") return maskSecrets(part);
    return typeof part === "number" ? Number(part.toFixed(6)) : part;
  });
}

/** True if what goes there may be in color. A stream that is no terminal has no `isTTY` at all. */
export function hasColor({ isTTY = false }: { readonly isTTY?: boolean | undefined }): boolean {
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
