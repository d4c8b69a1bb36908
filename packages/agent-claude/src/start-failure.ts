import { existsSync } from "node:fs";
import type { Failure } from "@samocode/session";

/** The failure of a program that could not be started at all. */
export function startFailure(error: unknown, command: string, cwd: string): Failure {
  if (!existsSync(cwd)) {
    return {
      kind: "start",
      canRetry: false,
      message: `cannot start the agent in \`${cwd}\`: there is no such folder`,
      cure: "Restore the working folder, or correct `Working Dir` in the overview.",
    };
  }
  const code = codeOf(error);
  return {
    kind: "start",
    canRetry: passing.has(code),
    message: `cannot start the agent \`${command}\`: ${startReasons.get(code) ?? (code || String(error))}`,
    cure: startCures.get(code) ?? claudePathCure,
  };
}

const claudePathCure =
  "Set CLAUDE_PATH (or --claude-path) to the Claude CLI, for example the output of `which claude`; `npm install -g @anthropic-ai/claude-code` installs it.";

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
  ["ENOENT", "there is no such program"],
  ["EACCES", "it is a folder, or a file that may not be executed"],
  ["EPERM", "the system does not allow it"],
  ["ENOEXEC", "it is no program for this system, or a script without a first line `#!…`"],
  ["ENOTDIR", "a part of its path is no folder"],
  ["ETXTBSY", "it is being written"],
  ["ELOOP", "its path is a circle of links"],
  ["E2BIG", "its command line and environment are longer than the system takes"],
]);

const startCures = new Map([
  ["E2BIG", "Shorten workflow.md or the agent's text: one argument may have 128 KiB on Linux."],
]);

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  return "cause" in error ? codeOf(error.cause) : "";
}
