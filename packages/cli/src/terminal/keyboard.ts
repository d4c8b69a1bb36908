import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { StringDecoder } from "node:string_decoder";
import { isForeground } from "./foreground.ts";
import {
  emptyKeyStream,
  feedKeys,
  settleKeys,
  type DecodedKeys,
  type Key,
  type KeyStream,
} from "./key.ts";

/** What draws on a terminal and has to make room while the command is suspended. */
export interface Drawing {
  /** Leaves the terminal as it was found. */
  readonly leave: () => void;
  /** Draws everything again. */
  readonly enter: () => void;
}

/** The keys of a terminal. What is typed is not echoed, and thrown away unless somebody listens. */
export interface Keyboard {
  /** Gives every key to this listener, but ^Z and ^\; the result ends that. */
  readonly listen: (listener: (key: Key) => void) => () => void;
  /** Throws away what has been typed, until nothing more comes for a moment. */
  readonly discard: () => Promise<void>;
  /** Adds something that draws; the result takes it away. */
  readonly add: (drawing: Drawing) => () => void;
  /** Leaves the terminal as it was. */
  readonly close: () => void;
}

/** The terminal that is read. */
export interface KeyInput {
  readonly setRawMode: (isRaw: boolean) => unknown;
  readonly on: (event: "data" | "error", listener: (data: Buffer) => void) => unknown;
  readonly off: (event: "data", listener: (data: Buffer) => void) => unknown;
  readonly resume: () => unknown;
  readonly pause: () => unknown;
}

export interface KeyboardOptions {
  /** Sends a kill signal to the whole job, as the terminal does for ^C, ^Z and ^\. */
  readonly signalJob?: (signal: NodeJS.Signals) => void;
  readonly isForeground?: () => boolean;
}

/** A text that is pasted comes in pieces with less than this between them; a human's keys do not. In ms. */
const pasteGapMs = 30;

/** How long nothing must come before what was typed ahead is gone, in ms. */
const quietMs = 60;

/** How often a command in the background looks whether it has come to the foreground, in ms. */
const lookMs = 1000;

type SuspendSignal = "SIGTSTP" | "SIGQUIT";

/**
 * Takes the keys of a terminal. In raw mode ^C, ^Z and ^\ are mere characters: they are sent on as the signals that
 * they stand for, and while the command is suspended the terminal is as it was.
 */
export function openKeyboard(input: KeyInput, options: KeyboardOptions = {}): Keyboard {
  const { signalJob = sendToJob, isForeground: isInFront = isForeground } = options;
  const drawings = new Set<Drawing>();
  let listener: ((key: Key) => void) | undefined;
  let stream: KeyStream = emptyKeyStream;
  let pieces = 0;
  let isOpen = false;
  let suspended: { readonly signal: SuspendSignal; readonly timer: NodeJS.Timeout } | undefined;
  let decoder = new StringDecoder("utf8");

  const takeDecoded = (decoded: DecodedKeys): void => {
    ({ stream } = decoded);
    for (const key of decoded.keys) press(key);
  };
  const press = (key: Key): void => {
    if (key.type === "suspend") suspend("SIGTSTP");
    else if (key.type === "quit") suspend("SIGQUIT");
    else if (listener !== undefined) listener(key);
    else if (key.type === "interrupt") signalJob("SIGINT");
  };
  const onData = (data: Buffer): void => {
    pieces += 1;
    takeDecoded(feedKeys(stream, decoder.write(data)));
    void settle(pieces);
  };
  const settle = async (after: number): Promise<void> => {
    await sleep(pasteGapMs, undefined, { ref: false });
    // What has come meanwhile to a busy process is read after the timers.
    await nextTurn();
    if (after === pieces) takeDecoded(settleKeys(stream));
  };

  const open = (): void => {
    // Who is asked in the background is stopped by the kernel, as with every program; `fg` shows the question.
    if (isOpen || (listener === undefined && !isInFront())) return;
    isOpen = true;
    input.setRawMode(true);
    input.on("data", onData);
    input.resume();
  };
  const shut = (): void => {
    if (!isOpen) return;
    isOpen = false;
    input.off("data", onData);
    input.pause();
    input.setRawMode(false);
    stream = emptyKeyStream;
    decoder = new StringDecoder("utf8");
  };
  const leave = (): void => {
    for (const drawing of drawings) drawing.leave();
    shut();
  };
  const suspend = (signal: SuspendSignal): void => {
    leave();
    process.off(signal, onSignal);
    // If nobody could send a `fg`, the system ignores the signal, and nothing continues.
    suspended = { signal, timer: setTimeout(enter, quietMs) };
    signalJob(signal);
  };
  const enter = (): void => {
    // It was stopped without a warning: what the shell has written is below what was drawn.
    if (suspended === undefined) leave();
    else {
      clearTimeout(suspended.timer);
      process.on(suspended.signal, onSignal);
      suspended = undefined;
    }
    open();
    for (const drawing of drawings) drawing.enter();
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    if (signal === "SIGTSTP" || signal === "SIGQUIT") suspend(signal);
  };

  const looking = setInterval(open, lookMs).unref();
  // A terminal that has gone away is no fault of ours.
  input.on("error", () => {});
  process.on("SIGTSTP", onSignal).on("SIGQUIT", onSignal).on("SIGCONT", enter).on("exit", leave);
  open();
  return {
    listen(next) {
      listener = next;
      open();
      return () => {
        if (listener === next) listener = undefined;
      };
    },
    async discard() {
      for (let seen = -1; seen !== pieces;) {
        seen = pieces;
        await sleep(quietMs);
        await nextTurn();
      }
      stream = emptyKeyStream;
    },
    add(drawing) {
      drawings.add(drawing);
      return () => void drawings.delete(drawing);
    },
    close() {
      clearInterval(looking);
      clearTimeout(suspended?.timer);
      process.off("SIGTSTP", onSignal).off("SIGQUIT", onSignal).off("SIGCONT", enter);
      process.off("exit", leave);
      shut();
    },
  };
}

function sendToJob(signal: NodeJS.Signals): void {
  process.kill(0, signal);
}
