import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Key } from "../../src/terminal/key.ts";
import { openKeyboard, type Keyboard, type KeyInput } from "../../src/terminal/keyboard.ts";

/** A terminal that is typed at by a test, and writes down what becomes of it. */
class TestInput extends EventEmitter implements KeyInput {
  readonly seen: string[] = [];
  setRawMode(isRaw: boolean): void {
    this.seen.push(isRaw ? "raw" : "cooked");
  }
  resume(): void {
    this.seen.push("resume");
  }
  pause(): void {
    this.seen.push("pause");
  }
  type(text: string | Buffer): void {
    this.emit("data", Buffer.from(text));
  }
}

let input: TestInput;
let keyboard: Keyboard | undefined;
let isInFront: boolean;
let sent: string[];
const open = (): Keyboard =>
  (keyboard = openKeyboard(input, {
    signalJob: (signal) => void sent.push(signal),
    isForeground: () => isInFront,
  }));

beforeEach(() => {
  input = new TestInput();
  isInFront = true;
  sent = [];
});
afterEach(() => keyboard?.close());

/** Long enough for whatever waits for a pause. */
const pause = () => sleep(120);
const words = (keys: readonly Key[]): string =>
  keys.map((key) => ("text" in key ? `${key.type}:${key.text}` : key.type)).join(" ");

describe("what is typed", () => {
  it("goes to the one who listens, and from then on to nobody", async () => {
    const keys: Key[] = [];
    const stop = open().listen((key) => void keys.push(key));
    input.type("a");
    input.type("\u001B[A");
    expect(words(keys)).toBe("text:a up");
    input.type("\r");
    expect(words(keys)).toBe("text:a up");
    await expect.poll(() => words(keys)).toBe("text:a up enter");
    input.type("\u0003");
    expect(words(keys)).toBe("text:a up enter interrupt");
    stop();
    input.type("b\u0003");
    expect(words(keys)).toBe("text:a up enter interrupt");
  });

  it("may be a character that comes in pieces", () => {
    const keys: Key[] = [];
    open().listen((key) => void keys.push(key));
    const bytes = Buffer.from("漢");
    input.type(bytes.subarray(0, 1));
    input.type(bytes.subarray(1));
    expect(words(keys)).toBe("text:漢");
  });

  it("is one paste if it comes without a pause", async () => {
    const keys: Key[] = [];
    open().listen((key) => void keys.push(key));
    input.type("one\r");
    input.type("two\r");
    await pause();
    expect(words(keys)).toBe("paste:\ntwo\n".replace("paste:", "text:one paste:"));
    input.type("\r");
    await expect.poll(() => keys.at(-1)?.type).toBe("enter");
  });

  it("reaches one listener only, the last one", () => {
    const [first, second]: [Key[], Key[]] = [[], []];
    const { listen } = open();
    const stop = listen((key) => void first.push(key));
    listen((key) => void second.push(key));
    stop();
    input.type("a");
    expect([words(first), words(second)]).toEqual(["", "text:a"]);
  });

  it("is thrown away until nothing more comes", async () => {
    const { discard, listen } = open();
    let isOver = false;
    const discarded = discard().then(() => (isOver = true));
    input.type("no\r");
    await sleep(40);
    input.type("\u001B[B\u001B[");
    await sleep(40);
    expect(isOver).toBe(false);
    await discarded;
    const keys: Key[] = [];
    listen((key) => void keys.push(key));
    input.type("B");
    await pause();
    expect(words(keys)).toBe("text:B");
  });

  it("is, while nobody listens, nothing but the signals of a terminal", async () => {
    open();
    input.type("no\r\u001B[A");
    await pause();
    expect(sent).toEqual([]);
    input.type("\u0003");
    expect(sent).toEqual(["SIGINT"]);
  });
});

