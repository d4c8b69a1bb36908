import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  createScriptedApi,
  installClaude,
  startCli,
  text,
  toolUse,
  type ApiRequest,
} from "@samocode/testkit";

const binary = fileURLToPath(new URL("../../../bin/samocode-run.js", import.meta.url));

/** A tool of the server, and what it is given. */
interface ToolCall {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A tool call of a parent, and what came of it. */
interface ParentCall extends ToolCall {
  readonly result: string;
}

/** What a parent does next, after all that it has done; it says goodbye when that is nothing. */
export type ParentScript = (calls: readonly ParentCall[]) => ToolCall | undefined;

export interface ParentOptions {
  /** Working folder of the parent and of its server. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** More variables for a server of no plugin, and so for the runners and agents that it starts. */
  readonly serverEnv?: Readonly<Record<string, string>>;
  /** Where the parent's own files go. */
  readonly folder: string;
  /** The plugin that brings the server. @default a configuration file that names the built binary does */
  readonly plugin?: string;
}

/** How a parent has ended. */
export interface ParentEnd {
  readonly exit: number | NodeJS.Signals | null;
  readonly calls: readonly ParentCall[];
  /** The first line of the CLI that says what was loaded. */
  readonly init: Readonly<Record<string, unknown>>;
}

/** Calls a tool of the server. */
export function callTool(tool: string, input: ToolCall["input"]): ToolCall {
  return { tool, input };
}

/** Runs the real CLI as a parent that does what the script says, to its end. */
export async function runParent(script: ParentScript, options: ParentOptions): Promise<ParentEnd> {
  const { cwd, env, serverEnv = {}, folder, plugin } = options;
  const prefix = plugin === undefined ? "mcp__samocode__" : "mcp__plugin_samocode_samocode__";
  const claude = await installClaude();
  let seen: readonly ParentCall[] = [];
  await using api = await createScriptedApi((request) => {
    seen = callsOf(request);
    // Without its server it would call for ever.
    const isLost = seen.some(({ result }) => result.includes("No such tool available"));
    const next = isLost ? undefined : script(seen);
    return next === undefined
      ? text("Goodbye.")
      : toolUse(`${prefix}${next.tool}`, { ...next.input });
  });
  mkdirSync(folder, { recursive: true });
  const config = join(folder, "mcp.json");
  const server = { command: process.execPath, args: [binary, "mcp"], env: serverEnv };
  writeFileSync(config, JSON.stringify({ mcpServers: { samocode: server } }));
  const run = startCli(claude, folder, {
    prompt: "Drive the session.",
    cwd,
    env: { ...env, ANTHROPIC_BASE_URL: api.url, MCP_CONNECTION_NONBLOCKING: "0" },
    flags: [
      "--permission-mode",
      "bypassPermissions",
      ...(plugin === undefined
        ? ["--strict-mcp-config", "--mcp-config", config]
        : ["--plugin-dir", plugin]),
    ],
  });
  const exit = await run.ended;
  const init = run.lines().find(({ subtype }) => subtype === "init") ?? {};
  return { exit, calls: seen, init };
}

/** All that the conversation of a request has called, with the results. */
function callsOf({ messages }: ApiRequest): ParentCall[] {
  const blocks = messages.flatMap(({ content }) => (typeof content === "string" ? [] : content));
  const results = new Map(
    blocks
      .filter(({ type }) => type === "tool_result")
      .map(({ tool_use_id: id, content }) => [id, textOf(content)]),
  );
  return blocks
    .filter(({ type }) => type === "tool_use")
    .map(({ id, name, input }) => ({
      tool: String(name).replace(/^mcp__.*__/, ""),
      input: input as Record<string, unknown>,
      result: results.get(id) ?? "",
    }));
}

function textOf(content: unknown): string {
  if (!Array.isArray(content)) return String(content);
  return (content as { text?: string }[]).map(({ text = "" }) => text).join("\n");
}
