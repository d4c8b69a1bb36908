import { describe, expect, it } from "vitest";
import {
  pressInPrompt,
  startPrompt,
  type Choice,
  type PromptState,
  type Question,
  type Said,
} from "../../src/asking/prompt-state.ts";
import type { Key, NamedKey } from "../../src/terminal/key.ts";

const choices: readonly Choice[] = [
  { value: "a", label: "A) here", letter: "A" },
  { value: "b", label: "B) there", letter: "B" },
  { value: "own", label: "In your own words", asks: "The words" },
  { value: "later", label: "Decide later" },
];
const question: Question = { message: "Where?", choices, initial: "b" };
const onlyText: Question = { message: "Why?", choices: [] };

type Pressed = NamedKey | { readonly text: string } | { readonly paste: string };
const keyOf = (pressed: Pressed): Key => {
  if (typeof pressed === "string") return { type: pressed };
  return "text" in pressed
    ? { type: "text", text: pressed.text }
    : { type: "paste", text: pressed.paste };
};
/** Where the prompt is after these keys, or what was said with the last one. */
const after = (asked: Question, ...keys: readonly Pressed[]): PromptState | Said => {
  let state = startPrompt(asked);
  for (const [place, pressed] of keys.entries()) {
    const next = pressInPrompt(asked, state, keyOf(pressed));
    if ("said" in next) {
      expect(place).toBe(keys.length - 1);
      return next.said;
    }
    ({ state } = next);
  }
  return state;
};
const selected = (at: number, typed = "", draft = "") => ({ type: "choosing", at, typed, draft });
const writing = (text: string, as?: string, isRefused = false) => ({
  type: "writing",
  edited: { text, cursor: text.length },
  as,
  isRefused,
});
const text = (words: string) => ({ text: words });

describe("the selection", () => {
  it("starts on what is suggested, or on the first one", () => {
    expect(startPrompt(question)).toEqual(selected(1));
    expect(startPrompt({ message: "", choices })).toEqual(selected(0));
    expect(startPrompt({ message: "", choices, initial: "other" })).toEqual(selected(0));
  });

  it.each<[readonly Pressed[], number]>([
    [["up"], 0],
    [["up", "up"], 3],
    [["down"], 2],
    [["down", "down", "down"], 0],
    [["home"], 0],
    [["end"], 3],
    [["left"], 1],
    [["right"], 1],
    [["delete"], 1],
    [["backspace"], 1],
  ])("is after %j at %i", (keys, at) => {
    expect(after(question, ...keys)).toEqual(selected(at));
  });

  it.each([
    ["A", 0],
    ["a", 0],
    ["b", 1],
    ["1", 0],
    ["2", 1],
    ["4", 3],
  ])("goes to %s at once", (typed, at) => {
    expect(after(question, text(typed))).toEqual(selected(at, typed));
    expect(after(question, text(` ${typed}`))).toEqual(selected(at, typed));
  });

  it("goes to the letter before the number, and to a number of two digits", () => {
    const many = Array.from({ length: 12 }, (_, at) => ({ value: `${at}`, label: "x" }));
    expect(after({ message: "", choices: many }, text("1"), text("2"))).toEqual(selected(11, "12"));
    expect(after({ message: "", choices: many }, text("1"), text("3"))).toEqual(writing("13"));
    const odd = [
      { value: "x", label: "x" },
      { value: "y", label: "y", letter: "1" },
    ];
    expect(after({ message: "", choices: odd }, text("1"))).toEqual(selected(1, "1"));
  });

  it("forgets the typed letter with the next key that moves it", () => {
    for (const key of [
      "up",
      "down",
      "home",
      "end",
      "backspace",
      "deleteWord",
      "deleteLine",
    ] as const) {
      const then = after(question, text("a"), key, text("b"));
      expect(then).toEqual(selected(1, "b"));
    }
  });

  it("is confirmed by Enter", () => {
    expect(after(question, "enter")).toEqual({ type: "chosen", value: "b" });
    expect(after(question, text("A"), "enter")).toEqual({ type: "chosen", value: "a" });
    expect(after(question, "end", "enter")).toEqual({ type: "chosen", value: "later" });
  });
});

