import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { phases } from "@samocode/core";
import { parseStreamLine, type InitEvent, findResource } from "@samocode/agent-claude";
import { runBriefly } from "@samocode/process";
import { createCheck, type Check } from "@samocode/channels/plugin";

/** How long the CLI may take to load the plugin, in ms. */
const patienceMs = 60_000;

/**
 * Whether the CLI loads the plugin with the agents of all phases: it says so before it asks a model, and is
 * ended then. It gets a home of its own and an API that is not there, so that nothing can be spent or changed.
 */
export async function checkPlugin(path: string, env: Readonly<NodeJS.ProcessEnv>): Promise<Check> {
  const home = await mkdtemp(join(tmpdir(), "samocode-doctor-"));
  try {
    return judgePlugin(await readInit(path, home, env));
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What is to be said of the agents that the CLI has loaded; `undefined`: it did not come so far. */
export function judgePlugin(init: Pick<InitEvent, "agents" | "pluginErrors"> | undefined): Check {
  const reinstall = "Reinstall samocode, or update the CLI: claude update";
  if (init === undefined) {
    return createCheck(
      "plugin",
      "warning",
      "the CLI did not report which agents it loads",
      reinstall,
    );
  }
  const [error] = init.pluginErrors;
  if (error !== undefined) {
    return createCheck("plugin", "fault", `the CLI cannot load it: ${error}`, reinstall);
  }
  const missing = phases.filter((phase) => !init.agents.includes(`samocode:${phase}`));
  if (missing.length > 0) {
    const found = `the CLI does not find the agents ${missing.join(", ")}`;
    return createCheck("plugin", "fault", found, reinstall);
  }
  return createCheck("plugin", "ok", `loads, with ${phases.length} agents`);
}

async function readInit(
  path: string,
  home: string,
  { PATH }: Readonly<NodeJS.ProcessEnv>,
): Promise<InitEvent | undefined> {
  const stream = ["-p", "--verbose", "--output-format", "stream-json", "--max-turns", "1"];
  let init: InitEvent | undefined;
  await runBriefly({
    path,
    args: [...stream, "--strict-mcp-config", "--plugin-dir", findResource("plugin")],
    cwd: home,
    input: "Say nothing.",
    timeoutMs: patienceMs,
    isEnough: (line) => {
      init = parseStreamLine(line).find((event) => event.type === "init");
      return init !== undefined;
    },
    env: {
      ...(PATH !== undefined && { PATH }),
      HOME: home,
      TMPDIR: home,
      CLAUDE_CONFIG_DIR: join(home, ".claude"),
      ANTHROPIC_API_KEY: "none",
      ANTHROPIC_BASE_URL: "http://127.0.0.1:1",
      CLAUDE_CODE_MAX_RETRIES: "0",
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      DISABLE_TELEMETRY: "1",
      DISABLE_AUTOUPDATER: "1",
    },
  });
  return init;
}
