import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { startPrompt, type PromptState, type Question } from "../../src/asking/prompt-state.ts";
import {
  formatEnd,
  formatIntroduction,
  formatNote,
  formatPrompt,
} from "../../src/asking/prompt-view.ts";
import type { PromptView } from "../../src/asking/edited-text-view.ts";
import { textWidth } from "@samocode/session";

const view: PromptView = { columns: 60, rows: 24, color: picocolors.createColors(false) };

const question: Question = {
  message: "Q1: Where do tokens live, and who may read them, if more than one service has to?",
  detail: "The mobile app cannot read cookies.\n\n- so it says",
  choices: [
    { value: "A", letter: "A", label: "A) httpOnly cookie", hint: "suggested: not readable" },
    { value: "B", letter: "B", label: `B) localStorage, ${"where scripts read it, ".repeat(3)}` },
    { value: "own", label: "Answer in your own words", asks: "Q1, in your own words" },
    { value: "later", label: "Decide later" },
  ],
};
const choosing = (at: number): PromptState => ({ type: "choosing", at, typed: "", draft: "" });
const writing = (text: string, more: { as?: string; isRefused?: boolean } = {}): PromptState => ({
  type: "writing",
  edited: { text, cursor: text.length },
  isRefused: false,
  ...more,
});
const shown = (lines: readonly string[]): string => `\n${lines.join("\n")}\n`;

describe("a prompt", () => {
  it("shows the question, what was said about it, and the choices", () => {
    expect(shown(formatPrompt(question, choosing(0), view))).toMatchInlineSnapshot(`
      "
      │
      ◆  Q1: Where do tokens live, and who may read them, if more
      │  than one service has to?
      │  The mobile app cannot read cookies.
      │  
      │  - so it says
      │  ● A) httpOnly cookie (suggested: not readable)
      │  ○ B) localStorage, where scripts read it, where scripts
      │    read it, where scripts read it,
      │  ○ Answer in your own words
      │  ○ Decide later
      │  ↑/↓, letter, number: select • Enter: confirm • Esc:
      │  later • or type text
      └
      "
    `);
  });

  it("shows what is suggested, whatever is selected", () => {
    const text = shown(formatPrompt(question, choosing(1), view));
    expect(text).toContain("○ A) httpOnly cookie (suggested: not readable)\n│  ● B) localStorage");
  });

  it("shows what is written, and what it is for", () => {
    expect(shown(formatPrompt(question, writing("no\nnot there", { as: "own" }), view)))
      .toMatchInlineSnapshot(`
      "
      │
      ◆  Q1, in your own words
      │  The mobile app cannot read cookies.
      │  
      │  - so it says
      │  no
      │  not there█
      │  Enter: confirm • Alt+Enter: new line • Esc: back to the
      │  choices
      └
      "
    `);
    expect(shown(formatPrompt({ message: "Why?", choices: [] }, writing(""), view)))
      .toMatchInlineSnapshot(`
      "
      │
      ◆  Why?
      │  █
      │  Enter: confirm • Alt+Enter: new line • Esc: back
      └
      "
    `);
  });

  it("says that words are expected", () => {
    const text = shown(formatPrompt(question, writing("", { isRefused: true }), view));
    expect(text).toContain("│  enter some text, or press Esc to go back\n└");
    expect(text).not.toContain("Enter");
    expect(text).toContain("Q1: Where do tokens live");
  });

  it("shows nothing that could do harm to the terminal", () => {
    const text = shown(
      formatPrompt(
        {
          message: "Q1: \u001B[31mred\u001B[0m",
          detail: "a\u0007b\u202Ec",
          choices: [{ value: "x", label: "x\u001B[2J\ny", hint: "\u001B[1mbold" }],
        },
        choosing(0),
        view,
      ),
    );
    expect(text).toContain("◆  Q1: red\n│  a bc\n│  ● x y (bold)\n");
  });

  it.each([
    [20, 24],
    [40, 10],
    [80, 6],
    [60, 1],
    [200, 50],
  ])("fits %i columns and %i rows", (columns, rows) => {
    for (const state of [choosing(0), choosing(3), writing("words ".repeat(300))]) {
      const lines = formatPrompt(question, state, { ...view, columns, rows });
      expect(lines.length).toBeLessThanOrEqual(Math.max(1, rows - 1));
      expect(Math.max(...lines.map(textWidth))).toBeLessThan(columns);
      expect(lines.join("\n")).toContain(state.type === "writing" ? "█" : "●");
    }
  });

  it("is one row away from the height of the terminal at most, and shows then all of it", () => {
    const all = formatPrompt(question, choosing(0), { ...view, rows: 50 });
    expect(formatPrompt(question, choosing(0), { ...view, rows: all.length + 1 })).toEqual(all);
    const fewer = formatPrompt(question, choosing(0), { ...view, rows: all.length });
    expect(fewer.length).toBeLessThan(all.length);
    expect(fewer.join("\n")).not.toContain("Decide later");
  });

  it("shows the choices around the selected one if there is no room for all", () => {
    const many = Array.from({ length: 30 }, (_, at) => ({ value: `${at}`, label: `choice ${at}` }));
    const labels = (at: number): string =>
      [
        ...formatPrompt({ message: "m", choices: many }, choosing(at), { ...view, rows: 12 })
          .join("\n")
          .matchAll(/(●|○) choice (\d+)/g),
      ]
        .map(([, mark = "", place = ""]) => (mark === "●" ? `[${place}]` : place))
        .join(" ");
    expect(labels(0)).toBe("[0] 1 2 3 4 5");
    expect(labels(10)).toBe("8 9 [10] 11 12 13");
    expect(labels(29)).toBe("24 25 26 27 28 [29]");
  });

  it("dims in color what is not selected", () => {
    const colored = formatPrompt(question, choosing(0), {
      ...view,
      color: picocolors.createColors(true),
    }).join("\n");
    expect(colored).toContain(`\u001B[2mDecide later\u001B[22m`);
    expect(colored).toContain("\u001B[32m●\u001B[39m A) httpOnly cookie");
  });
});

