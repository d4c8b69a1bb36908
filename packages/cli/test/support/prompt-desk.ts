import type { Store } from "@samocode/core/store";
import picocolors from "picocolors";
import { expect } from "vitest";
import { createPrompter, type Asked, type Prompter } from "../../src/asking/prompter.ts";
import { emptyKeyStream, feedKeys, settleKeys, type Key } from "../../src/terminal/key.ts";
import type { Drawing, Keyboard } from "../../src/terminal/keyboard.ts";
import {
  createSessionsFolder,
  type SessionsFolder,
  type TestSession,
} from "../../../session/test/support/waiting-session.ts";

/** Prompts on a terminal that a test types at: each text is what comes at once. */
interface Desk {
  readonly type: (text: string) => void;
  /** Whether a prompt takes keys. */
  readonly isListening: () => boolean;
  /** What was printed, without what a terminal does with it. */
  readonly shown: () => string;
  readonly written: () => string;
  readonly drawings: Set<Drawing>;
  readonly resize: (columns: number) => void;
  readonly discarded: () => number;
  readonly prompter: Prompter;
}

function createDesk(): Desk {
  let listener: ((key: Key) => void) | undefined;
  let output = "";
  let discarded = 0;
  const resized = new Set<() => void>();
  const drawings = new Set<Drawing>();
  const terminal = { columns: 80, rows: 24 };
  const keyboard: Keyboard = {
    listen(next) {
      listener = next;
      return () => (listener = undefined);
    },
    discard: async () => void (discarded += 1),
    add(drawing) {
      drawings.add(drawing);
      return () => void drawings.delete(drawing);
    },
    close() {},
  };
  const write = (text: string) => void (output += text);
  const on = (event: string, listen: () => void) => event === "resize" && resized.add(listen);
  const off = (event: string, listen: () => void) => event === "resize" && resized.delete(listen);
  const prompter = createPrompter(
    Object.assign(terminal, { write, on, off }),
    keyboard,
    picocolors.createColors(false),
  );
  return {
    prompter,
    drawings,
    discarded: () => discarded,
    written: () => output,
    // oxlint-disable-next-line no-control-regex -- what only moves the cursor
    shown: () => output.replaceAll(/\u001B\[[0-9;?]*[A-Za-z]/g, ""),
    resize(columns) {
      terminal.columns = columns;
      for (const listen of resized) listen();
    },
    isListening: () => listener !== undefined,
    type(text) {
      const fed = feedKeys(emptyKeyStream, text);
      for (const key of [...fed.keys, ...settleKeys(fed.stream).keys]) listener?.(key);
    },
  };
}

/** A desk, and a folder of sessions to ask about. */
export interface PromptBench extends AsyncDisposable {
  readonly desk: Desk;
  readonly folder: SessionsFolder;
  readonly cancel: AbortController;
}

export async function createPromptBench(): Promise<PromptBench> {
  const folder = await createSessionsFolder();
  const cancel = new AbortController();
  return {
    desk: createDesk(),
    folder,
    cancel,
    async [Symbol.asyncDispose]() {
      cancel.abort();
      await folder[Symbol.asyncDispose]();
    },
  };
}

export type Ask = (store: Store, prompter: Prompter, cancel: AbortSignal) => Promise<Asked>;
export const down = "\u001B[B";
export const paste = (text: string): string => `\u001B[200~${text}\u001B[201~`;

/** What came of a prompt: how it ended, if it has, the answers, and what was decided with which words. */
export interface Outcome {
  readonly asked?: Asked;
  readonly answers?: readonly string[];
  readonly decided?: string;
}

/** Starts to ask, types these texts one after the other, or does something else, and says what has come of it. */
export async function play(
  { desk, cancel }: Pick<PromptBench, "desk" | "cancel">,
  session: TestSession,
  ask: Ask,
  typed: readonly (string | (() => void))[],
): Promise<Outcome> {
  let asked: Asked | undefined;
  void ask(session.store, desk.prompter, cancel.signal).then((reply) => (asked = reply));
  // It listens, goes on to the next prompt, or has ended.
  const settled = () => expect.poll(() => asked !== undefined || desk.isListening()).toBe(true);
  for (const text of typed) {
    await settled();
    if (typeof text === "string") desk.type(text);
    else text();
  }
  await settled();
  const answers = [
    ...(session.store.readQuestions() ?? "").matchAll(/\*\*Answer:\*\*((?:.|\n> )*)/g),
  ].map(([, answer = ""]) => answer.replaceAll("\n>", "").trim());
  const last = session.records().findLast(({ event }) => /approve|reject|resume/.test(event ?? ""));
  const { feedback, note = feedback } = last ?? {};
  return {
    ...(asked !== undefined && { asked }),
    ...(answers.length > 0 && { answers }),
    ...(last !== undefined && {
      decided: typeof note === "string" ? `${last.event}: ${note}` : `${last.event}`,
    }),
  };
}
