import type { AgentLog } from "@samocode/session";
import { isActivity } from "./stream-event.ts";
import { parseStreamLine } from "./stream.ts";

/** How the log of the Claude CLI is read: its stdout with `--output-format stream-json`. */
export const claudeLog: AgentLog = {
  parseLine: (line) => parseStreamLine(line).filter(isActivity),
  // Other large lines are what a tool has read or written: megabytes that nobody looks at here.
  largeLinesWith: '"result"',
};
