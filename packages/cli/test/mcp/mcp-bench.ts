import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client, type CallToolResult, type Progress } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import type { Scenario, TempProjectOptions } from "@samocode/testkit";
import { execa } from "execa";
import { readLockHolder } from "@samocode/process";
import { createBench, type Bench } from "../support/runner-cli.ts";

const binary = fileURLToPath(new URL("../../bin/samocode-run.js", import.meta.url));

/** What a tool gave. */
interface Told {
  readonly text: string;
  readonly isError: boolean;
}

/** A parent that is connected to a server of its own. */
interface Parent {
  readonly client: Client;
  /** Process id of the server. */
  readonly pid: number;
  /** What the server has written to stderr. */
  readonly stderr: () => string;
  readonly call: (
    name: string,
    input?: Record<string, unknown>,
    options?: { readonly onProgress?: (progress: Progress) => void; readonly signal?: AbortSignal },
  ) => Promise<Told>;
  readonly close: () => Promise<void>;
}

/** A project in which parents drive sessions through the built binary. */
export interface McpBench extends AsyncDisposable {
  readonly bench: Bench;
  readonly connect: (...args: string[]) => Promise<Parent>;
  /** A bare server, to be written to line by line. */
  readonly serve: () => ReturnType<typeof serve>;
  /** Process id of the runner that holds the only session. */
  readonly runner: () => number | undefined;
}

/** Makes a bench; what its parents have started has ended when it is disposed. */
export async function createMcpBench(
  scenario: Scenario,
  options: TempProjectOptions & { readonly env?: Readonly<Record<string, string>> } = {},
): Promise<McpBench> {
  const bench = await createBench(scenario, options);
  const { project, claude } = bench;
  const env = {
    ...project.env,
    CLAUDE_PATH: claude.path,
    SAMOCODE_RETRY_DELAY: "0.05",
    ...options.env,
  };
  const parents: Parent[] = [];
  const runners = (): number[] =>
    readdirSync(project.sessions).flatMap((name) => {
      const pid = readLockHolder(join(project.sessions, name, ".run.lock"))?.pid;
      return pid === undefined ? [] : [pid];
    });
  return {
    bench,
    runner: () => runners()[0],
    serve: () => serve(project.root, env),
    async connect(...args) {
      const parent = await connect(args, project.root, env);
      parents.push(parent);
      return parent;
    },
    async [Symbol.asyncDispose]() {
      for (const parent of parents) await parent.close();
      // None is left in a session that went to its end.
      for (const pid of runners()) process.kill(pid, "SIGKILL");
      await bench[Symbol.asyncDispose]();
    },
  };
}

function serve(cwd: string, env: Record<string, string>) {
  const options = { cwd, env, extendEnv: false, reject: false, timeout: 120_000 } as const;
  return execa(process.execPath, [binary, "mcp"], options);
}

async function connect(
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
): Promise<Parent> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [binary, "mcp", ...args],
    cwd,
    env,
    stderr: "pipe",
  });
  let stderr = "";
  transport.stderr?.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const client = new Client({ name: "test-parent", version: "1.0.0" });
  await client.connect(transport);
  return {
    client,
    pid: transport.pid ?? 0,
    stderr: () => stderr,
    async call(name, input = {}, { onProgress, signal } = {}) {
      const result = await client.callTool(
        { name, arguments: input },
        {
          timeout: 120_000,
          ...(onProgress !== undefined && { onprogress: onProgress }),
          ...(signal !== undefined && { signal }),
        },
      );
      return { text: textOf(result), isError: result.isError === true };
    },
    close: () => client.close(),
  };
}

function textOf({ content }: CallToolResult): string {
  return content.map((part) => (part.type === "text" ? part.text : `[${part.type}]`)).join("\n");
}

/** The version in what `plan` tells. */
export function versionIn(text: string): string {
  return /^version: (\w+)$/m.exec(text)?.[1] ?? "";
}