describe("the terminal", () => {
  it("is read in raw mode until it is closed", () => {
    const { close } = open();
    expect(input.seen).toEqual(["raw", "resume"]);
    close();
    expect(input.seen).toEqual(["raw", "resume", "pause", "cooked"]);
    close();
    expect(input.seen).toHaveLength(4);
    expect(input.listenerCount("data")).toBe(0);
  });

  it("may go away", () => {
    const { close } = open();
    input.emit("error", new Error("EIO"));
    close();
    expect(input.emit("error", new Error("EIO"))).toBe(true);
  });

  it("is left alone by a command in the background, until it comes to the foreground", async () => {
    isInFront = false;
    open();
    expect(input.seen).toEqual([]);
    isInFront = true;
    await expect.poll(() => input.seen).toEqual(["raw", "resume"]);
  });

  it("is taken by who asks, as only that stops a command in the background", () => {
    isInFront = false;
    open().listen(() => {});
    expect(input.seen).toEqual(["raw", "resume"]);
  });

  it("is left when the process exits", () => {
    const drawn: string[] = [];
    open().add({ leave: () => void drawn.push("leave"), enter: () => void drawn.push("enter") });
    const listeners = process.listeners("exit");
    listeners.at(-1)?.(0);
    expect(drawn).toEqual(["leave"]);
    expect(input.seen.at(-1)).toBe("cooked");
    keyboard?.close();
    expect(process.listeners("exit")).toHaveLength(listeners.length - 1);
  });
});

describe.each([
  ["^Z", "\u001A", "SIGTSTP"],
  ["^\\", "\u001C", "SIGQUIT"],
] as const)("%s", (_, typed, signal) => {
  const drawn: string[] = [];
  const drawing = {
    leave: () => void drawn.push(`leave ${input.seen.at(-1)}`),
    enter: () => void drawn.push(`enter ${input.seen.at(-1)}`),
  };
  beforeEach(() => drawn.splice(0));

  it("leaves the terminal as it was, sends the signal, and draws again afterwards", async () => {
    const handlers = process.listenerCount(signal);
    const opened = open();
    const keys: Key[] = [];
    opened.add(drawing);
    opened.listen((key) => void keys.push(key));
    input.type(typed);
    expect(drawn).toEqual(["leave resume"]);
    expect(input.seen.slice(2)).toEqual(["pause", "cooked"]);
    expect(sent).toEqual([signal]);
    // The default of the system, so that it stops.
    expect(process.listenerCount(signal)).toBe(handlers);
    await expect.poll(() => drawn).toEqual(["leave resume", "enter resume"]);
    expect(process.listenerCount(signal)).toBe(handlers + 1);
    expect(input.seen.slice(4)).toEqual(["raw", "resume"]);
    input.type("a");
    expect(words(keys)).toBe("text:a");
    opened.close();
    expect(process.listenerCount(signal)).toBe(handlers);
  });

  it("does the same as a signal from outside", async () => {
    open().add(drawing);
    process.emit(signal, signal);
    expect(sent).toEqual([signal]);
    await expect.poll(() => drawn).toHaveLength(2);
  });

  it("draws once, whether it is told that it continues or sees it", async () => {
    const handlers = process.listenerCount(signal);
    open().add(drawing);
    input.type(typed);
    process.emit("SIGCONT", "SIGCONT");
    expect(drawn).toEqual(["leave resume", "enter resume"]);
    await pause();
    expect(drawn).toHaveLength(2);
    expect(process.listenerCount(signal)).toBe(handlers + 1);
  });

  it("forgets who draws no more, and what comes after the end", async () => {
    const opened = open();
    opened.add(drawing)();
    input.type(typed);
    opened.close();
    await pause();
    expect(drawn).toEqual([]);
    expect(input.seen.at(-1)).toBe("cooked");
  });
});

it("draws again when it was stopped without a warning, as the shell has changed the terminal", () => {
  const drawn: string[] = [];
  open().add({ leave: () => void drawn.push("leave"), enter: () => void drawn.push("enter") });
  process.emit("SIGCONT", "SIGCONT");
  expect(drawn).toEqual(["leave", "enter"]);
  expect(input.seen).toEqual(["raw", "resume", "pause", "cooked", "raw", "resume"]);
});
