import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signal, steps, type Bench } from "../support/runner-cli.ts";
import {
  callInTerminal,
  createTerminal,
  screenFile,
  sizes,
  withoutChance,
} from "../support/screen.ts";
import { whyNoTerminal } from "../support/tmux.ts";

const { investigate, implement, test, clean, sum } = steps;
const [small, large] = sizes;

const missing = whyNoTerminal();
if (missing !== undefined) console.warn(`No test in a terminal: ${missing}`);

const questions = `### Q1: Where do tokens live, and who may read them, if more than one service has to know about them?
A) httpOnly cookie
B) localStorage, where every script of the page can read them, which is simple but frowned upon by all who know
**Suggestion:** A - not readable by scripts
**Answer:** _waiting_

### Q2: How long does a \u001B[31mtoken\u001B[0m live? 日本語 👍
**Suggestion:** one week, as in the other app
**Answer:** _waiting_

### Q3: And its name?
**Answer:** _waiting_
`;

const planText = `# Plan: JWT login

Some **bold** words and \`code\` in a paragraph that is long enough to be wrapped at eighty columns.

## Steps
- [ ] Write \`src/jwt.ts\`, with tests for expiry: a line that wraps around to the next one, and hangs
- [x] Look around \u001B]0;title\u0007
1. one

> quoted words

\`\`\`ts
const login = "**as it is**";
\`\`\`
`;

const ask = [
  { do: "write", path: "{session}/_qa.md", content: questions },
  signal({ status: "waiting", phase: "investigation", for: "qa_answers" }),
] as const;
const plan = [
  { do: "write", path: "{session}/01-15-14:50-plan-jwt.md", content: planText },
  signal({ status: "waiting", phase: "planning", for: "plan_approval" }),
] as const;
const start = ["t", "--task", "x"] as const;

const questionsOf = (bench: Bench): readonly string[] =>
  [...bench.file("_qa.md").matchAll(/\*\*Answer:\*\* (.*)/g)].map(([, answer = ""]) => answer);
const lastState = (bench: Bench): string | undefined => bench.records().at(-1)?.to;

