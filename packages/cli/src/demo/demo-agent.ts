import { join } from "node:path";
import { formatMoment } from "@samocode/core/store";
import { createScriptedApi, createStandIn, type TempProject } from "@samocode/stand-in";
import { findProgram } from "@samocode/process";
import { tryClaude } from "./claude-trial.ts";
import { demoEnvironment } from "./demo-project.ts";
import { writeScript } from "./script.ts";
import { toApiScript, toScenario } from "./scripted-agents.ts";

/** What plays the agents of the demo. */
export interface DemoAgent {
  /** The environment to run sessions in. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** What an agent of the demo is made from. */
export interface DemoAgentOptions {
  readonly project: TempProject;
  /** The Claude CLI: a name to look up on `PATH`, or a path. */
  readonly command: string;
  readonly cancel: AbortSignal;
  /** Told who plays the agents, and why. */
  readonly tell: (line: string) => void;
}

/**
 * Takes the Claude CLI where one is found that works, with a Messages API on loopback that answers by the
 * script; else a stand-in that plays the same script.
 */
export async function createDemoAgent(options: DemoAgentOptions): Promise<DemoAgent> {
  const { project, command, tell } = options;
  const script = writeScript(formatMoment(Date.now()));
  const path = findProgram(command, process.env);
  if (path === undefined) tell(`No Claude CLI found (\`${command}\`).`);
  const real = path === undefined ? undefined : await createRealAgent(path, script, options);
  if (real !== undefined) return real;

  tell("A stand-in for the Claude CLI plays the agents.");
  const folder = join(project.home, "stand-in");
  const standIn = await createStandIn(toScenario(script), { folder });
  return {
    env: demoEnvironment(project, { claudePath: standIn.path }),
    // Runs leave nothing running, and the folder goes with the project.
    close: async () => {},
  };
}

async function createRealAgent(
  path: string,
  script: ReturnType<typeof writeScript>,
  { project, cancel, tell }: DemoAgentOptions,
): Promise<DemoAgent | undefined> {
  tell(`Found a Claude CLI: ${path}`);
  const api = await createScriptedApi(toApiScript(script));
  const env = demoEnvironment(project, { claudePath: path, apiUrl: api.url });
  const trial = await tryClaude(path, project, env, cancel);
  if ("version" in trial && api.requests.length > 0) {
    tell(`Version ${trial.version} works; it plays the agents.`);
    return { env, close: () => api.close() };
  }
  await api.close();
  tell(`It cannot be used: ${"problem" in trial ? trial.problem : "it never called the model"}.`);
  return undefined;
}
