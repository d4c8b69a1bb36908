import { describe, expect, it } from "vitest";
import { createBench, steps } from "../support/runner-cli.ts";
import {
  callInTerminal,
  createTerminal,
  screenFile,
  sizes,
  withoutChance,
} from "../support/screen.ts";
import { whyNoTerminal } from "../support/tmux.ts";

const { investigate, plan } = steps;
const [small, large] = sizes;

const missing = whyNoTerminal();
if (missing !== undefined) console.warn(`No test in a terminal: ${missing}`);

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

  it("run leaves nothing of its block behind where the terminal changes its size", async () => {
    await using bench = await createTerminal({ calls: [busy] }, large, "t", "--task", "x");
    const { terminal } = bench;
    await terminal.until(/› Bash sleep[^]*\[002 @/);
    for (const [columns, rows] of [
      [100, 40],
      [60, 30],
      [120, 40],
      [80, 24],
    ] as const) {
      await terminal.resize(columns, rows);
      // The longest line of the block reaches to the margin again once it has been drawn anew.
      const screen = await terminal.until(
        new RegExp(`^ {2}› Bash sleep.{${columns - 60},}…$`, "m"),
      );
      expect(screen.match(/─+/g)).toHaveLength(1);
      expect(screen.match(/› Bash sleep/g)).toHaveLength(1);
    }
  });

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
