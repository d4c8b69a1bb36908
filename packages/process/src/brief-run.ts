import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { signalGroup } from "./process-group.ts";

/** A program that is asked for a word and is not needed after it. */
export interface BriefRun {
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly cwd?: string;
  /** @default nothing */
  readonly input?: string;
  /** When it is ended, whatever it does. */
  readonly timeoutMs: number;
  /** Ends it before that. */
  readonly cancel?: AbortSignal;
  /** Whether a line of its output was the last one that is needed. @default none is */
  readonly isEnough?: (line: string) => boolean;
}

/** What a program said, as lines, and how it ended: no code where it had to be ended. */
export interface BriefAnswer {
  readonly lines: readonly string[];
  readonly code?: number;
  /** Why it could not be started. */
  readonly failure?: string;
}

/**
 * Runs a program and reads what it says, until that is enough or it ends. It has a group of its own, of which
 * nothing is left: a wrapper script that is ended alone would leave behind what it has started.
 */
export async function runBriefly(run: BriefRun): Promise<BriefAnswer> {
  const { input = "", timeoutMs, cancel, isEnough = () => false } = run;
  const child = start(run);
  if (child instanceof Error) return { lines: [], failure: child.message };
  const lines: string[] = [];
  return new Promise((resolve) => {
    const end = (answer: Omit<BriefAnswer, "lines">): void => {
      clearTimeout(timer);
      cancel?.removeEventListener("abort", stop);
      output.close();
      child.stdout.destroy();
      signalGroup(child.pid, "SIGKILL");
      resolve({ lines, ...answer });
    };
    const stop = (): void => end({});
    const timer = setTimeout(stop, timeoutMs);
    const output = createInterface({ input: child.stdout });
    output.on("line", (line) => {
      lines.push(line);
      if (isEnough(line)) end({});
    });
    child.on("error", ({ message }) => end({ failure: message }));
    child.on("close", (code) => end(code === null ? {} : { code }));
    if (cancel?.aborted === true) stop();
    else cancel?.addEventListener("abort", stop);
    // It may end before it has read what it is given.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/** Node throws some errors of the system, such as that a program is being written, and emits the others. */
function start({
  path,
  args,
  cwd,
  env,
}: BriefRun): ChildProcessByStdio<Writable, Readable, null> | Error {
  try {
    return spawn(path, args, { cwd, env, detached: true, stdio: ["pipe", "pipe", "ignore"] });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
