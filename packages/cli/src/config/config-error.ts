/** One thing that is wrong in the configuration. */
export interface ConfigProblem {
  /** A file with a line (`/code/.samocode:2`), a file, `environment` or a flag. */
  readonly where: string;
  /** What was found and what was expected; never the value of a secret. */
  readonly what: string;
  /** What to do about it. */
  readonly cure: string;
}

/**
 * The configuration cannot be used: all that is wrong with it, in one message.
 * `SAMOCODE_CONFIG_MISSING`: there is no `.samocode`; `SAMOCODE_CONFIG_INVALID`: `problems` says what is wrong.
 */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code: "SAMOCODE_CONFIG_MISSING" | "SAMOCODE_CONFIG_INVALID";
  readonly problems: readonly ConfigProblem[];
  /** The folders and files where `.samocode` was looked for. */
  readonly lookedAt: readonly string[];

  constructor(
    code: ConfigError["code"],
    message: string,
    facts: { problems?: readonly ConfigProblem[]; lookedAt?: readonly string[] },
  ) {
    super(message);
    this.code = code;
    this.problems = facts.problems ?? [];
    this.lookedAt = facts.lookedAt ?? [];
  }
}

/**
 * Gives the error for a configuration with problems; the warnings are told as well, for a misspelt key is often
 * why another one is missing.
 */
export function invalidConfig(
  problems: readonly ConfigProblem[],
  warnings: readonly string[],
): ConfigError {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const lines = [
    `cannot use the configuration: ${count}`,
    ...problems.map(({ where, what, cure }) => `- ${where}: ${what}\n  ${cure}`),
    ...warnings.map((warning) => `- warning: ${warning}`),
  ];
  return new ConfigError("SAMOCODE_CONFIG_INVALID", lines.join("\n"), { problems });
}

/** Gives the error for a `.samocode` that is not there, with the lines to put in it. */
export function missingConfig(lookedAt: readonly string[]): ConfigError {
  const lines = [
    "cannot find `.samocode`. Looked in:",
    ...lookedAt.map((path) => `  ${path}`),
    "Create a file `.samocode` at the top of your project with these three lines and your own folders:",
    "",
    "MAIN_REPO=~/code/app",
    "WORKTREES=~/code/worktrees/",
    "SESSIONS=~/code/_sessions/",
    "",
    "or run `samocode-run init` to create it. Use `--config PATH` for a file elsewhere.",
  ];
  return new ConfigError("SAMOCODE_CONFIG_MISSING", lines.join("\n"), { lookedAt });
}
