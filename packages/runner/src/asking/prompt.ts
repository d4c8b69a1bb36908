import { isCancel, log, select, text } from "@clack/prompts";
import { printableText } from "@samocode/core";

/** What came of asking a person: they have decided what they could, want to decide later, or to stop the run. */
export type Asked = "decided" | "later" | "interrupted";

/** What came of a prompt. */
export type Reply<Value> =
  | { readonly type: "given"; readonly value: Value }
  /** Esc: not now. */
  | { readonly type: "skipped" }
  /** ^C: the whole run is to stop. */
  | { readonly type: "interrupted" }
  /** The prompt was taken away, for somebody else was faster. */
  | { readonly type: "overtaken" };

/** One thing to choose. Text of agents in it is made printable. */
export interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string | undefined;
}

interface PromptOptions {
  readonly message: string;
  readonly cancel: AbortSignal;
}

/** The longest text of a file or an agent in a prompt, in characters. */
const maxText = 2000;

/** Lets the person at the terminal choose one of these. Their cursor starts on `initial`. */
export async function choose<Value extends string>(
  choices: readonly Choice<Value>[],
  { message, cancel, initial }: PromptOptions & { readonly initial?: Value | undefined },
): Promise<Reply<Value>> {
  const options = choices.map(({ value, label, hint }) => ({
    value,
    label: printableText(label, maxText),
    ...(hint !== undefined && hint !== "" && { hint: printableText(hint, maxText) }),
  }));
  return await ask<Value>(cancel, async (signal) =>
    select<string>({
      message: printableText(message, maxText),
      options,
      ...(initial !== undefined && { initialValue: initial }),
      output: process.stderr,
      signal,
    }),
  );
}

/** Lets the person at the terminal write a line; an empty one is not taken. */
export async function write({
  message,
  cancel,
  placeholder = "",
}: PromptOptions & { readonly placeholder?: string }): Promise<Reply<string>> {
  return await ask<string>(cancel, async (signal) =>
    text({
      message: printableText(message, maxText),
      placeholder,
      validate: (words = "") =>
        words.trim() === "" ? "expected some words; Esc goes back" : undefined,
      output: process.stderr,
      signal,
    }),
  );
}

/** Tells the person at the terminal something between two prompts. */
export function tellBetween(message: string): void {
  log.info(printableText(message, maxText), { output: process.stderr });
}

async function ask<Value extends string>(
  cancel: AbortSignal,
  prompt: (signal: AbortSignal) => Promise<string | symbol>,
): Promise<Reply<Value>> {
  if (cancel.aborted) return { type: "overtaken" };
  let isEscape = false;
  // Both Esc and ^C cancel a prompt; only the key itself tells which it was.
  const onKey = (_: string | undefined, key: { readonly name?: string } | undefined): void => {
    isEscape = key?.name === "escape";
  };
  process.stdin.on("keypress", onKey);
  // A prompt that is over would still write a line break when its signal is aborted.
  const stop = new AbortController();
  const onCancel = (): void => stop.abort();
  cancel.addEventListener("abort", onCancel);
  try {
    const value = await prompt(stop.signal);
    if (!isCancel(value)) return { type: "given", value: value as Value };
    if (cancel.aborted) return { type: "overtaken" };
    return { type: isEscape ? "skipped" : "interrupted" };
  } finally {
    process.stdin.off("keypress", onKey);
    cancel.removeEventListener("abort", onCancel);
    // What is left of the terminal must not keep the process alive.
    process.stdin.pause();
  }
}