describe("words", () => {
  it.each(["no", "0", "5", "-", "A1", "22", "here", "C"])("%j begin a text", (typed) => {
    expect(after(question, text(typed))).toEqual(writing(typed));
    expect(after(question, text(` ${typed}`))).toEqual(writing(typed));
  });

  it.each([
    [[text("n"), text("o")], "no"],
    [[text("a"), text("n"), text("d")], "and"],
    [[text("2"), text(" "), text("weeks")], "2 weeks"],
    [[{ paste: "\none\ntwo" }], "one\ntwo"],
    [[text("B"), { paste: "\nmore" }], "B\nmore"],
  ])("%j keep what was typed", (keys, words) => {
    expect(after(question, ...keys)).toEqual(writing(words));
  });

  it("of blanks begin none", () => {
    expect(after(question, text(" "))).toEqual(selected(1));
    expect(after(question, { paste: "\n" })).toEqual(selected(1));
  });

  it("are said with Enter, without the blanks around them", () => {
    expect(after(question, text(" no "), "enter")).toEqual({ type: "written", text: "no" });
    expect(after(question, { paste: "one\ntwo\n" }, "enter")).toEqual({
      type: "written",
      text: "one\ntwo",
    });
  });

  it("belong to the choice that has asked for them", () => {
    expect(after(question, "down", "enter")).toEqual(writing("", "own"));
    expect(after(question, text("3"), "enter", text("x"), "enter")).toEqual({
      type: "written",
      text: "x",
      as: "own",
    });
  });

  it("must be there", () => {
    expect(after(onlyText)).toEqual(writing(""));
    expect(after(onlyText, "enter")).toEqual(writing("", undefined, true));
    expect(after(onlyText, text(" "), "enter")).toEqual(writing(" ", undefined, true));
    expect(after(onlyText, "enter", text("x"))).toEqual(writing("x"));
    expect(after(question, text("3"), "enter", "enter")).toEqual(writing("", "own", true));
  });

  it("are edited", () => {
    expect(after(question, text("no"), "left", "left", text("o"), "enter")).toEqual({
      type: "written",
      text: "ono",
    });
    // An option's letter is one of the text by now.
    expect(after(question, text("no"), text("A"))).toEqual(writing("noA"));
  });

  it("are kept when one goes back to the choices", () => {
    expect(after(question, text("no"), "escape")).toEqual(selected(1, "", "no"));
    expect(after(question, text("no"), "escape", "down", "enter")).toEqual(writing("no", "own"));
    expect(after(question, text("no"), "escape", text("x"))).toEqual(writing("no x"));
    expect(after(question, text("x"), "backspace")).toEqual(writing(""));
    expect(after(question, text("x"), "backspace", "backspace")).toEqual(selected(1));
  });

  it("begin with what was written before", () => {
    const again = { ...question, draft: "no" };
    expect(startPrompt(again)).toEqual(selected(1, "", "no"));
    expect(after(again, text("x"))).toEqual(writing("no x"));
    expect(startPrompt({ ...onlyText, draft: "no" })).toEqual(writing("no"));
  });
});

describe("Esc and ^C", () => {
  it("say so, wherever one is", () => {
    expect(after(question, "escape")).toEqual({ type: "skipped" });
    expect(after(onlyText, "escape")).toEqual({ type: "skipped" });
    expect(after(onlyText, text("x"), "escape")).toEqual({ type: "skipped" });
    expect(after(question, "interrupt")).toEqual({ type: "interrupted" });
    expect(after(question, text("no"), "interrupt")).toEqual({ type: "interrupted" });
    expect(after(onlyText, "interrupt")).toEqual({ type: "interrupted" });
  });

  it("are not what Backspace does in a text without choices", () => {
    expect(after(onlyText, "backspace")).toEqual(writing(""));
  });
});
