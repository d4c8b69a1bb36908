import { describe, expect, it } from "vitest";
import { createBench, steps } from "../support/runner-cli.ts";
import {
  callInTerminal,
  createTerminal,
  screenFile,
  sizes,
  type Size,
  withoutChance,
} from "../support/screen.ts";
import { whyNoTerminal } from "../support/tmux.ts";

const { investigate, plan } = steps;
const [small, large] = sizes;

const missing = whyNoTerminal();
if (missing !== undefined) console.warn(`No test in a terminal: ${missing}`);

/** A machine that is busy draws late. */
const patience = { timeout: 30_000 };

/**
 * More than a screen of what was there before: on an empty one, tmux scrolls the block away where lines wrap, and what
 * has scrolled away nobody can erase.
 */
const lines = Array.from({ length: 100 }, (_, at) => `line ${at}\n`).join("");

const entry = "- [002 @ 01-15 14:41] Deep dive: 認証 auth 👍 -> 01-15-14:41-dive-auth.md";
const busy = [
  { do: "say", text: "I look at 日本語 and 👍 first." },
  { do: "tool", name: "Read", input: { file_path: "{cwd}/src/auth.ts" } },
  { do: "tool", name: "Grep", input: { pattern: "session" }, isError: true },
  {
    do: "replace",
    path: "{session}/_overview.md",
    from: "] Session created",
    to: `] Session created\n${entry}`,
  },
  { do: "bash", command: `sleep 500 # ${"a long command 長い ".repeat(20)}` },
] as const;

describe.skipIf(missing !== undefined)("in a terminal", () => {
  it.each(sizes)("run shows what goes on, at $columns x $rows, and ^C ends it", async (size) => {
    await using bench = await createTerminal({ calls: [busy] }, size, "t", "--task", "x");
    const { terminal } = bench;
    await terminal.until(/› Bash sleep[^]*\[002 @/);
    await expect(withoutChance(await terminal.screen())).toMatchFileSnapshot(
      screenFile("progress", size),
    );
    await terminal.press("C-c");
    expect(await terminal.end()).toBe(130);
    await expect(withoutChance(await terminal.screen())).toMatchFileSnapshot(
      screenFile("interrupted", size),
    );
  });

  it("run cuts nothing that stays, though it be longer than the terminal is wide", async () => {
    const name = `add-${"a-".repeat(40)}login`;
    await using bench = await createTerminal(
      { calls: [investigate, plan] },
      small,
      name,
      "--task",
      "x",
      "--no-wait",
    );
    const { terminal } = bench;
    expect(await terminal.end()).toBe(3);
    const rows = (await terminal.screen()).replaceAll("\n", "");
    expect(rows).toContain(bench.folder());
  });

  it.each([
    [
      "narrower",
      { ...small, text: lines },
      [60, 80, 50, 80, 50, 80].map((columns) => [columns, 24] as const),
    ],
    ["lower", small, [8, 24, 7, 24].map((rows) => [80, rows] as const)],
    [
      "both, and is full",
      { ...small, text: lines },
      [
        [60, 8],
        [80, 24],
        [50, 7],
        [120, 40],
        [48, 20],
        [80, 24],
      ] as const,
    ],
    [
      "both, and is large",
      { ...large, text: lines },
      [
        [100, 40],
        [60, 30],
        [120, 40],
        [80, 24],
      ] as const,
    ],
  ])(
    "run keeps what stays and leaves no second block where the terminal becomes %s",
    async (_, size: Size, changes) => {
      await using bench = await createTerminal({ calls: [busy] }, size, "t", "--task", "x");
      const { terminal } = bench;
      await terminal.until(/› Bash sleep[^]*\[002 @/);
      for (const [columns, rows] of changes) {
        await terminal.resize(columns, rows);
        const isLow = rows < 12;
        await terminal.until(isLow ? /^ {2}› Bash sleep/m : /^ {2}› Bash sleep.*…$[^]*\[002 @/m);
        // It stays so in the next frame.
        const clock = / of 20\) · ([^,]*),/;
        const shownAt = async () => clock.exec(await terminal.screen())?.[1];
        const before = await shownAt();
        await expect.poll(shownAt, patience).not.toBe(before);
        const screen = await terminal.screen();
        expect(screen.match(/─+/g) ?? []).toHaveLength(isLow ? 0 : 1);
        for (const once of [/^investigation · /gm, /› Bash sleep/g])
          expect(screen.match(once)).toHaveLength(1);
        const all = await terminal.history();
        for (const once of [/ samocode \//g, /investigation iteration 1$/gm])
          expect(all.match(once)).toHaveLength(1);
        expect((all.match(/^line \d+\n/gm) ?? []).join("")).toBe(size.text ?? "");
      }
    },
  );

  it("watch shows the same, and ends with the run", async () => {
    await using bench = await createBench({
      calls: [[...busy.slice(0, 4), { do: "sleep", ms: 6000 }, ...investigate], plan],
    });
    const run = bench.start("t", "--task", "x");
    await expect.poll(() => bench.claude.calls().length).toBe(1);
    await using terminal = await callInTerminal(bench, small, "watch", "t");
    await terminal.until(/› thinks[^]*\[002 @/);
    await expect(withoutChance(await terminal.screen())).toMatchFileSnapshot(screenFile("watch"));
    expect(await run).toMatchObject({ exitCode: 3 });
    expect(await terminal.end()).toBe(3);
    expect(await terminal.screen()).toContain("t: waits for approval of the plan");
  });

  it("run --json keeps its lines whole on the terminal that they share with the progress", async () => {
    await using bench = await createTerminal(
      { calls: [investigate, plan] },
      large,
      "t",
      "--task",
      "x",
      "--json",
    );
    expect(await bench.terminal.end()).toBe(3);
    expect(await bench.terminal.screen()).not.toContain("─");
  });
});
