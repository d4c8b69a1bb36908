import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createBench, signal, steps, type Bench } from "../support/runner-cli.ts";
import { openTerminal, whyNoTerminal, type Terminal } from "../support/tmux.ts";

const missing = whyNoTerminal();
if (missing !== undefined) console.warn(`No test in a terminal: ${missing}`);

const binary = fileURLToPath(new URL("../../bin/samocode-run.js", import.meta.url));
const { ask, investigate, plan } = steps;
const free = [
  { do: "write", path: "{session}/_qa.md", content: "### Q1: Its name?\n**Answer:** _waiting_\n" },
  signal({ status: "waiting", phase: "investigation", for: "qa_answers" }),
] as const;
const blocked = [signal({ status: "blocked", reason: "no access", needs: "human_decision" })];

/** What is done at the terminal: a text is typed, a key in angle brackets is pressed. */
async function act(terminal: Terminal, action: string): Promise<void> {
  const [, key] = /^<([\w-]+)>$/.exec(action) ?? [];
  const [, how, words] = /^(paste|raw) (.*)$/s.exec(action) ?? [];
  if (how !== undefined && words !== undefined) {
    await terminal.paste(words, { inBrackets: how === "paste" });
  } else if (action.startsWith("width ")) await terminal.resize(Number(action.slice(6)), 24);
  else if (key === undefined) await terminal.type(action);
  else await terminal.press(key);
}

/** A shell with job control, in which the binary is called `run`. */
async function openShell(bench: Bench): Promise<Terminal> {
  const terminal = await openTerminal(["bash", "--norc", "--noprofile", "-i"], {
    columns: 80,
    rows: 24,
    cwd: bench.project.root,
    env: { ...bench.env, PS1: "shell> ", PS2: "", BINARY: binary, NODE: process.execPath },
  });
  await terminal.until("shell>");
  await terminal.type('run() { "$NODE" "$BINARY" "$@"; }; clear\r');
  return terminal;
}

/** Leaves the prompt by ^Z, comes back by `fg`, and finds it as it was. */
async function suspend(terminal: Terminal): Promise<void> {
  await terminal.press("C-z");
  await terminal.until(/Stopped[^]*shell>\s*$/);
  expect(await terminal.screen()).not.toMatch(/◆|█/);
  await terminal.type("clear; stty -a | grep -o '.echo '; fg\r");
  await terminal.until(/ echo[^]*◆/);
}

interface Prompt {
  readonly name: string;
  readonly calls: Parameters<typeof createBench>[0]["calls"];
  /** What leads from the first prompt of the session to this one. */
  readonly reach?: readonly string[];
  readonly shown: RegExp;
  /** What is done, and what is then seen. None of it decides anything. */
  readonly table: readonly (readonly [action: string, seen: RegExp])[];
}

const selected = (label: string): RegExp => new RegExp(`● ${label}`);
const text = (words: string): RegExp => new RegExp(`│ {2}${words}`);
const confirm = /What is this text for\?[^]*● Change the text/;

const writing = [
  ["<Enter>", /enter some text, or press Esc to go back/],
  ["no", text("no█")],
  ["paste , one\ntwo\n", /no, one\n│ {2}two\n│ {2}█/],
  ["<BSpace>", /two█/],
  ["raw \nthree\nfour", /two\n│ {2}three\n│ {2}four█/],
  ["width 50", /four█[^]*Esc/],
  ["width 80", /four█[^]*Esc/],
  ["<C-z>", /four█/],
  ["B", /fourB█/],
] as const;

const prompts: readonly Prompt[] = [
  {
    name: "a question with options",
    calls: [ask],
    shown: selected("A\\) httpOnly"),
    table: [
      ["B", selected("B\\)")],
      ["<C-z>", selected("B\\)")],
      ["<Up>", selected("A\\)")],
      ["2", selected("B\\)")],
      ["width 50", selected("B\\)")],
      ["<Up>", selected("A\\)")],
      ["width 80", selected("A\\)")],
      ["no", text("no█")],
      ["<Escape>", selected("A\\)")],
      ["paste one\ntwo", /one\n│ {2}two█/],
      ["<Escape>", selected("A\\)")],
    ],
  },
  {
    name: "a question without options",
    calls: [free],
    shown: selected("Answer in your own words"),
    table: [["<Enter>", /◆ {2}Q1, in your own words/], ...writing],
  },
  {
    name: "the gate",
    calls: [investigate, plan],
    shown: selected("Decide later"),
    table: [
      ["2", selected("Approve the plan")],
      ["<Up>", selected("Decide later")],
      ["<C-z>", selected("Decide later")],
      ["width 50", selected("Decide later")],
      ["width 80", selected("Decide later")],
      ["no", text("no█")],
      ["<Enter>", confirm],
      ["<Escape>", selected("Decide later")],
      ["paste yes\nyes\n", /yes\n│ {2}yes\n│ {2}█/],
      ["<Enter>", confirm],
      ["<Enter>", /◆ {2}The text[^]*yes█/],
      ["<C-z>", /yes█/],
      ["<Escape>", confirm],
    ],
  },
  {
    name: "the feedback of a rejection",
    calls: [investigate, plan],
    reach: ["4", "<Enter>"],
    shown: /◆ {2}What should change\?/,
    table: writing,
  },
  {
    name: "the note of an approval",
    calls: [investigate, plan],
    reach: ["3", "<Enter>"],
    shown: /◆ {2}The note/,
    table: writing,
  },
  {
    name: "a blocked session",
    calls: [blocked],
    shown: selected("Decide later"),
    table: [
      ["2", selected("Resume the session")],
      ["<Up>", selected("Decide later")],
      ["<C-z>", selected("Decide later")],
      ["width 50", selected("Decide later")],
      ["width 80", selected("Decide later")],
      ["no", text("no█")],
      ["<Enter>", confirm],
      ["<Escape>", selected("Decide later")],
      ["raw yes\nyes\n", /yes\n│ {2}yes\n│ {2}█/],
      ["<Enter>", confirm],
    ],
  },
  {
    name: "the note of a blocked session",
    calls: [blocked],
    reach: ["3", "<Enter>"],
    shown: /◆ {2}The note/,
    table: writing,
  },
];

