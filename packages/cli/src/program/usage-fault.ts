/** A fault that commander found in what was typed. */
interface UsageFault {
  /** Commander's own, such as `commander.unknownOption`. */
  readonly code: string;
  readonly message: string;
}

/** What was typed, read by a pattern over commander's words, and how we say it. */
type Rule = readonly [pattern: RegExp, say: (command: string, ...parts: string[]) => string];

const rules: Readonly<Record<string, Rule>> = {
  "commander.missingArgument": [
    /argument '(.+)'/,
    (command, name) => `cannot ${command}: expected ${expectedArguments[name ?? ""] ?? name}`,
  ],
  "commander.optionMissingArgument": [
    /option '(.+)' argument/,
    (_command, flags) => `cannot use \`${flags}\`: expected a value`,
  ],
  "commander.missingMandatoryOptionValue": [
    /option '(.+)' not/,
    (command, flags) => `cannot ${command}: expected ${flags}`,
  ],
  "commander.unknownOption": [
    /option '(.+?)'(?:\n\(Did you mean (?:one of )?(.+?)\?\))?$/,
    (command, flag, meant) =>
      `cannot use \`${flag}\`: expected an option of \`${command}\`${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`,
  ],
  "commander.excessArguments": [
    /Expected (\d+) arguments? but got (\d+)/,
    (command, most, given) =>
      `cannot ${command} with ${given} arguments: expected ${most === "0" ? "none" : `at most ${most}`}`,
  ],
  "commander.invalidArgument": [
    /(?:option '(?:-\w, )?(--[\w-]+).*' argument|value) '([^]*)' is invalid[^]*Allowed choices are (.+)\.$/,
    (command, flag, value, choices) =>
      `cannot use \`${value}\`${flag === undefined || flag === "" ? ` for ${command}` : ` for ${flag}`}: expected ${choices}`,
  ],
};

const expectedArguments: Readonly<Record<string, string>> = {
  session: "the name of a session",
  shell: "the name of a shell: bash, zsh or fish",
};

/**
 * Says a fault that commander found as samocode says all faults, and where to read on.
 *
 * @param command The command that was called.
 * @example
 * explainUsageFault({ code: "commander.missingArgument", message: "error: missing required argument 'session'" }, "approve");
 * // "cannot approve: expected the name of a session. See: samocode-run approve --help"
 */
export function explainUsageFault({ code, message }: UsageFault, command: string): string {
  const [pattern, say] = rules[code] ?? [];
  const parts = pattern?.exec(message);
  const words =
    parts === null || parts === undefined || say === undefined
      ? `cannot ${command}: ${message.replace(/^error: /, "")}`
      : say(command, ...parts.slice(1));
  return `${words.replace(/[.?]$/, "")}${words.endsWith("?") ? "?" : "."} See: samocode-run ${command} --help`;
}
