import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { Decision, type Channel, type Desk } from "@samocode/core";
import { z } from "zod";
import { connectThread, type ThreadCaller } from "./thread-call.ts";

export interface ModuleChannelOptions {
  /** The module, as a `file:` address. */
  readonly url: string;
  readonly env: NodeJS.ProcessEnv;
  /** Gets what the module prints: stdout is for results. */
  readonly print: (text: string) => void;
  /** Ends the thread, for good. */
  readonly end: AbortSignal;
  /**
   * The program of the thread, a JavaScript file.
   * @default the one that comes with the package
   */
  readonly script?: string;
}

const Facts = z.object({
  listens: z.boolean(),
  listensAs: z.string().optional(),
  audience: z.string().optional(),
});

interface Thread {
  readonly caller: ThreadCaller;
  readonly worker: Worker;
  readonly facts: z.infer<typeof Facts>;
}

/** How long a call may still take when it is told to end, in ms. */
const graceMs = 1000;

/** How long a module may take to load, in ms. */
const loadLimitMs = 15_000;

/**
 * Loads a channel that is a module into a thread of its own. Whatever it does there (throw, hang, end the process)
 * a session goes on; a thread that has ended is started again for the next notice.
 *
 * @throws {Error} When the module cannot be loaded or is no channel.
 */
export async function loadModuleChannel(options: ModuleChannelOptions): Promise<Channel> {
  let desk: Desk | undefined;
  const first = await startThread(options, () => desk);
  let current: Promise<Thread> | undefined = Promise.resolve(first);
  const watch = (thread: Thread): Thread => {
    for (const end of ["error", "exit"]) thread.worker.once(end, () => (current = undefined));
    return thread;
  };
  watch(first);
  const thread = async (): Promise<Thread> => {
    current ??= startThread(options, () => desk).then(watch);
    current.catch(() => (current = undefined));
    return current;
  };
  /** One that does not end when it is told to is ended: it may be in a loop. */
  const callIn = async (name: string, args: readonly unknown[], cancel: AbortSignal) => {
    const { caller, worker } = await thread();
    cancel.throwIfAborted();
    let late: NodeJS.Timeout | undefined;
    const endLate = (): void => {
      late = setTimeout(() => void worker.terminate(), graceMs);
    };
    cancel.addEventListener("abort", endLate);
    try {
      await caller.call(name, args, cancel);
    } finally {
      clearTimeout(late);
      cancel.removeEventListener("abort", endLate);
    }
  };
  const { listens, listensAs, audience } = first.facts;
  return {
    tell: async (notice, cancel) => callIn("tell", [notice], cancel),
    ...(listens && {
      listen: async (served: Desk, cancel: AbortSignal) => {
        desk = served;
        await callIn("listen", [], cancel);
      },
    }),
    ...(listensAs !== undefined && { listensAs }),
    ...(audience !== undefined && { audience }),
  };
}

async function startThread(
  { url, env, print, end, script = ownScript() }: ModuleChannelOptions,
  desk: () => Desk | undefined,
): Promise<Thread> {
  end.throwIfAborted();
  const worker = new Worker(script, { env: { ...env }, stdout: true, stderr: true });
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.on("data", (text: Buffer) => print(text.toString("utf8")));
  }
  const caller = connectThread(worker, {
    desk: async (_cancel, audience: string | undefined, name: string, arg: unknown) =>
      serve(desk(), audience, name, arg),
  });
  worker.on("error", (error) => caller.end(new Error(`it failed: ${String(error)}`)));
  const terminate = (): void => void worker.terminate();
  end.addEventListener("abort", terminate);
  worker.once("exit", () => end.removeEventListener("abort", terminate));
  worker.on("exit", () => caller.end(new Error("its thread exited")));
  const limit = setTimeout(() => {
    caller.end(new Error(`it did not load within ${loadLimitMs / 1000} s`));
    void worker.terminate();
  }, loadLimitMs);
  try {
    return { caller, worker, facts: Facts.parse(await caller.call("load", [url])) };
  } catch (error) {
    await worker.terminate();
    throw error;
  } finally {
    clearTimeout(limit);
  }
}

/** What a module asks the desk. Only what a desk offers can be asked. */
async function serve(
  own: Desk | undefined,
  audience: string | undefined,
  name: string,
  arg: unknown,
): Promise<unknown> {
  const desk = audience === undefined ? own : await own?.of(audience);
  switch (name) {
    case "decide":
      return desk?.decide(Decision.parse(arg));
    case "find":
      return desk?.find(String(arg));
    case "list":
      return desk?.list();
    case "of":
      return (await desk?.of(String(arg))) !== undefined;
    case "caughtUp":
      return desk?.caughtUp();
    case "warn":
      return desk?.warn(String(arg));
    default:
      throw new Error(`a desk has no \`${name}\``);
  }
}

/** It lies beside this file when both are built, and when both are bundled. */
function ownScript(): string {
  return fileURLToPath(new URL("channel-thread.js", import.meta.url));
}
