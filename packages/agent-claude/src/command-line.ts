/** What one run of the Claude CLI is told on its command line. The prompt is not part of it: it goes to stdin. */
export interface CommandLineOptions {
  /** Folder of the plugin with the phase agents. */
  readonly pluginDir: string;
  /** Agent of the phase, for example `samocode:planning-agent`. */
  readonly agent: string;
  /**
   * Agents beside those of the plugin, by name.
   * @default none
   */
  readonly agents?: object;
  /**
   * File of the MCP servers that the agent may use; it gets no others.
   * @default none
   */
  readonly mcpConfig?: string;
  /** Text that is the same in every iteration of a phase, so that the API can cache it. */
  readonly systemPrompt: string;
  /** Settings that are merged with the user's own; our hooks, for instance. */
  readonly settings: object;
  /** A new conversation of this id (a UUID), or the one to go on with. */
  readonly conversation: { readonly start: string } | { readonly resume: string };
  readonly model: string;
  /** From 1 on: the CLI takes 0 for *no limit*. */
  readonly maxTurns: number;
  readonly permissionMode: string;
  /**
   * US dollars that this process may spend. The CLI checks after each answer, so it may go over by one.
   * @default no limit
   */
  readonly maxBudgetUsd?: number;
  /**
   * Model to go on with when the first one is overloaded or unknown.
   * @default none
   */
  readonly fallbackModel?: string;
  /**
   * Folders outside the working directory that the agent may use; the session folder, for instance.
   * @default none
   */
  readonly addDirs?: readonly string[];
}

/**
 * The arguments of the Claude CLI for one iteration.
 *
 * Every line that it writes is JSON, parts of messages included, as a sign of life.
 * An argument may have 128 KiB on Linux; a longer one lets the start fail, and that is told.
 *
 * @throws {RangeError} when `maxTurns` or `maxBudgetUsd` is not above 0: the CLI would take the one
 * for *no limit* and refuse the other.
 * @example
 * claudeArguments(options).slice(0, 2); // ["-p", "--verbose"]
 */
export function claudeArguments(options: CommandLineOptions): string[] {
  const { conversation, maxBudgetUsd, maxTurns } = options;
  assertPositive("maxTurns", maxTurns);
  if (maxBudgetUsd !== undefined) assertPositive("maxBudgetUsd", maxBudgetUsd);
  return [
    "-p",
    "--verbose",
    "--output-format",
    "stream-json",
    "--include-partial-messages",
    // It takes all words up to the next option, so it must never come last.
    ...(options.addDirs ?? []).flatMap((folder) => ["--add-dir", folder]),
    "--plugin-dir",
    options.pluginDir,
    // Neither the servers of the person, whose tools no agent has, nor those of the plugin, which are for a parent.
    "--strict-mcp-config",
    ...(options.mcpConfig === undefined ? [] : ["--mcp-config", options.mcpConfig]),
    ...(options.agents === undefined ? [] : ["--agents", JSON.stringify(options.agents)]),
    "--agent",
    options.agent,
    "--append-system-prompt",
    options.systemPrompt,
    "--settings",
    JSON.stringify(options.settings),
    ...("resume" in conversation
      ? ["--resume", conversation.resume]
      : ["--session-id", conversation.start]),
    "--model",
    options.model,
    "--max-turns",
    String(maxTurns),
    ...(maxBudgetUsd === undefined ? [] : ["--max-budget-usd", decimal(maxBudgetUsd)]),
    ...(options.fallbackModel === undefined ? [] : ["--fallback-model", options.fallbackModel]),
    "--permission-mode",
    options.permissionMode,
  ];
}

function assertPositive(name: string, value: number): void {
  if (!(value > 0 && Number.isFinite(value))) {
    throw new RangeError(`cannot use ${name} \`${value}\`: expected a number above 0`);
  }
}

/** Never `1e-7`, and never `0` for a little. */
function decimal(value: number): string {
  return Math.max(value, 0.000_001)
    .toFixed(6)
    .replace(/\.?0+$/, "");
}
