import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseOverview } from "@samocode/core/overview";
import { openStore } from "@samocode/core/store";
import { createTempFolder, createTempProject } from "@samocode/testkit";
import { startRunner, type RunEnd, type RunnerProcess } from "./runner-process.ts";
import { readTrace, type SessionTrace } from "./session-trace.ts";

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const binary = here("../../../bin/samocode-run.js");

/** Where files cost no time, so that there is some left for kill points: what is synced and what not is told by the calls. */
const memoryFolder = existsSync("/dev/shm") ? "/dev/shm" : undefined;

/** A fault that a runner suffers at one of its calls. */
export interface Fault {
  /** The name of a call; without it all calls count. */
  readonly call?: string;
  /** Which of these calls, from 1. */
  readonly at: number;
  /** Instead of the call, when it is done, in the middle of its bytes, or an error of the system from there on. */
  readonly mode: "before" | "after" | "half" | "ENOSPC" | "EROFS" | "EACCES";
  /** @default SIGKILL */
  readonly signal?: NodeJS.Signals;
}

/** A call of the binary that changes the disk or starts a process. */
export interface DiskCall {
  /** The function and the path, or the command line. */
  readonly name: string;
  /** Which of the calls of this name it is, from 1. */
  readonly at: number;
  /** Whether it writes bytes, of which a crash can leave a part. */
  readonly torn?: boolean;
}

