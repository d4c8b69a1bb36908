import {
  createScriptedApi,
  createTempProject,
  installClaude,
  message,
  parsePrompt,
  text,
  toolUse,
  type ApiRequest,
  type Block,
  type ClaudeEdition,
  type ReplyLike,
  type ScriptedApi,
  type TempProject,
  type TempProjectOptions,
} from "@samocode/testkit";
import { findByEnvironment } from "@samocode/process";
import { createRunnerCli, type RunnerCli } from "../../support/runner-cli.ts";
import { usageOf } from "./charge.ts";

/** What the model of one iteration knows from its first message. */
export interface Told {
  /** Path of the session folder. */
  readonly session: string;
  readonly worktree: string;
  readonly iteration: number;
}

/** What the model of one iteration answers, turn by turn; after that it only says that it is done. */
export type Agent = (told: Told, request: ApiRequest) => readonly ReplyLike[];

/** A project, a scripted Messages API, and the built binary with the real Claude CLI on its `CLAUDE_PATH`. */
export interface ClaudeBench extends RunnerCli, AsyncDisposable {
  readonly project: TempProject;
  readonly api: ScriptedApi;
  /** Process ids of agents, and of all that they have started. */
  readonly processes: () => readonly number[];
}

/** How a bench is made. */
export interface ClaudeBenchOptions extends TempProjectOptions {
  /** More variables for the binary. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Which Claude CLI.
   *
   * @default the newest
   */
  readonly edition?: ClaudeEdition;
}

/**
 * Makes a bench. Nothing of this machine's environment reaches the binary; what an answer costs, `chargeOf` tells.
 *
 * @param agents The agent of the first iteration, of the second, and so on; the last one plays all that follow.
 */
export async function createClaudeBench(
  agents: readonly Agent[],
  options: ClaudeBenchOptions = {},
): Promise<ClaudeBench> {
  const claude = await installClaude(options.edition);
  const project = await createTempProject(options);
  const api = await createScriptedApi((request) => {
    const told = readPrompt(request.prompt);
    const agent = agents[told.iteration - 1] ?? agents.at(-1);
    const replies = agent?.(told, request) ?? [];
    const reply = replies[request.turn] ?? text("Done.");
    return "kind" in reply ? reply : message(reply, { usage: usageOf(request.number) });
  });
  const env = {
    ...project.env,
    ANTHROPIC_BASE_URL: api.url,
    CLAUDE_PATH: claude,
    SAMOCODE_RETRY_DELAY: "0.05",
    ...options.env,
  };
  const cli = createRunnerCli(project, env);
  const processes = () => findByEnvironment("SAMOCODE_SESSION", cli.folder());
  return {
    project,
    api,
    processes,
    ...cli,
    async [Symbol.asyncDispose]() {
      // None is left unless a test has failed.
      for (const pid of processes()) process.kill(pid, "SIGKILL");
      await api.close();
      await project.dispose();
    },
  };
}

function readPrompt(prompt: string): Told {
  const { session = "", iteration } = parsePrompt(prompt);
  const worktree = /^Worktree: (.+)$/m.exec(prompt)?.[1] ?? "";
  return { session, worktree, iteration: Number(iteration) };
}

/** A call of the Edit tool; the file must have been read in the same iteration. */
export function edit(path: string, from: string, to: string): Block {
  return toolUse("Edit", { file_path: path, old_string: from, new_string: to });
}

/** A call of the Bash tool. */
export function bash(command: string): Block {
  return toolUse("Bash", { command, description: "Run it" });
}

/** A call of the Write tool. */
export function write(path: string, content: string): Block {
  return toolUse("Write", { file_path: path, content });
}

/** A call of the Read tool. */
export function read(path: string): Block {
  return toolUse("Read", { file_path: path });
}

/** The call of the Write tool that answers for an iteration. */
export function signal(
  { session, iteration }: Told,
  content: Readonly<Record<string, unknown>>,
): Block {
  return write(`${session}/_signal.json`, `${JSON.stringify({ ...content, iteration })}\n`);
}
