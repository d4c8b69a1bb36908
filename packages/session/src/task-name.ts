import { UsageError } from "./command-error.ts";
import { parseSessionName } from "./session-name.ts";

const maxWords = 5;
const maxLength = 40;

/**
 * The name of a new session that was given none, made of the first words of its task.
 *
 * @throws {UsageError} When there is no task, or no letter or digit in it.
 * @example
 * nameFromTask("Add JWT login."); // "add-jwt-login"
 */
export function nameFromTask(task: string | undefined): string {
  if (task === undefined) {
    throw new UsageError(
      'cannot run: expected the name of a session, or --task "what to do" for a new one. To list the sessions: `samocode-run list`',
    );
  }
  const line = task.split(/\r?\n/).find((each) => /[\p{L}\p{N}]/u.test(each)) ?? "";
  const words = line.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  let name = "";
  for (const word of words.slice(0, maxWords)) {
    const longer = name === "" ? word : `${name}-${word}`;
    if (longer.length > maxLength) break;
    name = longer;
  }
  // One word alone may be longer than that.
  if (name === "")
    name = Array.from(words[0] ?? "")
      .slice(0, maxLength)
      .join("");
  if (name !== "") return parseSessionName(name);
  throw new UsageError(
    `cannot name a session after its task \`${task.trim().slice(0, 80)}\`: expected a word in it. Name it: samocode-run NAME --task "what to do"`,
  );
}