describe.skipIf(missing !== undefined)("what is typed at a prompt", () => {
  it.each(prompts)("$name: each key does this, nothing decides, and ^C ends it", async (prompt) => {
    await using bench = await createBench({ calls: [...prompt.calls] }, { env: { NO_COLOR: "1" } });
    await bench.run("t", "--task", "x");
    const before = bench.records().length;
    await using terminal = await openShell(bench);
    await terminal.type("run t\r");
    await terminal.until("◆");
    for (const action of prompt.reach ?? []) await act(terminal, action);
    await terminal.until(prompt.shown);
    for (const [action, seen] of prompt.table) {
      if (action === "<C-z>") await suspend(terminal);
      else await act(terminal, action);
      const screen = await terminal.until(seen);
      expect(screen.match(/◆/g), `${action}\n${screen}`).toHaveLength(1);
    }
    await terminal.press("C-c");
    await terminal.until(/■[^]*shell>\s*$/);
    await terminal.type("echo code=$?; stty -a\r");
    await terminal.until(/code=130[^]* icanon[^]* echo /);
    const decided = bench.records().slice(before);
    expect(decided.filter(({ event }) => event !== "run" && event !== "stop")).toEqual([]);
    if (prompt.name.includes("question")) {
      expect(bench.file("_qa.md")).toContain("**Answer:** _waiting_");
    }
  });
});

describe.skipIf(missing !== undefined)("what is typed while an agent works", () => {
  const work = [
    { do: "say", text: "I look around." },
    { do: "sleep", ms: 12_000 },
  ] as const;

  it("leaves no trace, and is no answer to the question that comes", async () => {
    await using bench = await createBench({ calls: [[...work, ...ask]] });
    await using terminal = await openShell(bench);
    await terminal.type("run t --task x\r");
    await terminal.until(/─\n[^]*I look around/);
    for (const action of ["no", "<Enter>", "<Down>", "B", "<Enter>", "raw x\ny\n", "<Escape>"])
      await act(terminal, action);
    const screen = await terminal.screen();
    expect(screen.match(/─+/g)).toHaveLength(1);
    expect(screen.match(/I look around/g)).toHaveLength(1);
    expect(screen).not.toMatch(/\bno\b|\^\[|B$/m);
    await terminal.until(selected("A\\) httpOnly"));
    expect(bench.file("_qa.md")).toContain("**Answer:** _waiting_");
    await terminal.press("Escape");
    await terminal.until(/waits for answers[^]*shell>\s*$/);
  });

  it("is ^Z and then fg: the block makes room for the shell, and is there again", async () => {
    await using bench = await createBench({
      calls: [[{ do: "say", text: "I look." }, { do: "hang" }]],
    });
    await using terminal = await openShell(bench);
    await terminal.type("run t --task x\r");
    await terminal.until(/─\n[^]*I look/);
    await terminal.press("C-z");
    const stopped = await terminal.until(/Stopped[^]*shell>\s*$/);
    expect(stopped).not.toMatch(/─|I look/);
    await terminal.type("stty -a | grep -o '.echo '; fg\r");
    await terminal.until(/ echo[^]*─\n[^]*I look/);
    await terminal.type("no");
    await terminal.press("C-c");
    await terminal.until(/shell>\s*$/);
    await terminal.type("echo code=$?; stty -a\r");
    await terminal.until(/code=130[^]* icanon[^]* echo /);
  });

  it("leaves the terminal as it was at a SIGTERM too", async () => {
    await using bench = await createBench({
      calls: [[{ do: "say", text: "I look." }, { do: "hang" }]],
    });
    await using terminal = await openShell(bench);
    const wrapper = `echo $$ >pid; exec "$NODE" "$BINARY" t --task x`;
    await terminal.type(`sh -c '${wrapper}'\r`);
    await terminal.until(/─\n[^]*I look/);
    process.kill(Number(readFileSync(join(bench.project.root, "pid"), "utf8")), "SIGTERM");
    await terminal.until(/shell>\s*$/);
    await terminal.type("echo code=$?; stty -a\r");
    expect(await terminal.until(/code=143[^]* icanon/)).toMatch(/ echo /);
  });

  it("is asked in ASCII if the locale has nothing else", async () => {
    await using bench = await createBench({ calls: [ask] });
    await bench.run("t", "--task", "x");
    await using terminal = await openShell(bench);
    await terminal.type("LC_ALL=C run t\r");
    const screen = await terminal.until(/\* A\) httpOnly cookie[^]*o B\) localStorage/);
    expect(screen).toMatch(/^[ -~\n]*$/);
    await terminal.press("C-c");
    await terminal.until(/shell>\s*$/);
  });
});
