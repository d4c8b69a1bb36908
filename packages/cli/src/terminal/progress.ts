import { statSync } from "node:fs";
import { join } from "node:path";
import type { RunEvent } from "@samocode/core";
import { readFlowLog } from "@samocode/core/overview";
import { readIfRegular, sessionFiles } from "@samocode/core/store";
import picocolors from "picocolors";
import { formatEvent, formatTime } from "@samocode/session";
import type { Keyboard } from "./keyboard.ts";
import { createLiveBlock, type TextOutput } from "./live-block.ts";
import { deedOf, emptyProgress, followEvent } from "./progress-state.ts";
import { formatBlock } from "./progress-view.ts";
import { wrapLine, wrapText } from "./wrapped-text.ts";

/** Where progress goes. */
export interface ProgressOutput extends TextOutput {
  readonly on?: (event: "resize", listener: () => void) => unknown;
  readonly off?: (event: "resize", listener: () => void) => unknown;
}

/** Shows a person what a run does. */
export interface Progress {
  /** @param at When it happened, Unix time in ms. @default now */
  readonly tell: (event: RunEvent, at?: number) => void;
  /** Prints lines that stay. */
  readonly note: (text: string) => void;
  /** Leaves the terminal to somebody else while they work; what is told meanwhile is shown afterwards. */
  readonly hold: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Takes the live block away and stops. */
  readonly end: () => void;
}

export interface ProgressOptions {
  readonly useColor: boolean;
  /** Whether the output is a terminal on which lines can be drawn again. */
  readonly isLive: boolean;
}

/** How often the live block is drawn again, in ms: its clocks tell seconds. */
const frameMs = 1000;

/** The least time between two frames, in ms: an agent may say a hundred things in a second. */
const minFrameMs = 100;

/**
 * Makes the progress of a run: a line for each thing that happens and, on a terminal, a block below
 * them with what goes on now. Without a terminal, what the agent does is a line as well. While the keyboard is left to
 * the shell (^Z), the block is away.
 */
export function createProgress(
  output: ProgressOutput,
  { useColor, isLive }: ProgressOptions,
  keyboard?: Keyboard,
): Progress {
  const color = picocolors.createColors(useColor);
  const block = isLive ? createLiveBlock(output) : undefined;
  const readLog = createFlowLogReader();
  let state = emptyProgress;
  let drawnAt = 0;
  /** Lines that are held back while the terminal is somebody else's. */
  let held: string[] | undefined;

  const draw = (): void => {
    if (block === undefined || held !== undefined) return;
    const { columns = 80, rows = 24 } = output;
    const now = Date.now();
    drawnAt = now;
    const flowLog = readLog(state.folder);
    block.draw(formatBlock(state, { columns, rows, now, color, flowLog }));
  };
  const drawSoon = (): void => {
    if (Date.now() - drawnAt >= minFrameMs) draw();
  };
  const printLines = (lines: readonly string[]): void => {
    if (held !== undefined) held.push(...lines);
    else if (block === undefined) output.write(lines.map((line) => `${line}\n`).join(""));
    else block.print(lines);
  };
  const columns = (): number => (isLive ? (output.columns ?? 80) : Number.POSITIVE_INFINITY);
  const print = (line: string, at: number): void => {
    const time = formatTime(at);
    printLines(wrapLine(line, columns(), `${color.dim(time)} `, time.length + 1));
  };
  const timer = isLive ? setInterval(draw, frameMs).unref() : undefined;
  if (isLive) output.on?.("resize", draw);
  const forget = block && keyboard?.add({ leave: block.clear, enter: draw });

  return {
    tell(event, at = Date.now()) {
      const before = state;
      state = followEvent(state, event, at);
      const line = formatEvent(event, color);
      if (line !== undefined) print(line, at);
      if (event.type === "agent" && block === undefined && before.shown.type === "iteration") {
        const deed = deedOf(before.shown, event.event, at);
        if (deed !== undefined) print(`  ${deed.text}`, at);
      }
      if (line === undefined) drawSoon();
      else draw();
    },
    note: (text) => printLines(wrapText(text, columns())),
    async hold(work) {
      block?.clear();
      held ??= [];
      try {
        return await work();
      } finally {
        const lines = held;
        held = undefined;
        if (lines.length > 0) printLines(lines);
        draw();
      }
    },
    end() {
      clearInterval(timer);
      forget?.();
      output.off?.("resize", draw);
      block?.clear();
      state = emptyProgress;
    },
  };
}

/** Reads the Flow Log of a session, again only where its overview was saved since. */
function createFlowLogReader(): (folder: string) => readonly string[] {
  let mark = "";
  let entries: readonly string[] = [];
  return (folder) => {
    if (folder === "") return [];
    const path = join(folder, sessionFiles.overview);
    const stats = statSync(path, { throwIfNoEntry: false });
    const now = stats === undefined ? "" : `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
    if (now !== mark) {
      mark = now;
      entries = readFlowLog(readIfRegular(path)?.toString("utf8") ?? "");
    }
    return entries;
  };
}
