import type { Key } from "../terminal/key.ts";
import { editText, pressInText, type EditedText } from "./line-editor.ts";

/** One thing to choose. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** The key that selects it, in upper case, beside the number of its place. */
  readonly letter?: string | undefined;
  /** What the human is asked for if this is chosen: it takes a text. @default it takes none */
  readonly asks?: string | undefined;
}

/** What a person is asked: to choose, to write, or both. */
export interface Question {
  readonly message: string;
  /** Shown below the message. */
  readonly detail?: string | undefined;
  /** Empty if a text is all that can be given. */
  readonly choices: readonly Choice[];
  /** The value on which the selection starts. @default the first one */
  readonly initial?: string | undefined;
  /** The text to begin with as soon as the person writes. */
  readonly draft?: string | undefined;
}

/** What a person has said to a prompt. */
export type Said =
  | { readonly type: "chosen"; readonly value: string }
  /** `as` is the choice that takes the text; absent if the human just began to write. */
  | { readonly type: "written"; readonly text: string; readonly as?: string | undefined }
  /** Esc: not now. */
  | { readonly type: "skipped" }
  /** ^C: the whole command is to stop. */
  | { readonly type: "interrupted" };

/** Where a person is with their answer. */
export type PromptState =
  | {
      readonly type: "choosing";
      /** The place of the selected choice. */
      readonly at: number;
      /** The letter or number that has selected it. */
      readonly typed: string;
      /** What was written before they went back to the choices. */
      readonly draft: string;
    }
  | {
      readonly type: "writing";
      readonly edited: EditedText;
      /** The choice that takes the text. */
      readonly as?: string | undefined;
      /** Whether Enter was pressed while there were no words. */
      readonly isRefused: boolean;
    };

/** A prompt as it appears. */
export function startPrompt({ choices, initial, draft = "" }: Question): PromptState {
  if (choices.length === 0) return writing(draft);
  const at = choices.findIndex(({ value }) => value === initial);
  return { type: "choosing", at: Math.max(0, at), typed: "", draft };
}

/** What a key does to a prompt: it changes it, or is the end of it. */
export function pressInPrompt(
  question: Question,
  state: PromptState,
  key: Key,
): { readonly state: PromptState } | { readonly said: Said } {
  if (key.type === "interrupt") return { said: { type: "interrupted" } };
  return state.type === "writing"
    ? pressWhileWriting(question, state, key)
    : pressWhileChoosing(question, state, key);
}

function pressWhileChoosing(
  { choices }: Question,
  state: Extract<PromptState, { type: "choosing" }>,
  key: Key,
): ReturnType<typeof pressInPrompt> {
  const { at, typed, draft } = state;
  const select = (place: number, letters = "") => ({
    state: { ...state, at: (place + choices.length) % choices.length, typed: letters },
  });
  switch (key.type) {
    case "text":
    case "paste": {
      const words = (typed + key.text).trimStart();
      if (words === "") return { state };
      const found = findChoice(choices, words.trimEnd());
      if (found >= 0) return select(found, words);
      return { state: writing(draft === "" ? words : `${draft} ${words}`) };
    }
    case "enter": {
      const choice = choices[at];
      if (choice === undefined) return { state };
      const { value, asks } = choice;
      return asks === undefined
        ? { said: { type: "chosen", value } }
        : { state: writing(draft, value) };
    }
    case "escape":
      return { said: { type: "skipped" } };
    case "up":
      return select(at - 1);
    case "down":
      return select(at + 1);
    case "home":
      return select(0);
    case "end":
      return select(-1);
    case "backspace":
    case "deleteWord":
    case "deleteLine":
      return select(at);
    default:
      return { state };
  }
}

function pressWhileWriting(
  question: Question,
  state: Extract<PromptState, { type: "writing" }>,
  key: Key,
): ReturnType<typeof pressInPrompt> {
  const { edited, as } = state;
  const text = edited.text.trim();
  if (key.type === "enter") {
    return text === ""
      ? { state: { ...state, isRefused: true } }
      : { said: { type: "written", text, as } };
  }
  const isErased = key.type === "backspace" && edited.text === "";
  const hasChoices = question.choices.length > 0;
  if (hasChoices && (isErased || key.type === "escape")) {
    return { state: startPrompt({ ...question, draft: edited.text }) };
  }
  if (key.type === "escape") return { said: { type: "skipped" } };
  return { state: { ...state, edited: pressInText(edited, key), isRefused: false } };
}

/** The place of the choice that a letter or a number means; -1 if it means none. */
function findChoice(choices: readonly Choice[], typed: string): number {
  const place = choices.findIndex(({ letter }) => letter === typed.toUpperCase());
  if (place >= 0) return place;
  const isPlace = /^[1-9]\d?$/.test(typed) && Number(typed) <= choices.length;
  return isPlace ? Number(typed) - 1 : -1;
}

function writing(text: string, as?: string): PromptState {
  return { type: "writing", edited: editText(text), as, isRefused: false };
}
