import { parseArgs } from "node:util";

/** What the command line of a stand-in asks for. */
export interface StandInArguments {
  readonly sessionId?: string;
  readonly resume?: string;
  readonly model: string;
  readonly agent?: string;
  readonly pluginFolders: readonly string[];
  readonly settings?: string;
  readonly permissionMode: string;
  readonly maxTurns: number;
  readonly maxBudgetUsd: number;
  readonly includePartialMessages: boolean;
  readonly version: boolean;
  /** The prompt, when it is on the command line. */
  readonly prompt?: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Read the flags that a runner gives to the CLI.
 *
 * @throws {Error} with the CLI's own words for a flag that it would refuse
 */
export function parseArguments(argv: readonly string[]): StandInArguments {
  const { values, positionals } = parse(argv);
  if (values.version !== true) {
    if (values.print !== true) throw new Error("Error: the stand-in has only the print mode (-p)");
    if (values["output-format"] === "stream-json" && values.verbose !== true)
      throw new Error("Error: When using --print, --output-format=stream-json requires --verbose");
    if (values["session-id"] !== undefined && !UUID.test(values["session-id"]))
      throw new Error("Error: Invalid session ID. Must be a valid UUID.");
  }
  const prompt = positionals[0];
  return {
    ...(values["session-id"] === undefined ? {} : { sessionId: values["session-id"] }),
    ...(values.resume === undefined ? {} : { resume: values.resume }),
    ...(values.agent === undefined ? {} : { agent: values.agent }),
    ...(values.settings === undefined ? {} : { settings: values.settings }),
    ...(prompt === undefined ? {} : { prompt }),
    model: values.model ?? "opus",
    pluginFolders: values["plugin-dir"] ?? [],
    permissionMode: values["permission-mode"] ?? "default",
    maxTurns: readNumber(values["max-turns"]),
    maxBudgetUsd: readNumber(values["max-budget-usd"]),
    includePartialMessages: values["include-partial-messages"] === true,
    version: values.version === true,
  };
}

function parse(argv: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const texts = { type: "string", multiple: true } as const;
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        print: { type: "boolean", short: "p" },
        version: { type: "boolean", short: "v" },
        verbose: flag,
        "output-format": text,
        "include-partial-messages": flag,
        "include-hook-events": flag,
        "plugin-dir": texts,
        "add-dir": texts,
        agent: text,
        agents: text,
        "append-system-prompt": text,
        "append-system-prompt-file": text,
        settings: text,
        "setting-sources": text,
        "strict-mcp-config": flag,
        "mcp-config": texts,
        "session-id": text,
        resume: { type: "string", short: "r" },
        model: text,
        "fallback-model": text,
        "max-turns": text,
        "max-budget-usd": text,
        "permission-mode": text,
        "dangerously-skip-permissions": flag,
        allowedTools: texts,
        disallowedTools: texts,
      },
    });
  } catch (error) {
    const unknown = /'(--?[^' ]+)/.exec(error instanceof Error ? error.message : "")?.[1];
    throw new Error(`error: unknown option '${unknown ?? argv.join(" ")}'`, { cause: error });
  }
}

function readNumber(text: string | undefined): number {
  return text === undefined ? Number.POSITIVE_INFINITY : Number(text);
}
