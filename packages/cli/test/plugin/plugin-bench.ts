import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import {
  cleanEnvironment,
  createScriptedApi,
  createTempFolder,
  installClaude,
  text,
  type Script,
  type ScriptedApi,
} from "@samocode/testkit";
import { execa } from "execa";
import { repository } from "../texts/text-tree.ts";

/** What the CLI says of itself when it starts. */
interface Init {
  readonly agents: readonly string[];
  readonly skills: readonly string[];
  readonly slash_commands: readonly string[];
  readonly tools: readonly string[];
  readonly mcp_servers: readonly { readonly name: string; readonly status: string }[];
  readonly plugins: readonly {
    readonly name: string;
    readonly path: string;
    readonly version?: string;
  }[];
  readonly plugin_errors?: unknown;
}

/** A PATH with Node and the tools of the system. What runs the tests has `samocode-run` on its own. */
export const cleanPath = [dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter);

/** The real CLI with a home of its own, a scripted Messages API, and a clean PATH. */
export interface PluginBench extends AsyncDisposable {
  readonly api: ScriptedApi;
  /** A copy of what a clone of the repository has of the plugin, as a git repository; it is built. */
  readonly clone: string;
  /** The address of a git server that has it. */
  readonly address: string;
  /** Calls the CLI; gives what it printed, on both streams, and its exit code. */
  readonly claude: (
    ...args: string[]
  ) => Promise<{ readonly exitCode?: number; readonly all: string }>;
  /** What a shell prints that has the CLI on its PATH. */
  readonly shell: (script: string) => Promise<string>;
  /** The same as `claude` if no API can be reached. */
  readonly offline: PluginBench["claude"];
  /** Asks it something without a terminal; gives what it says of itself, or an error. */
  readonly ask: (prompt: string, ...flags: string[]) => Promise<Init>;
}

/** @param isOnPath Whether a built `samocode-run` is on the PATH. */

export async function createPluginBench(
  script: Script = () => text("Done."),
  isOnPath = false,
): Promise<PluginBench> {
  const path = await installClaude();
  const folder = await createTempFolder("samocode-plugin-");
  const [home, bin, clone, work] = ["home", "bin", "clone", "work"].map((name) =>
    join(folder.path, name),
  ) as [string, string, string, string];
  for (const each of [home, bin, clone, work]) mkdirSync(each);
  const binary = join(repository, "packages/cli/bin/samocode-run.js");
  if (isOnPath) symlinkSync(binary, join(bin, "samocode-run"));
  for (const name of [".claude-plugin", "plugin"]) {
    cpSync(join(repository, name), join(clone, name), { recursive: true });
  }
  symlinkSync(path, join(bin, "claude"));
  const api = await createScriptedApi(script);
  const address = "https://git.example.org/samocode.git";
  const base = cleanEnvironment({ home, apiUrl: api.url });
  const env = {
    ...base,
    PATH: [bin, cleanPath].join(delimiter),
    // A server that starts slowly is waited for.
    MCP_CONNECTION_NONBLOCKING: "0",
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `url.file://${clone}.insteadOf`,
    GIT_CONFIG_VALUE_0: address,
  };
  const git = { cwd: clone, env, extendEnv: false };
  await execa("git", ["init", "--quiet"], git);
  await execa("git", ["add", "--all"], git);
  await execa("git", ["commit", "--quiet", "--message", "A clone"], git);
  // What is built is not in git.
  symlinkSync(join(repository, "packages"), join(clone, "packages"));

  const call = async (args: readonly string[], variables: Readonly<Record<string, string>>) => {
    const options = { cwd: work, env: variables, extendEnv: false, reject: false } as const;
    const { exitCode, all } = await execa(path, args, { ...options, all: true, stdin: "ignore" });
    return { ...(exitCode !== undefined && { exitCode }), all };
  };
  const claude = (...args: string[]) => call(args, env);
  const offline = { ...env, ANTHROPIC_BASE_URL: "http://127.0.0.1:9" };
  return {
    api,
    clone,
    address,
    claude,
    async shell(script) {
      const options = { cwd: work, env, extendEnv: false, reject: false, all: true } as const;
      return (await execa("bash", ["-c", script], { ...options, stdin: "ignore" })).all;
    },
    offline: (...args) => call(args, offline),
    async ask(prompt, ...flags) {
      const stream = ["-p", "--verbose", "--output-format", "stream-json", "--max-turns", "6"];
      const { all } = await claude(...stream, ...flags, "--", prompt);
      const line = all.split("\n").find((each) => each.includes('"subtype":"init"'));
      if (line === undefined) throw new Error(`the CLI did not start: ${all}`);
      return JSON.parse(line) as Init;
    },
    async [Symbol.asyncDispose]() {
      await api.close();
      await folder.dispose();
    },
  };
}
