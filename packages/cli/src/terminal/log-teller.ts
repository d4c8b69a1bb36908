import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { AgentActivity, RunEvent } from "@samocode/core";
import { claudeLog } from "@samocode/agent-claude";
import { openStreamFollower, type StreamFollower } from "@samocode/process";
import { tellActivity, type WordsView } from "./agent-words.ts";
import { formatEvent, type SessionLog } from "@samocode/session";
import { printLine, printJson } from "./output.ts";
import { waitForRoom } from "./stdout-room.ts";
import { createRawLog, type RawLog } from "./raw-log.ts";

/** Tells logs on stdout. */
export interface LogTeller {
  /** Tells a log as far as it goes now. */
  readonly tellWhole: (log: SessionLog, cancel: AbortSignal) => Promise<void>;
  /** Tells what a watch tells: the running iteration, and what comes after it. */
  readonly tell: (event: RunEvent) => void;
  /** Tells the rest of what runs, and stops. */
  readonly close: () => void;
}

export interface LogTellerOptions {
  /** The session folder. */
  readonly folder: string;
  /** As a person would tell it, as one JSON object a line, or as it is. */
  readonly form: "words" | "json" | "raw";
  readonly view: WordsView;
}

/** Makes what tells logs in one of their forms. */
export function createLogTeller({ folder, form, view }: LogTellerOptions): LogTeller {
  let growing: RawLog | undefined;
  let isFirst = true;

  const begin = ({ log, iteration, phase }: SessionLog): void => {
    if (form !== "words") return;
    if (!isFirst) printLine("");
    isFirst = false;
    printLine(view.color.bold(`${phase}, iteration ${iteration}`) + view.color.dim(`  ${log}`));
  };
  const tellAgent = (iteration: number, event: AgentActivity): void => {
    if (form === "json") printJson({ type: "agent", iteration, event });
    else for (const line of tellActivity(event, view)) printLine(line);
  };
  const endGrowing = (): void => {
    growing?.end();
    growing = undefined;
  };

  return {
    async tellWhole(log, cancel) {
      const path = join(folder, log.log);
      begin(log);
      if (form === "raw") return await createRawLog(path).copy(cancel);
      const follower = openStreamFollower(path, (line) => {
        for (const event of claudeLog.parseLine(line)) tellAgent(log.iteration, event);
      });
      await readToEnd(follower, cancel);
    },
    tell(event) {
      if (event.type === "iteration.started") {
        begin(event);
        endGrowing();
        if (form === "raw") {
          growing = createRawLog(join(folder, event.log));
          growing.follow();
        }
      }
      if (event.type === "agent" && form !== "raw") tellAgent(event.iteration, event.event);
      if (event.type === "session.moved") {
        endGrowing();
        const line = form === "words" ? formatEvent(event, view.color) : undefined;
        if (line !== undefined) printLine(view.color.dim("── ") + line);
      }
    },
    close: endGrowing,
  };
}

async function readToEnd(follower: StreamFollower, cancel: AbortSignal): Promise<void> {
  try {
    while (!cancel.aborted && (await waitForRoom()) && follower.read() > 0) await nextTurn();
    // The last line of a process that was killed has no end.
    if (!cancel.aborted) follower.drain(0);
  } finally {
    follower.close();
  }
}
