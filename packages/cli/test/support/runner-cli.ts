import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseOverview, type OverviewStatus } from "@samocode/core/overview";
import { parseHistory, type HistoryRecord } from "@samocode/core/store";
import {
  createStandIn,
  createTempProject,
  type Scenario,
  type StandIn,
  type Step,
  type TempProject,
  type TempProjectOptions,
} from "@samocode/testkit";
import { execa } from "execa";

const binary = fileURLToPath(new URL("../../bin/samocode-run.js", import.meta.url));

/** How the binary ended. */
export interface RunnerResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built binary, to call in a project. */
export interface RunnerCli {
  /** Calls the binary and waits for its end. */
  readonly run: (...args: string[]) => Promise<RunnerResult>;
  /** Calls the binary and does not wait. */
  readonly start: (...args: string[]) => ReturnType<typeof startRunner>;
  /** The folder of the only session. */
  readonly folder: () => string;
  readonly file: (name: string) => string;
  readonly status: () => OverviewStatus;
  readonly records: () => readonly HistoryRecord[];
}

/** A temporary project with a stand-in for the CLI, and the built binary to call in it. */
export interface Bench extends RunnerCli, AsyncDisposable {
  /** The environment in which the binary is called. */
  readonly env: Readonly<Record<string, string>>;
  readonly project: TempProject;
  readonly claude: StandIn;
}

/** Makes a bench. Nothing of this machine's environment reaches the binary. */
export async function createBench(
  scenario: Scenario,
  options: TempProjectOptions & { readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Bench> {
  const project = await createTempProject(options);
  const claude = await createStandIn(scenario);
  const env = {
    ...project.env,
    CLAUDE_PATH: claude.path,
    SAMOCODE_RETRY_DELAY: "0.05",
    ...options.env,
  };
  return {
    project,
    claude,
    env,
    ...createRunnerCli(project, env),
    async [Symbol.asyncDispose]() {
      await claude.dispose();
      await project.dispose();
    },
  };
}

/** Makes the binary ready to be called at the root of a project, with exactly this environment. */
export function createRunnerCli(
  { root, sessions }: TempProject,
  env: Readonly<Record<string, string>>,
  program = binary,
): RunnerCli {
  const start = (...args: string[]) => startRunner([program, ...args], root, env);
  const folder = (): string => join(sessions, readdirSync(sessions)[0] ?? "");
  const file = (name: string): string => readFileSync(join(folder(), name), "utf8");
  return {
    start,
    run: async (...args) => {
      const { exitCode, stdout, stderr } = await start(...args);
      return { exitCode, stdout, stderr };
    },
    folder,
    file,
    status: () => parseOverview(file("_overview.md")).status,
    records: () => parseHistory(file("_signal_history.jsonl")).records,
  };
}

function startRunner(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>) {
  return execa(process.execPath, args, {
    cwd,
    env,
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    timeout: 240_000,
  });
}

/** The step that ends an iteration: the signal, with the number of the running iteration. */
export function signal(content: Readonly<Record<string, unknown>>): Step {
  return {
    do: "write",
    path: "{session}/_signal.json",
    content: { ...content, iteration: "{iteration}" },
  };
}

/** A question as an agent asks it. */
const question = `### Q1: Where do tokens live?
A) httpOnly cookie
B) localStorage
**Suggestion:** A - not readable by scripts
**Answer:** _waiting_
`;

/** What an agent of each phase does in a session that goes well. */
export const steps = {
  ask: [
    { do: "say", text: "I look around." },
    { do: "write", path: "{session}/_qa.md", content: question },
    signal({ status: "waiting", phase: "investigation", for: "qa_answers" }),
  ],
  investigate: [signal({ status: "continue", phase: "planning" })],
  plan: [
    { do: "write", path: "{session}/01-15-14:50-plan-jwt.md", content: "# Plan\n- [ ] do it\n" },
    signal({ status: "waiting", phase: "planning", for: "plan_approval" }),
  ],
  implement: [
    { do: "write", path: "login.txt", content: "jwt\n" },
    { do: "commit", message: "Add login" },
    signal({ status: "continue", phase: "testing" }),
  ],
  test: [signal({ status: "continue", phase: "quality" })],
  clean: [signal({ status: "continue", phase: "done" })],
  sum: [signal({ status: "done", phase: "done", summary: "JWT login, 14 tests" })],
} satisfies Record<string, readonly Step[]>;

/** What the CLI prints when a limit of the subscription is hit that ends at this moment. */
export const limitedUntil = (resetsAt: number): Step[] => [
  {
    do: "print",
    line: {
      type: "rate_limit_event",
      rate_limit_info: {
        status: "rejected",
        resetsAt: Math.round(resetsAt / 1000),
        rateLimitType: "five_hour",
      },
    },
  },
  {
    do: "result",
    with: {
      is_error: true,
      api_error_status: 429,
      result: "You've hit your session limit · resets 7:24pm (UTC)",
    },
  },
  { do: "exit", code: 1 },
];
