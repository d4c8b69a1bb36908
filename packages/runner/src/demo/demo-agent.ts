import { join } from "node:path";
import { formatMoment } from "@samocode/core";
import { createScriptedApi, createStandIn, type TempProject } from "@samocode/testkit";
import { findProgram } from "../program-path.ts";
import { tryClaude } from "./claude-trial.ts";
import { demoEnvironment } from "./demo-project.ts";
import { writeScript } from "./script.ts";
import { toApiScript, toScenario } from "./scripted-agents.ts";

/** What plays the agents of the demo. */
export interface DemoAgent {
  /** The environment to run sessions in. */
  readonly env: Readonly<Record<string, string>>;
  /** Who plays, for people. */
  readonly announcement: string;
  readonly close: () => Promise<void>;
}

/**
 * Takes the Claude CLI where one is found that works, with a Messages API on loopback that answers by the
 * script; else a stand-in that plays the same script.
 *
 * @param command The CLI: a name to look up on `PATH`, or a path.
 */
export async function createDemoAgent(
  project: TempProject,
  command: string,
  cancel: AbortSignal,
): Promise<DemoAgent> {
  const script = writeScript(formatMoment(Date.now()));
  const path = findProgram(command, process.env);
  if (path === undefined) return createStandInAgent(`No Claude CLI was found (\`${command}\`)`);

  const api = await createScriptedApi(toApiScript(script));
  const env = demoEnvironment(project, { claudePath: path, apiUrl: api.url });
  const trial = await tryClaude(path, project, env, cancel);
  if ("version" in trial && api.requests.length > 0) {
    return {
      env,
      announcement: `The agents are the real Claude CLI ${trial.version}, ${path}.`,
      close: api.close,
    };
  }
  await api.close();
  const problem = "problem" in trial ? trial.problem : "it never asked the model";
  return createStandInAgent(`The Claude CLI \`${path}\` cannot be used: ${problem}`);

  async function createStandInAgent(why: string): Promise<DemoAgent> {
    const folder = join(project.home, "stand-in");
    const standIn = await createStandIn(toScenario(script), { folder });
    return {
      env: demoEnvironment(project, { claudePath: standIn.path }),
      announcement: `${why}. A stand-in plays the agents.`,
      // The runner has left nothing running, and the folder goes with the project.
      close: async () => {},
    };
  }
}
