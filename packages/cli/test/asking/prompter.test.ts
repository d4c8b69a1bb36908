import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPromptBench, type PromptBench } from "../support/prompt-desk.ts";

let bench: PromptBench;
beforeEach(async () => {
  bench = await createPromptBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const ask = (more = {}) =>
  bench.desk.prompter.ask(
    { message: "Why?", choices: [{ value: "x", label: "x" }], ...more },
    bench.cancel.signal,
  );

describe("a prompt", () => {
  it("throws away what was typed before it", () => {
    void ask();
    expect(bench.desk.discarded()).toBe(1);
    expect(bench.desk.written()).toBe("");
  });

  it("does not appear if it is too late", async () => {
    bench.cancel.abort();
    expect(await ask()).toEqual({ type: "overtaken" });
    expect(bench.desk.written()).toBe("");
  });

  it("goes away when it is cancelled", async () => {
    const reply = ask();
    await expect.poll(() => bench.desk.shown()).toContain("◆  Why?");
    bench.cancel.abort();
    expect(await reply).toEqual({ type: "overtaken" });
    expect(bench.desk.shown().endsWith("│\n◇  Why?\n")).toBe(true);
    expect(bench.desk.drawings.size).toBe(0);
  });

  it("brackets pastes and hides the cursor while it is there", async () => {
    const reply = ask();
    await expect.poll(bench.desk.isListening).toBe(true);
    bench.desk.type("\u001B[C");
    expect(bench.desk.written()).toContain("\u001B[?2004h");
    expect(bench.desk.written()).not.toContain("\u001B[?25h");
    bench.desk.type("\r");
    expect(await reply).toEqual({ type: "chosen", value: "x" });
    expect(bench.desk.written()).toContain("\u001B[?2026l\u001B[?2004l");
  });

  it("makes room while the command is suspended, and is drawn again afterwards", async () => {
    void ask({ detail: "long ".repeat(500) });
    await expect.poll(() => bench.desk.shown()).toContain("◆  Why?");
    const [drawing] = bench.desk.drawings;
    const before = bench.desk.written().length;
    drawing?.leave();
    const left = "\u001B[J\r\u001B[?25h\u001B[?2026l\u001B[?2004l";
    expect(bench.desk.written().slice(before).endsWith(left)).toBe(true);
    const middle = bench.desk.written().length;
    drawing?.enter();
    const again = bench.desk.written().slice(middle);
    expect(again.startsWith("\u001B[?2004h")).toBe(true);
    expect(again).toContain("long long");
    expect(again).toContain("● x");
  });

  it("is drawn again in the size of the terminal", async () => {
    const reply = ask({ message: "words ".repeat(10) });
    await expect.poll(() => bench.desk.shown()).toContain("◆  words");
    const before = bench.desk.written().length;
    bench.desk.resize(40);
    expect(bench.desk.written().slice(before)).toContain("◆  words words words words words words");
    bench.desk.type("\r");
    await reply;
    const after = bench.desk.written().length;
    bench.desk.resize(80);
    expect(bench.desk.written().length).toBe(after);
  });

  it("prints what was formatted for the terminal", () => {
    bench.desk.prompter.print(({ columns, rows }) => `${columns} ${rows}`);
    bench.desk.prompter.note("a\nb");
    expect(bench.desk.written()).toBe("80 24│\n●  a\n│  b\n");
  });
});
