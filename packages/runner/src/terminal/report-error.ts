import { explainSystemCode, printableLines } from "@samocode/core";
import { exitCodes } from "./exit-code.ts";

/** The exit code that an error stands for; what has no code here is a fault of this program or of the machine. */
const codes: Readonly<Record<string, number>> = {
  SAMOCODE_CONFIG_MISSING: exitCodes.usage,
  SAMOCODE_CONFIG_INVALID: exitCodes.usage,
  SAMOCODE_SESSION_NAME_INVALID: exitCodes.usage,
  SAMOCODE_SESSION_NOT_FOUND: exitCodes.usage,
  SAMOCODE_USAGE: exitCodes.usage,
  SAMOCODE_WORKTREE_FAILED: exitCodes.usage,
  SAMOCODE_QUESTION_INVALID: exitCodes.usage,
  SAMOCODE_OVERVIEW_INVALID: exitCodes.blocked,
  SAMOCODE_LOCK_HELD: exitCodes.locked,
  SAMOCODE_STORE_FAILED: exitCodes.failed,
  SAMOCODE_LOCK_FAILED: exitCodes.failed,
};

/** A command that was called the wrong way. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "SAMOCODE_USAGE";
}

/**
 * Tells a person of an error and gives the exit code for it. An error of ours says all in its message;
 * for any other the stack is told too, for it is a bug.
 */
export function reportError(error: unknown, write: (text: string) => void): number {
  const code = error instanceof Error && "code" in error ? codes[String(error.code)] : undefined;
  if (error instanceof Error && code !== undefined) {
    write(`samocode-run: ${printableLines(error.message)}\n`);
    return code;
  }
  if (isSystemError(error)) {
    const { syscall, path, code: word = "" } = error;
    write(`samocode-run: cannot ${syscall} \`${path}\`: ${explainSystemCode(word)}\n`);
    return exitCodes.failed;
  }
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  write(`samocode-run: this is a bug, please report it:\n${told}\n`);
  return exitCodes.failed;
}

/** What the system answers to a call for a path: no bug of ours, but something in the way there. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && "path" in error && "syscall" in error;
}
