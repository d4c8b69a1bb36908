import { branchFault } from "./branch-name.ts";

/**
 * A session cannot be named so, or is not there.
 * `SAMOCODE_SESSION_NAME_INVALID`: no session can have that name; `SAMOCODE_SESSION_NOT_FOUND`: none has it.
 */
export class SessionNameError extends Error {
  override readonly name = "SessionNameError";
  readonly code: "SAMOCODE_SESSION_NAME_INVALID" | "SAMOCODE_SESSION_NOT_FOUND";
  /** What was asked for. */
  readonly argument: string;

  constructor(code: SessionNameError["code"], argument: string, message: string) {
    super(message);
    this.code = code;
    this.argument = argument;
  }
}

const maxBytes = 91;

// Before anything is looked up: these never name a folder in SESSIONS.
const unsafe: readonly (readonly [RegExp, string])[] = [
  [/^$/, "it is empty"],
  [/\p{Cc}|\p{Zl}|\p{Zp}/u, "it has a control character"],
  [/\p{Cf}|\p{Cs}/u, "it has an invisible character"],
  [/[/\\]/, "it has a path separator"],
  [/\.\./, "it has `..`"],
  [/^-/, "it starts with `-`"],
  [/^_/, "names that start with `_` are reserved for samocode"],
  [/^\./, "it starts with `.`"],
];

/**
 * Gives a name as sessions are compared by: Unicode NFC, lower case, a hyphen for blanks.
 *
 * @throws {SessionNameError} when it could name something outside SESSIONS, an option, or a folder of samocode's own.
 * @example
 * foldSessionName(" My Task "); // "my-task"
 */
export function foldSessionName(text: string): string {
  const trimmed = text.normalize("NFC").replaceAll(/^ +| +$/g, "");
  const fault = unsafe.find(([pattern]) => pattern.test(trimmed))?.[1];
  if (fault !== undefined) throw invalid(text, fault);
  return trimmed
    .replaceAll(/\p{Zs}+/gu, "-")
    .toLowerCase()
    .normalize("NFC");
}

/**
 * Gives the safe form of a name for a new session: it is the name of a folder, of a worktree and of a git branch.
 * Letters of any script are fine. Folding it again changes nothing.
 *
 * @throws {SessionNameError} when it cannot be made safe, or is longer than 91 bytes (100 with the date).
 * @example
 * parseSessionName("JWT login"); // "jwt-login"
 */
export function parseSessionName(text: string): string {
  const name = foldSessionName(text);
  const fault =
    branchFault(name) ??
    (Buffer.byteLength(name) > maxBytes ? `it is longer than ${maxBytes} bytes` : undefined);
  if (fault !== undefined) throw invalid(text, fault);
  return name;
}

function invalid(text: string, fault: string): SessionNameError {
  const shown = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, "?").slice(0, 100);
  return new SessionNameError(
    "SAMOCODE_SESSION_NAME_INVALID",
    text,
    `cannot use \`${shown}\` as the name of a session: ${fault}. ` +
      "Use letters, digits and hyphens, as in `jwt-login`.",
  );
}
