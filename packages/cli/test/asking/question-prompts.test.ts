import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseQuestions } from "@samocode/core/overview";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askQuestions } from "../../src/asking/ask-questions.ts";
import {
  createPromptBench,
  down,
  paste,
  play,
  type Outcome,
  type PromptBench,
} from "../support/prompt-desk.ts";
import { createSessionBench } from "../../../session/test/support/session-bench.ts";
import { asking, type SessionFiles } from "../../../session/test/support/waiting-session.ts";

let bench: PromptBench;
beforeEach(async () => {
  bench = await createPromptBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const open = "_waiting_";
const free: SessionFiles = {
  ...asking,
  files: { "_qa.md": "### Q1: And its name?\n**Answer:** _waiting_\n" },
};
const A = "A) httpOnly cookie";
const B = "B) localStorage";

describe("at a question with options, the suggestion selected", () => {
  it.each<[string, readonly string[], Outcome]>([
    ["Enter takes the suggestion", ["\r"], { answers: [A, open] }],
    ["a letter selects", ["b"], { answers: [open, open] }],
    ["a letter and Enter answer", ["b", "\r"], { answers: [B, open] }],
    ["a letter and Enter at once answer", ["B\r"], { answers: [B, open] }],
    ["a digit and Enter answer", ["2", "\r"], { answers: [B, open] }],
    ["an arrow and Enter answer", [down, "\r"], { answers: [B, open] }],
    ["a word is the answer", ["n", "o", "\r"], { answers: ["no", open] }],
    ["a word that begins with a letter", ["a", "n", "y", "\r"], { answers: ["any", open] }],
    ["a word that begins with a digit", ["2", "nd", "\r"], { answers: ["2nd", open] }],
    ["a word of ours is a word", ["skip\r"], { answers: ["skip", open] }],
    ["so is the name of a choice", ["suggestion\r"], { answers: ["suggestion", open] }],
    ["so is that of all", ["all suggestions\r"], { answers: ["all suggestions", open] }],
    ["pasted lines are one answer", ["one\rtwo\r", "\r"], { answers: ["one two", open] }],
    ["so in brackets", [paste("one\ntwo\n"), "\r"], { answers: ["one two", open] }],
    ["own words by their entry", [down, down, "\r", "so", "\r"], { answers: ["so", open] }],
    ["a letter of no option is refused", ["C\r"], { answers: [open, open] }],
    ["an empty text is none", [down, down, "\r", "\r"], { answers: [open, open] }],
    ["Esc in a text goes back", ["no", "\u001B", "\r"], { answers: [A, open] }],
    ["skipping asks the next one", ["4\r", "x", "\r"], { asked: "later", answers: [open, "x"] }],
    [
      "all suggestions",
      ["5\r"],
      { answers: ["A) httpOnly cookie - not readable by scripts", open] },
    ],
    ["Decide later", ["6\r"], { asked: "later", answers: [open, open] }],
    ["Esc is later, for this one", ["\u001B", "\u001B"], { asked: "later", answers: [open, open] }],
    ["^C ends it", ["\u0003"], { asked: "interrupted", answers: [open, open] }],
    ["^C in a text ends it", ["no", "\u0003"], { asked: "interrupted", answers: [open, open] }],
    ["a text of a placeholder is refused", ["_waiting_\r"], { answers: [open, open] }],
  ])("%s", async (_, typed, outcome) => {
    expect(await play(bench, bench.folder.add("26-01-15-t", asking), askQuestions, typed)).toEqual(
      outcome,
    );
  });
});

describe("at a question without options", () => {
  it.each<[string, readonly string[], Outcome]>([
    ["Enter begins a text and answers nothing", ["\r"], { answers: [open] }],
    ["Enter twice neither", ["\r", "\r"], { answers: [open] }],
    ["a word is the answer", ["no", "\r"], { asked: "decided", answers: ["no"] }],
    ["a letter is the answer", ["B", "\r"], { asked: "decided", answers: ["B"] }],
    ["pasted lines", ["one\rtwo", "\r"], { asked: "decided", answers: ["one two"] }],
    ["Decide later", ["2", "\r"], { asked: "later", answers: [open] }],
    ["Esc is later", ["\u001B"], { asked: "later", answers: [open] }],
    ["^C ends it", ["\u0003"], { asked: "interrupted", answers: [open] }],
  ])("%s", async (_, typed, outcome) => {
    expect(await play(bench, bench.folder.add("26-01-15-t", free), askQuestions, typed)).toEqual(
      outcome,
    );
  });
});

describe("a question", () => {
  it("says how many are open, and marks the suggestion while another one is selected", async () => {
    await play(bench, bench.folder.add("26-01-15-t", asking), askQuestions, [down]);
    const last = bench.desk.shown().slice(bench.desk.shown().lastIndexOf("◆"));
    expect(last).toContain("◆  Q1: Where do tokens live? (2 are open)\n");
    expect(last).toContain("○ A) httpOnly cookie (suggested: not readable by scripts)\n");
    expect(last).toContain("● B) localStorage\n");
  });

  it("shows what the agent wrote beside its options", async () => {
    const text = `### Q1: Where?\nThe mobile client cannot\nread it.\nA) here\n\n> ${"quoted ".repeat(500)}\n**Answer:** _waiting_\n`;
    await play(
      bench,
      bench.folder.add("26-01-15-t", { ...asking, files: { "_qa.md": text } }),
      askQuestions,
      [],
    );
    expect(bench.desk.shown()).toContain(
      "◆  Q1: Where?\n│  The mobile client cannot\n│  read it.\n",
    );
    expect(bench.desk.shown().match(/quoted/g)).toHaveLength(500);
  });

  it("goes away when it is answered elsewhere, and that is said", async () => {
    const session = bench.folder.add("26-01-15-t", asking);
    void askQuestions(session.store, bench.desk.prompter, bench.cancel.signal);
    await expect.poll(() => bench.desk.shown()).toContain("◆  Q1");
    session.write("_qa.md", session.read("_qa.md").replace("_waiting_", "B"));
    await expect.poll(() => bench.desk.shown()).toContain("●  Q1 has been answered elsewhere: B\n");
    await expect.poll(() => bench.desk.shown()).toContain("◆  Q2: How long do they live?\n");
  });

  it.each([
    ["cannot be read", Buffer.from("# caf\xE9\n", "latin1"), /is not UTF-8/],
    ["has lost its questions behind a fence", "```\n# Q&A\n", /cannot find Q1, Q2 in `_qa\.md`/],
  ])("stays, with what was typed, while the file %s", async (_, broken, fault) => {
    await using session = await createSessionBench();
    const whole = asking.files?.["_qa.md"] ?? "";
    const file = join(session.store.folder, "_qa.md");
    writeFileSync(file, whole);
    await session.run.apply({ type: "signal.waiting", for: "qa_answers", asks: { text: whole } });
    session.release();
    let asked: string | undefined;
    void askQuestions(session.store, bench.desk.prompter, bench.cancel.signal).then(
      (reply) => (asked = reply),
    );
    await expect.poll(() => bench.desk.shown()).toContain("◆  Q1");
    bench.desk.type("a cookie");
    await expect.poll(() => bench.desk.shown()).toContain("a cookie");
    writeFileSync(file, broken);
    const before = bench.desk.shown().length;
    await sleep(200);
    expect(bench.desk.shown().slice(before)).toBe("");
    bench.desk.type("\r");
    await expect.poll(() => bench.desk.shown()).toMatch(fault);
    await expect.poll(() => bench.desk.shown().lastIndexOf("◆  Q1")).toBeGreaterThan(before);
    writeFileSync(file, whole);
    bench.desk.type("B\r");
    await expect.poll(() => bench.desk.shown()).toContain("◆  Q2");
    bench.desk.type("a week\r");
    await expect.poll(() => asked).toBe("decided");
    expect(parseQuestions(readFileSync(file, "utf8")).map(({ answer }) => answer)).toEqual([
      B,
      "a week",
    ]);
  });

  it("is asked as soon as a file of which nothing else is known can be read", async () => {
    const session = bench.folder.add("26-01-15-t", asking);
    const whole = session.read("_qa.md");
    session.write("_qa.md", Buffer.from("# caf\xE9\n", "latin1"));
    let asked: string | undefined;
    void askQuestions(session.store, bench.desk.prompter, bench.cancel.signal).then(
      (reply) => (asked = reply),
    );
    await sleep(100);
    expect([asked, bench.desk.shown()]).toEqual([undefined, ""]);
    session.write("_qa.md", whole);
    await expect.poll(() => bench.desk.shown()).toContain("◆  Q1");
    bench.cancel.abort();
    await expect.poll(() => asked).toBe("decided");
  });

  it.each([
    ["A - not readable", "suggested: not readable"],
    ["A", "suggested"],
    ["(a) calm", "suggested: calm"],
    ["B) there", "suggested: there"],
  ])("gives as the reason of %j %j", async (suggestion, hint) => {
    const text = `### Q1: x\nA) here\nB) there\n**Suggestion:** ${suggestion}\n**Answer:** _waiting_\n`;
    await play(
      bench,
      bench.folder.add("26-01-15-t", { ...asking, files: { "_qa.md": text } }),
      askQuestions,
      [],
    );
    expect(bench.desk.shown()).toMatch(new RegExp(`● [AB]\\) (?:here|there) \\(${hint}\\)\n`));
  });

  it("of free words begins with the suggestion", async () => {
    const text = "### Q1: x\n**Suggestion:** one week\n**Answer:** _waiting_\n";
    const session = bench.folder.add("26-01-15-t", { ...asking, files: { "_qa.md": text } });
    expect(await play(bench, session, askQuestions, ["\r"])).toEqual({
      asked: "decided",
      answers: ["one week"],
    });
    expect(bench.desk.shown()).toContain("● one week (suggested)\n");
  });

  it("without a suggestion begins with what decides nothing", async () => {
    const text = "### Q1: x\nA) here\n**Answer:** _waiting_\n";
    const session = bench.folder.add("26-01-15-t", { ...asking, files: { "_qa.md": text } });
    expect(await play(bench, session, askQuestions, ["\r", "\r"])).toEqual({ answers: [open] });
  });
});
