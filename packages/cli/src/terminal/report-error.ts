import { printableLines, printableText } from "@samocode/core/overview";
import { explainSystemCode } from "@samocode/core/store";
import { exitCodes } from "@samocode/session";

/** The exit code that an error stands for; what has no code here is a fault of this program or of the machine. */
const codes: Readonly<Record<string, number>> = {
  SAMOCODE_CONFIG_MISSING: exitCodes.usage,
  SAMOCODE_CONFIG_INVALID: exitCodes.usage,
  SAMOCODE_SESSION_NAME_INVALID: exitCodes.usage,
  SAMOCODE_SESSION_NOT_FOUND: exitCodes.usage,
  SAMOCODE_USAGE: exitCodes.usage,
  SAMOCODE_WORKTREE_FAILED: exitCodes.usage,
  SAMOCODE_QUESTION_INVALID: exitCodes.usage,
  SAMOCODE_INSPECT_FAILED: exitCodes.usage,
  SAMOCODE_FRONT_MATTER_INVALID: exitCodes.usage,
  SAMOCODE_OVERVIEW_INVALID: exitCodes.blocked,
  SAMOCODE_HISTORY_UNKNOWN: exitCodes.blocked,
  SAMOCODE_LOCK_HELD: exitCodes.locked,
  SAMOCODE_COMMAND_FAILED: exitCodes.failed,
  SAMOCODE_LOCK_LOST: exitCodes.locked,
  SAMOCODE_STORE_FAILED: exitCodes.failed,
  SAMOCODE_LOCK_FAILED: exitCodes.failed,
  SAMOCODE_SIGNAL_INVALID: exitCodes.failed,
  SAMOCODE_TELEGRAM_FAILED: exitCodes.failed,
};

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
  if (isFolderGone(error)) {
    write(
      "samocode-run: cannot work in the current folder: it was removed. Change to an existing one (cd), then try again\n",
    );
    return exitCodes.usage;
  }
  if (isSystemError(error)) {
    const { syscall, path, code: word } = error;
    const what = path === undefined ? syscall : `${syscall} \`${printableText(path, 400)}\``;
    write(`samocode-run: cannot ${what}: ${explainSystemCode(word)}\n`);
    return exitCodes.failed;
  }
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  write(`samocode-run: this is a bug, please report it:\n${told}\n`);
  return exitCodes.failed;
}

interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
  /** Absent if the call was for an open file, such as a write to a full disk. */
  readonly path?: string;
}

/** What the system answers to a call: no bug of ours, but something in the way there. */
function isSystemError(error: unknown): error is SystemError {
  if (!(error instanceof Error && "code" in error && "syscall" in error)) return false;
  return typeof error.syscall === "string" && /^E[A-Z0-9]+$/.test(String(error.code));
}

/** What Node says when it is asked for a current folder that is no more. */
function isFolderGone(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && error.syscall === "uv_cwd";
}
