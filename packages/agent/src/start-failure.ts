import { existsSync } from "node:fs";
import type { Failure } from "./outcome.ts";

/**
 * The failure of a program that could not be started at all.
 *
 * @param programCure What to do if the program itself is the cause.
 */
export function startFailure(
  error: unknown,
  command: string,
  cwd: string,
  programCure: string,
): Failure {
  if (!existsSync(cwd)) {
    return {
      kind: "start",
      canRetry: false,
      message: `cannot start the agent in \`${cwd}\`: no such folder`,
      cure: "Restore the working folder, or fix `Working Dir` in the overview.",
    };
  }
  const code = codeOf(error);
  return {
    kind: "start",
    canRetry: passing.has(code),
    message: `cannot start the agent \`${command}\`: ${startReasons.get(code) ?? (code || String(error))}`,
    cure: startCures.get(code) ?? programCure,
  };
}

/** What passes: the program is being replaced, for the run has found it when it began; or the machine is busy. */
const passing: ReadonlySet<string> = new Set([
  "ENOENT",
  "ENOTDIR",
  "EACCES",
  "ETXTBSY",
  "ENOEXEC",
  "EIO",
  "ESTALE",
  "EAGAIN",
  "ENOMEM",
  "EMFILE",
  "ENFILE",
]);

const startReasons = new Map([
  ["ENOENT", "no such program"],
  ["EACCES", "it is a folder, or not executable"],
  ["EPERM", "permission denied by the system"],
  ["ENOEXEC", "it is not a program for this system, or a script without a `#!` line"],
  ["ENOTDIR", "a part of its path is not a folder"],
  ["ETXTBSY", "it is being written"],
  ["ELOOP", "its path is a loop of links"],
  ["E2BIG", "its command line and environment are too long for the system"],
]);

const startCures = new Map([
  ["E2BIG", "Shorten workflow.md or the agent's prompt: Linux limits an argument to 128 KiB."],
]);

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  return "cause" in error ? codeOf(error.cause) : "";
}
