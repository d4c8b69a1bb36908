import type { AgentActivity, RunEvent } from "@samocode/core";
import picocolors from "picocolors";
import { printableText } from "../claude/printable-text.ts";
import { formatDuration, formatTokens } from "./figures.ts";

/** Where progress goes. */
export interface ProgressOutput {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Shows a person what a run does. */
export interface Progress {
  readonly tell: (event: RunEvent) => void;
  /** Takes the live line away and stops. */
  readonly end: () => void;
}

interface LiveIteration {
  readonly phase: string;
  readonly number: number;
  readonly startedAt: number;
  readonly deadlineAt: number;
  /** What the paths of the agent begin with, and a person need not read each time. */
  readonly places: readonly string[];
  doing: string;
  turns: number;
  tokens: number;
  readonly messages: Set<string>;
}

/** The longest message of an event that is shown, in characters; the history has it whole. */
const maxMessage = 500;

/** How often the live line is drawn anew, in ms. */
const frameMs = 500;

/**
 * Makes the progress of a run: a line for each thing that happens and, on a terminal, one live line
 * below them with phase, iteration, time, what the agent does now, turns, tokens and cost.
 */
export function createProgress(output: ProgressOutput, useColor: boolean): Progress {
  const color = picocolors.createColors(useColor);
  const isLive = output.isTTY === true;
  let live: LiveIteration | undefined;
  let costUsd = 0;
  let folder = "";

  const clear = (): void => {
    if (isLive) output.write("\r\u001B[2K");
  };
  const draw = (): void => {
    if (!isLive || live === undefined) return;
    const width = (output.columns ?? 80) - 1;
    const line = formatLive(live, costUsd, Date.now());
    clear();
    output.write(color.dim(line.length > width ? `${line.slice(0, width - 1)}…` : line));
  };
  const print = (line: string): void => {
    clear();
    output.write(`${line}\n`);
    draw();
  };
  const timer = isLive ? setInterval(draw, frameMs).unref() : undefined;

  return {
    tell(event) {
      switch (event.type) {
        case "session.entered":
          folder = event.folder;
          print(`${color.bold("samocode")} ${event.folder}`);
          return;
        case "iteration.started": {
          const { phase, iteration, attempt, deadlineAt, workingDir } = event;
          live = {
            phase,
            number: iteration,
            startedAt: Date.now(),
            deadlineAt,
            places: [`${workingDir}/`, `${folder}/`],
            doing: "starts",
            turns: 0,
            tokens: 0,
            messages: new Set(),
          };
          print(`${color.cyan(phase)} iteration ${iteration}${attemptWords[attempt]}`);
          return;
        }
        case "agent":
          if (live === undefined) return;
          if (follow(live, event.event) && !isLive) print(`  ${live.doing}`);
          draw();
          return;
        case "signal.late":
          print(`  ${color.yellow("late signal")} nobody waited for it; moved to ${event.file}`);
          return;
        case "session.moved": {
          costUsd = event.costUsd;
          live = undefined;
          const arrow = event.from === event.to ? event.to : `${event.from} → ${event.to}`;
          const message =
            event.message === undefined ? "" : ` — ${printableText(event.message, maxMessage)}`;
          print(`  ${color.green(event.event)} ${arrow}${message}`);
          return;
        }
        case "tests.started":
          print(`${color.cyan("verifying")} ${event.command}`);
          return;
        case "timer.started":
          print(`${color.yellow(event.state)} until ${new Date(event.until).toLocaleString()}`);
          return;
        case "waiting":
          print(`${color.yellow(event.state)} — goes on by itself as soon as a person has acted`);
          return;
        case "channel.failed":
          print(`  ${color.yellow("channel")} ${event.message}`);
          return;
        case "overview.unreadable":
          print(`${color.yellow("waiting")} — ${event.message}`);
          return;
        case "run.lost":
          print(`${color.yellow("run.lost")} the run has died; its agent works on alone`);
          return;
        case "session.rested":
          live = undefined;
          clear();
      }
    },
    end() {
      clearInterval(timer);
      clear();
      live = undefined;
    },
  };
}

const attemptWords = {
  fresh: "",
  mend: ": the agent is asked to mend its signal",
  adopt: ": taken over from a run that died",
} as const;

/** Takes one event of the agent in; true where there is something new to say. */
function follow(live: LiveIteration, event: AgentActivity): boolean {
  if ("message" in event) live.messages.add(event.message);
  live.turns = live.messages.size;
  switch (event.type) {
    case "usage": {
      const { input, output, cacheRead, cacheWrite } = event.tokens;
      live.tokens += input + output + cacheRead + cacheWrite;
      return false;
    }
    case "tool":
      live.doing = `${event.tool} ${withoutPlaces(event.target, live.places)}`.trim();
      return true;
    case "text":
      live.doing = firstLine(event.text);
      return live.doing !== "";
    case "thinking":
      live.doing = "thinks";
      return false;
    case "retry":
      live.doing = `waits for the API, try ${event.attempt} of ${event.maxRetries}`;
      return true;
    default:
      return false;
  }
}

function withoutPlaces(target: string, places: readonly string[]): string {
  return places.reduce((text, place) => text.replaceAll(place, ""), target);
}

function formatLive(live: LiveIteration, costUsd: number, now: number): string {
  const elapsed = formatDuration(now - live.startedAt);
  const left = formatDuration(Math.max(0, live.deadlineAt - now));
  return [
    `${live.phase} #${live.number}`,
    `${elapsed} (${left} left)`,
    live.turns > 0 ? `${live.turns} turns` : "",
    live.tokens > 0 ? formatTokens(live.tokens) : "",
    `$${costUsd.toFixed(2)}`,
    live.doing,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

function firstLine(text: string): string {
  return printableText(text.trim().split("\n")[0] ?? "", 120);
}
