import type { Colors } from "@samocode/session";
import type { Keyboard } from "../terminal/keyboard.ts";
import { createLiveBlock, type TextOutput } from "../terminal/live-block.ts";
import { pressInPrompt, startPrompt, type Question } from "./prompt-state.ts";
import {
  formatEnd,
  formatIntroduction,
  formatNote,
  formatPrompt,
  type End,
} from "./prompt-view.ts";
import type { PromptView } from "./edited-text-view.ts";

/** What came of asking a human: they have decided what they could, want to decide later, or to stop the command. */
export type Asked = "decided" | "later" | "interrupted";

/** Asks the human at a terminal. */
export interface Prompter {
  /** Asks, unless it is cancelled: somebody else was faster. What was typed before is no answer. */
  readonly ask: (question: Question, cancel: AbortSignal) => Promise<End>;
  /** Says something between two prompts. */
  readonly note: (text: string) => void;
  /** Prints a text that was formatted for this width. */
  readonly print: (format: (view: PromptView) => string) => void;
}

/** Where the prompts appear. */
export interface PromptOutput extends TextOutput {
  readonly on?: (event: "resize", listener: () => void) => unknown;
  readonly off?: (event: "resize", listener: () => void) => unknown;
}

/** A terminal that knows it marks the begin and the end of what is pasted. */
const bracketPastes = "\u001B[?2004h";
const bracketNoPastes = "\u001B[?2004l";

/** Makes a prompter. */
export function createPrompter(output: PromptOutput, keyboard: Keyboard, color: Colors): Prompter {
  const view = (): PromptView => ({
    columns: output.columns ?? 80,
    rows: output.rows ?? 24,
    color,
  });
  const print = (lines: readonly string[]): void => {
    output.write(lines.map((line) => `${line}\n`).join(""));
  };
  const show = (question: Question, cancel: AbortSignal): Promise<End> =>
    new Promise((resolve) => {
      const block = createLiveBlock(output, { hasCursor: true });
      let state = startPrompt(question);
      const draw = (): void => block.draw(formatPrompt(question, state, view()));
      const enter = (): void => {
        output.write(bracketPastes);
        print(formatIntroduction(question, view()));
        draw();
      };
      const leave = (): void => {
        block.clear();
        output.write(bracketNoPastes);
      };
      const end = (reply: End): void => {
        stopListening();
        forget();
        output.off?.("resize", draw);
        cancel.removeEventListener("abort", onCancel);
        leave();
        print(formatEnd(question, reply, view()));
        resolve(reply);
      };
      const onCancel = (): void => end({ type: "overtaken" });
      const stopListening = keyboard.listen((key) => {
        const next = pressInPrompt(question, state, key);
        if ("said" in next) return end(next.said);
        ({ state } = next);
        draw();
      });
      const forget = keyboard.add({ enter, leave });
      cancel.addEventListener("abort", onCancel);
      output.on?.("resize", draw);
      enter();
    });
  return {
    async ask(question, cancel) {
      await keyboard.discard();
      return cancel.aborted ? { type: "overtaken" } : await show(question, cancel);
    },
    note: (text) => print(formatNote(text, view())),
    print: (format) => void output.write(format(view())),
  };
}