describe.skipIf(missing !== undefined)("run in a terminal", () => {
  it.each(sizes)(
    "asks at $columns x $rows one question after the other, the suggestion preselected",
    async (size) => {
      await using bench = await createTerminal({ calls: [ask, investigate, plan] }, size, ...start);
      const { terminal } = bench;
      await terminal.until("◆  Q1");
      await expect(withoutChance(await terminal.screen())).toMatchFileSnapshot(
        screenFile("questions", size),
      );
      await terminal.press("Enter");
      await terminal.until("◆  Q2");
      expect(questionsOf(bench)).toEqual(["A) httpOnly cookie", "_waiting_", "_waiting_"]);
      await terminal.press("Enter");
      await terminal.until("◆  Q3");
      await terminal.press("Enter");
      await terminal.until("◆  Q3, in your own words");
      await terminal.type("jeton 漢字");
      await expect(withoutChance(await terminal.until("漢字"))).toMatchFileSnapshot(
        screenFile("own-words", size),
      );
      await terminal.press("Enter");
      await terminal.until("Approve this plan?");
      expect(questionsOf(bench)).toEqual([
        "A) httpOnly cookie",
        "one week, as in the other app",
        "jeton 漢字",
      ]);
    },
  );

  it.each(sizes)(
    "shows the plan at $columns x $rows, and the session goes on when it is approved",
    async (size) => {
      await using bench = await createTerminal(
        { calls: [investigate, plan, implement, test, clean, sum] },
        size,
        ...start,
      );
      const { terminal } = bench;
      await terminal.until("Approve this plan?");
      await expect(withoutChance(await terminal.history())).toMatchFileSnapshot(
        screenFile("approval", size),
      );
      await terminal.press("Down", "Enter");
      expect(await terminal.end()).toBe(0);
      await expect(withoutChance(await terminal.screen())).toMatchFileSnapshot(
        screenFile("done", size),
      );
    },
  );

  it("sends a rejected plan back with the feedback, and a note on to the next agent", async () => {
    await using bench = await createTerminal(
      { calls: [investigate, plan, plan, [{ do: "hang" }]] },
      small,
      ...start,
    );
    const { terminal } = bench;
    await terminal.until("Approve this plan?");
    await terminal.press("Down", "Down", "Down", "Enter");
    await terminal.until("What should change?");
    await terminal.press("Enter");
    await terminal.until("enter some text");
    await terminal.type("use cookies");
    await terminal.press("Enter");
    await expect.poll(() => bench.claude.calls().length).toBe(3);
    await terminal.until("◆  Approve this plan?");
    expect(bench.claude.calls()[2]?.prompt).toContain("use cookies");
    await terminal.press("Down", "Down", "Enter");
    await terminal.until("The note");
    await terminal.type("mind the tests");
    await terminal.press("Enter");
    await expect.poll(() => bench.claude.calls().length).toBe(4);
    expect(bench.claude.calls()[3]?.prompt).toContain("mind the tests");
  });

  it("ends at ^C with the session waiting as before, and nothing answered", async () => {
    await using bench = await createTerminal({ calls: [ask] }, small, ...start);
    await bench.terminal.until("◆  Q1");
    await bench.terminal.press("C-c");
    expect(await bench.terminal.end()).toBe(130);
    expect(lastState(bench)).toBe("waiting.answers");
    expect(questionsOf(bench)).toEqual(["_waiting_", "_waiting_", "_waiting_"]);
    await expect(withoutChance(await bench.terminal.screen())).toMatchFileSnapshot(
      screenFile("questions-interrupted"),
    );
  });

  it("leaves a question open at Esc, asks the others, and then ends with exit code 3", async () => {
    await using bench = await createTerminal({ calls: [ask] }, small, ...start);
    const { terminal } = bench;
    await terminal.until("◆  Q1");
    await terminal.press("Escape");
    await terminal.until("◆  Q2");
    await terminal.press("Enter");
    await terminal.until("◆  Q3");
    await terminal.press("Up", "Enter");
    expect(await terminal.end()).toBe(3);
    expect(questionsOf(bench)).toEqual(["_waiting_", "one week, as in the other app", "_waiting_"]);
    expect(await terminal.screen()).toContain("Answer: samocode-run answer t Q1=A");
  });

  it("takes a question away that is answered elsewhere, and says so", async () => {
    await using bench = await createTerminal({ calls: [ask, [{ do: "hang" }]] }, small, ...start);
    const { terminal } = bench;
    await terminal.until("◆  Q1");
    await bench.run("answer", "t", "Q1=B");
    await terminal.until("Q1 has been answered elsewhere: B) localStorage");
    await terminal.until("◆  Q2");
    await bench.run("answer", "t", "Q2=a day", "Q3=jeton");
    await terminal.until("investigation iteration 2");
    expect(lastState(bench)).toBe("working.investigation");
  });

  it("goes on when the plan is approved elsewhere", async () => {
    await using bench = await createTerminal(
      { calls: [investigate, plan, [{ do: "hang" }]] },
      small,
      ...start,
    );
    await bench.terminal.until("Approve this plan?");
    await bench.run("approve", "t");
    expect(await bench.terminal.until("implementation iteration 3")).toMatch(/approved by \w+/);
  });

  it("lets nobody approve a plan that they were not shown", async () => {
    await using bench = await createTerminal(
      { calls: [investigate, plan, [{ do: "hang" }]] },
      large,
      ...start,
    );
    const { terminal } = bench;
    await terminal.until("Approve this plan?");
    const path = join(bench.folder(), "01-15-14:50-plan-jwt.md");
    writeFileSync(path, `${readFileSync(path, "utf8")}- [ ] And one more thing\n`);
    await terminal.press("Down", "Enter");
    await terminal.until(/The plan has changed[^]*☐ And one more thing[^]*◆ {2}Approve this plan/);
    expect(lastState(bench)).toBe("waiting.approval");
    await terminal.press("Down", "Enter");
    await terminal.until("implementation iteration 3");
  });

  it("sends a blocked session on with a note", async () => {
    const blocked = [signal({ status: "blocked", reason: "no access", needs: "human_decision" })];
    await using bench = await createTerminal(
      { calls: [blocked, [{ do: "hang" }]] },
      small,
      ...start,
    );
    const { terminal } = bench;
    await terminal.until(/◆ {2}The session is blocked[^]*no access/);
    await terminal.press("Down", "Down", "Enter");
    await terminal.until("The note");
    await terminal.type("it is open now");
    await terminal.press("Enter");
    await expect.poll(() => bench.claude.calls().length).toBe(2);
    expect(bench.claude.calls()[1]?.prompt).toContain("it is open now");
  });

  it("asks nobody with --no-wait", async () => {
    await using bench = await createTerminal({ calls: [ask] }, small, ...start, "--no-wait");
    expect(await bench.terminal.end()).toBe(3);
    expect(await bench.terminal.screen()).not.toContain("◆");
  });

  it("asks with `answer` as well, where no answer is given", async () => {
    await using bench = await createTerminal({ calls: [ask] }, small, ...start, "--no-wait");
    expect(await bench.terminal.end()).toBe(3);
    await using terminal = await callInTerminal(bench, small, "answer", "t");
    await terminal.until("◆  Q1");
    await terminal.press("Up", "Up", "Enter");
    await terminal.until("◆  Q3");
    expect(questionsOf(bench)).toEqual([
      "A) httpOnly cookie - not readable by scripts",
      "one week, as in the other app",
      "_waiting_",
    ]);
    await terminal.press("C-c");
    expect(await terminal.end()).toBe(130);
  });
});
