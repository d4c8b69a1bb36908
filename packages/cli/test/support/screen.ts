import { fileURLToPath } from "node:url";
import type { Scenario } from "@samocode/testkit";
import { createBench, type Bench } from "./runner-cli.ts";
import { openTerminal, type Terminal, type TerminalOptions } from "./tmux.ts";

const binary = fileURLToPath(new URL("../../bin/samocode-run.js", import.meta.url));

/** The sizes of terminals in which every screen is looked at. */
export const sizes = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 50 },
] as const;

export type Size = Pick<TerminalOptions, "columns" | "rows" | "text">;

/** Opens a terminal at the root of a bench and calls the binary in it. */
export async function callInTerminal(
  bench: Bench,
  size: Size,
  ...args: string[]
): Promise<Terminal> {
  return await openTerminal([process.execPath, binary, ...args], {
    ...size,
    cwd: bench.project.root,
    env: bench.env,
  });
}

/** A project with a terminal in it, in which the binary is called like this. */
export async function createTerminal(
  scenario: Scenario,
  size: Size,
  ...args: string[]
): Promise<Bench & { readonly terminal: Terminal }> {
  const bench = await createBench(scenario);
  const terminal = await callInTerminal(bench, size, ...args);
  return {
    ...bench,
    terminal,
    async [Symbol.asyncDispose]() {
      await terminal[Symbol.asyncDispose]();
      await bench[Symbol.asyncDispose]();
    },
  };
}

/** What is on the screen, without what differs from run to run. */
export function withoutChance(screen: string): string {
  return (
    screen
      .replaceAll(/samocode-project-\w{6}/g, "samocode-project-XXXXXX")
      .replaceAll(/\d\d-\d\d-\d\d-(?=\w)/g, "YY-MM-DD-")
      .replaceAll(/\d\d-\d\d-\d{4}-(?=\d{3}-)/g, "MM-DD-HHMM-")
      .replaceAll(/\d\d-\d\d \d\d:\d\d/g, "MM-DD HH:MM")
      .replaceAll(/\b\d\d:\d\d\b/g, "HH:MM")
      .replaceAll(/\b(?:\d+m )?\d+s\b/g, "TIME")
      // Figures stand at the right of a column.
      .replaceAll(/ {2,}TIME/g, "  TIME")
      .replaceAll(/(?<=(?:answered|approved|rejected|resumed) by )\S+/g, "NAME")
      .concat("\n")
  );
}

/** The file that holds a screen. */
export function screenFile(name: string, { columns, rows }: Size = sizes[0]): string {
  return `../fixtures/screens/${name}-${columns}x${rows}.txt`;
}