/** What the binary is called with, and what happens to it meanwhile. */
export interface RunOptions {
  readonly fault?: Fault | undefined;
  /** Where its calls are written down. */
  readonly callLog?: string;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** How far a person came. */
export interface Progress {
  readonly ends: readonly RunEnd[];
  /** The command after which the session rests; nothing if the last one went wrong. */
  readonly after?: number;
}

/** The commands of a person who takes the session from its task to done. */
export const commands = [
  ["run", "login", "--task", "Add JWT login.", "--json"],
  ["answer", "login", "Q1=A"],
  ["run", "login", "--json"],
  ["approve", "login"],
  ["run", "login", "--json"],
  ["resume", "login"],
  ["run", "login", "--json"],
  ["resume", "login"],
  ["run", "login", "--json"],
] as const;

/** The command after which the session waits for this. */
const commandBefore: Readonly<Record<string, number>> = {
  qa_answers: 0,
  plan_approval: 2,
  human_action: 4,
  file_update: 6,
};

/** The number of the command with which the session is done. */
export const lastCommand = commands.length - 1;

/** A project in which one session is played again and again, from its start or from any of its commands on. */
export type CrashBench = Awaited<ReturnType<typeof createCrashBench>>;

/** Makes the project, plays the session once without a fault, and keeps what was there before each command. */
export async function createCrashBench() {
  const project = await createTempProject({
    parent: memoryFolder,
    settings: {
      TEST_COMMAND: "test -f tested && echo '1..1' && echo 'ok 1 - login'",
      OVERVIEW_CHART: "yes",
    },
  });
  // Fourteen examples that would be copied each time.
  await rm(join(project.repo, ".git", "hooks"), { recursive: true, force: true });
  const copies = await createTempFolder("samocode-copies-", memoryFolder);
  const { root } = project;
  const journal = join(root, "journal");
  const env = {
    ...project.env,
    CLAUDE_PATH: here("agent.sh"),
    SAMOCODE_RETRY_DELAY: "0.01",
    CRASH_JOURNAL: journal,
    FAULT_ROOT: root,
  };

  const start = (
    args: readonly string[],
    { fault, callLog, env: more }: RunOptions = {},
  ): RunnerProcess => {
    const preload = (fault ?? callLog) ? ["--require", here("fault-switch.cjs")] : [];
    return startRunner([...preload, binary, ...args], root, {
      ...env,
      ...(callLog !== undefined && { FAULT_LOG: callLog }),
      ...(fault && {
        ...(fault.call !== undefined && { FAULT_CALL: fault.call }),
        FAULT_AT: String(fault.at),
        FAULT_MODE: fault.mode,
        FAULT_SIGNAL: fault.signal ?? "SIGKILL",
      }),
      ...more,
    });
  };
  const run = (args: readonly string[], options?: RunOptions): Promise<RunEnd> =>
    start(args, options).ended;

  const folder = (): string | undefined => {
    const [name] = readdirSync(project.sessions);
    return name === undefined ? undefined : join(project.sessions, name);
  };

  const overview = (): string | undefined => {
    const path = join(folder() ?? "", "_overview.md");
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  };

  /**
   * Goes on as a person does who sees what the session waits for, up to the rest after a command or a later one.
   *
   * @returns how all the calls ended, and after which command the session is now
   */
  const goOn = async (until: number, options: RunOptions = {}): Promise<Progress> => {
    const ends: RunEnd[] = [];
    let command = overview() === undefined ? 0 : 2;
    for (;;) {
      const last = await run(commands[command] ?? [], options);
      ends.push(last);
      const { waitingFor = "" } = parseOverview(overview() ?? noOverview).status;
      const isRun = command % 2 === 0;
      const isWaiting = isRun && last.exitCode === 3;
      const rest = isWaiting ? commandBefore[waitingFor] : undefined;
      if (rest !== undefined) command = rest;
      else if (last.exitCode !== 0 || ends.length > 20) return { ends };
      else if (isRun) command = lastCommand;
      if (command >= until) return { ends, after: command };
      command += 1;
    }
  };

  /** Waits until so many agents have been started, and the last one is there no more. */
  const agentEnd = async (count: number): Promise<void> => {
    const isOver = (): boolean => {
      const text = existsSync(journal) ? readFileSync(journal, "utf8") : "";
      const started = [...text.matchAll(/^start (\d+)/gm)];
      return started.length >= count && !isAlive(Number(started.at(-1)?.[1]));
    };
    while (!isOver()) await sleep(20);
  };

  const keep = (name: string) => cp(root, join(copies.path, name), copyOptions);
  const restore = async (name: string): Promise<void> => {
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
    await cp(join(copies.path, name), root, copyOptions);
  };
  const trace = (): Promise<SessionTrace> => readTrace({ root, folder: folder() ?? "", journal });

  const calls: DiskCall[][] = [];
  const logs = join(copies.path, "calls");
  mkdirSync(logs);
  const ends: RunEnd[] = [];
  const plain: SessionTrace[] = [];
  for (const [index, args] of commands.entries()) {
    await keep(String(index));
    const callLog = join(logs, String(index));
    ends.push(await run(args, { callLog }));
    calls.push(readCallLog(callLog));
    plain.push(await trace());
  }
  const codes = ends.map(({ exitCode }) => exitCode);
  if (codes.join() !== "3,0,3,0,3,0,3,0,0") {
    const told = ends.map(({ stderr }) => stderr).join("\n");
    throw new Error(`cannot play the session: it ended with ${codes.join()}\n${told}`);
  }

  return {
    root,
    start,
    run,
    goOn,
    restore,
    agentEnd,
    folder,
    /** Whether there is an overview, and so a session to go on with. */
    hasSession: () => overview() !== undefined,
    trace,
    /** What the history of the session has. */
    records: () => openStore(folder() ?? "").readHistory().records,
    /** The calls of each command when nothing goes wrong. */
    calls: calls as readonly (readonly DiskCall[])[],
    /** The exit code of each command when nothing goes wrong. */
    codes,
    /** What the session has come to after each command when nothing goes wrong. */
    plain: plain as readonly SessionTrace[],
    async [Symbol.asyncDispose]() {
      await project.dispose();
      await copies.dispose();
    },
  };
}

const noOverview = "## Status\nPhase: investigation\n";

const copyOptions = {
  recursive: true,
  verbatimSymlinks: true,
  preserveTimestamps: true,
} as const;

function isAlive(pid: number): boolean {
  try {
    // What nobody has collected yet is dead.
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** The calls that were written down while the binary ran. */
export function readCallLog(path: string): DiskCall[] {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as DiskCall);
}
