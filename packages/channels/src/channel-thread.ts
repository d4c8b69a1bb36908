// The thread of a channel that is somebody's module: what goes wrong in it ends this thread and no session.
import { parentPort } from "node:worker_threads";
import type { Channel, Decision, Desk, Notice } from "@samocode/core";
import { connectThread } from "./thread-call.ts";

if (parentPort === null) throw new Error("this file is loaded by samocode-run, in a thread");

let channel: Channel | undefined;

const { call } = connectThread(parentPort, {
  /** Loads the module and says what it can do. */
  load: async (_cancel, url: string) => {
    const loaded = (await import(url)) as unknown;
    channel = asChannel(loaded) ?? asChannel(Reflect.get(Object(loaded), "default"));
    if (channel === undefined) throw new Error("it exports no function `tell`");
    const { listen, listensAs, audience } = channel;
    return { listens: typeof listen === "function", listensAs, audience };
  },
  tell: async (cancel, notice: Notice) => {
    await channel?.tell(notice, cancel);
  },
  listen: async (cancel) => {
    await channel?.listen?.(deskOf(), cancel);
  },
});

/** The desk, as the thread that carries decisions in serves it. */
function deskOf(audience?: string): Desk {
  const ask = async (name: string, ...args: unknown[]) => call("desk", [audience, name, ...args]);
  return {
    decide: async (decision: Decision) => ask("decide", decision) as ReturnType<Desk["decide"]>,
    find: async (session) => ask("find", session) as ReturnType<Desk["find"]>,
    list: async () => ask("list") as ReturnType<Desk["list"]>,
    of: async (other) => ((await ask("of", other)) === true ? deskOf(other) : undefined),
    caughtUp: () => void ask("caughtUp"),
    warn: (text) => void ask("warn", text),
  };
}

function asChannel(value: unknown): Channel | undefined {
  const tell: unknown = Reflect.get(Object(value), "tell");
  return typeof tell === "function" ? (value as Channel) : undefined;
}