describe("a long question", () => {
  const long = { ...question, detail: "words ".repeat(200).trim() };

  it("is printed whole above, and with its first row where one chooses", () => {
    const above = formatIntroduction(long, view)
      .join(" ")
      .replaceAll(/\s*│\s*/g, " ");
    expect(above).toContain(long.detail);
    expect(above).toContain(question.message);
    const below = formatPrompt(long, startPrompt(long), view);
    expect(below[1]).toContain("◆  Q1: Where do tokens live");
    expect(below[2]).toContain("● A) httpOnly cookie");
    expect(below.join("\n")).toContain("Decide later");
  });

  it("is what would leave less than six rows for the answer", () => {
    const short = { message: "Why?", detail: "a\nb", choices: [] };
    expect(formatIntroduction(short, { ...view, rows: 11 })).toEqual([]);
    expect(formatIntroduction(short, { ...view, rows: 10 })).toEqual([
      "│",
      "◆  Why?",
      "│  a",
      "│  b",
    ]);
  });
});

const end = (reply: Parameters<typeof formatEnd>[1]) => shown(formatEnd(question, reply, view));

describe("the end of a prompt", () => {
  const head =
    "│\n◇  Q1: Where do tokens live, and who may read them, if more\n│  than one service has to?\n";

  it("says what was answered", () => {
    expect(end({ type: "chosen", value: "A" })).toBe(`\n${head}│  A) httpOnly cookie\n`);
    expect(end({ type: "written", text: "no\nnot there" })).toBe(`\n${head}│  no\n│  not there\n`);
    expect(end({ type: "skipped" })).toBe(`\n${head}│  later\n`);
    expect(end({ type: "overtaken" })).toBe(`\n${head}`);
    expect(end({ type: "interrupted" })).toBe(`\n${head.replace("◇", "■")}`);
    expect(end({ type: "chosen", value: "other" })).toBe(`\n${head}`);
  });
});

describe("a note", () => {
  it("is wrapped at the width of the terminal", () => {
    const lines = formatNote("a reason ".repeat(20), { ...view, columns: 40 });
    expect(lines[0]).toBe("│");
    expect(lines[1]).toBe("●  a reason a reason a reason a reason");
    expect(lines.slice(2).every((line) => line.startsWith("│  a reason"))).toBe(true);
    expect(Math.max(...lines.map(textWidth))).toBeLessThan(40);
  });

  it("keeps its lines, and a word that is longer than one", () => {
    expect(formatNote("a\n\nb\n", view)).toEqual(["│", "●  a", "│  ", "│  b"]);
    expect(formatNote("x".repeat(100), view)).toEqual([
      "│",
      `●  ${"x".repeat(56)}`,
      `│  ${"x".repeat(44)}`,
    ]);
  });
});
