import type { MessagePort, Worker } from "node:worker_threads";

/** A side of a thread, as far as calls go. */
type Port = Pick<MessagePort | Worker, "postMessage" | "on">;

type Message =
  | {
      readonly type: "call";
      readonly id: number;
      readonly name: string;
      readonly args: readonly unknown[];
    }
  | { readonly type: "cancel"; readonly id: number }
  | { readonly type: "value"; readonly id: number; readonly value: unknown }
  | { readonly type: "fault"; readonly id: number; readonly fault: Fault };

interface Fault {
  readonly message: string;
  readonly retryAfterMs?: unknown;
}

/** What the other side of a thread may call; the signal tells that it wants the answer no more. */
export type ThreadCalls = Readonly<
  Record<string, (cancel: AbortSignal, ...args: readonly never[]) => unknown>
>;

/** Calls the other side of a thread. */
export interface ThreadCaller {
  /** Rejects with what the other side threw, and when the thread has ended. */
  readonly call: (name: string, args: readonly unknown[], cancel?: AbortSignal) => Promise<unknown>;
  /** Rejects all calls that are under way. */
  readonly end: (reason: Error) => void;
}

/** Connects a side of a thread: it answers the calls of the other side, and makes its own. */
export function connectThread(port: Port, calls: ThreadCalls): ThreadCaller {
  const mine = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (why: Error) => void }
  >();
  const theirs = new Map<number, AbortController>();
  let count = 0;

  const answer = async ({ id, name, args }: Extract<Message, { type: "call" }>): Promise<void> => {
    const control = new AbortController();
    theirs.set(id, control);
    let reply: Message;
    try {
      const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
      if (call === undefined) throw new Error(`cannot call \`${name}\``);
      reply = { type: "value", id, value: await call(control.signal, ...(args as never[])) };
      port.postMessage(reply);
    } catch (error) {
      port.postMessage({ type: "fault", id, fault: toFault(error) } satisfies Message);
    } finally {
      theirs.delete(id);
    }
  };

  port.on("message", (message: Message) => {
    if (message.type === "call") void answer(message);
    else if (message.type === "cancel") theirs.get(message.id)?.abort();
    else {
      const call = mine.get(message.id);
      mine.delete(message.id);
      if (message.type === "value") call?.resolve(message.value);
      else call?.reject(Object.assign(new Error(message.fault.message), message.fault));
    }
  });

  return {
    async call(name, args, cancel) {
      const id = ++count;
      const abort = (): void => port.postMessage({ type: "cancel", id } satisfies Message);
      cancel?.addEventListener("abort", abort);
      try {
        return await new Promise((resolve, reject) => {
          mine.set(id, { resolve, reject });
          port.postMessage({ type: "call", id, name, args } satisfies Message);
        });
      } finally {
        cancel?.removeEventListener("abort", abort);
      }
    },
    end(reason) {
      for (const { reject } of mine.values()) reject(reason);
      mine.clear();
    },
  };
}

function toFault(error: unknown): Fault {
  if (!(error instanceof Error)) return { message: String(error) };
  const retryAfterMs = "retryAfterMs" in error ? error.retryAfterMs : undefined;
  return { message: error.message, ...(typeof retryAfterMs === "number" && { retryAfterMs }) };
}
