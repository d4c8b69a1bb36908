import { MessageChannel } from "node:worker_threads";
import { afterEach, expect, it } from "vitest";
import { connectThread, type ThreadCalls } from "../src/thread-call.ts";

const opened: MessageChannel[] = [];
afterEach(() => {
  for (const { port1, port2 } of opened.splice(0)) {
    port1.close();
    port2.close();
  }
});

/** Two sides: the caller, and one that answers with these calls. */
function connect(calls: ThreadCalls) {
  const channel = new MessageChannel();
  opened.push(channel);
  connectThread(channel.port2, calls);
  return { caller: connectThread(channel.port1, {}), port: channel.port2 };
}

it("hands arguments over and the value back, each call its own", async () => {
  const { caller } = connect({
    add: (_cancel, one: number, other: number) => one + other,
    later: async (_cancel, text: string) => `${text}!`,
  });
  const answers = [
    caller.call("add", [1, 2]),
    caller.call("later", ["x"]),
    caller.call("add", [3, 4]),
  ];
  expect(await Promise.all(answers)).toEqual([3, "x!", 7]);
});

it("rejects with what the other side threw", async () => {
  const { caller } = connect({
    error: () => {
      throw new Error("no such chat");
    },
    retry: () => {
      throw Object.assign(new Error("slow down"), { retryAfterMs: 500, more: 1 });
    },
    odd: () => {
      throw Object.assign(new Error("slow down"), { retryAfterMs: "soon" });
    },
    word: async () => Promise.reject("just a word"),
    closed: () => () => {},
  });
  await expect(caller.call("error", [])).rejects.toThrow(/^no such chat$/);
  const fault: unknown = await caller.call("retry", []).catch((error: unknown) => error);
  expect(fault).toMatchObject({ message: "slow down", retryAfterMs: 500 });
  expect(fault).not.toHaveProperty("more");
  const odd: unknown = await caller.call("odd", []).catch((error: unknown) => error);
  expect(odd).not.toHaveProperty("retryAfterMs");
  await expect(caller.call("word", [])).rejects.toThrow(/^just a word$/);
  // What cannot be handed over is a fault as well, and no call that is never answered.
  await expect(caller.call("closed", [])).rejects.toThrow(/could not be cloned/);
});

it.each(["missing", "toString", "constructor"])(
  "cannot call `%s`, which is not served",
  async (name) => {
    const { caller } = connect({});
    await expect(caller.call(name, [])).rejects.toThrow(`cannot call \`${name}\``);
  },
);

it("tells the other side that an answer is wanted no more, and that one alone", async () => {
  const cancelled: string[] = [];
  const { caller } = connect({
    wait: async (cancel, name: string) =>
      new Promise((resolve) => {
        cancel.addEventListener("abort", () => {
          cancelled.push(name);
          resolve(name);
        });
      }),
  });
  const first = new AbortController();
  const second = new AbortController();
  const one = caller.call("wait", ["one"], first.signal);
  const other = caller.call("wait", ["other"], second.signal);
  second.abort();
  expect(await other).toBe("other");
  expect(cancelled).toEqual(["other"]);
  first.abort();
  expect(await one).toBe("one");
  expect(cancelled).toEqual(["other", "one"]);
});

it("sends no cancellation after the answer", async () => {
  const { caller, port } = connect({ now: () => 1 });
  const types: string[] = [];
  port.on("message", ({ type }: { type: string }) => types.push(type));
  const control = new AbortController();
  expect(await caller.call("now", [], control.signal)).toBe(1);
  control.abort();
  await caller.call("now", []);
  expect(types).toEqual(["call", "call"]);
});

it("rejects all that is under way when it ends, and takes no late answer", async () => {
  let answer: (() => void) | undefined;
  const { caller } = connect({
    slow: async () => new Promise<void>((resolve) => (answer = resolve)),
    quick: () => "here",
  });
  const calls = [caller.call("slow", []), caller.call("slow", [])];
  const rejected = Promise.all(calls.map(async (call) => expect(call).rejects.toThrow("it ended")));
  await caller.call("quick", []);
  caller.end(new Error("it ended"));
  await rejected;
  answer?.();
  expect(await caller.call("quick", [])).toBe("here");
});
