import type { AgentDialect, StreamProgress } from "@samocode/agent";
import { judgeOutcome } from "./outcome.ts";
import { isActivity } from "./stream-event.ts";
import { addLine, emptySummary, type StreamSummary } from "./stream-summary.ts";
import { parseStreamLine } from "./stream.ts";

/** How the stdout of the Claude CLI with `--output-format stream-json` is understood. */
export const claudeDialect: AgentDialect<StreamSummary> = {
  empty: emptySummary,
  // Other large lines are what a tool has read or written: megabytes that nobody looks at here.
  largeLinesWith: '"result"',
  read(summary, line) {
    const events = parseStreamLine(line);
    return { summary: addLine(summary, events), activities: events.filter(isActivity) };
  },
  progressOf,
  judge: judgeOutcome,
  startCure:
    "Set CLAUDE_PATH (or --claude-path) to the Claude CLI, for example the output of `which claude`; `npm install -g @anthropic-ai/claude-code` installs it.",
};

function progressOf(summary: StreamSummary): StreamProgress {
  const { init, result, atRest } = summary;
  return {
    hasBegun: init !== undefined,
    hasResult: result !== undefined,
    atRest,
    costUsd: result?.costUsd ?? 0,
    isUnauthorized: isUnauthorized(summary),
  };
}

/**
 * The CLI asks again for three minutes when a key is wrong; a key does not get better.
 * A login may: another process can have renewed it, and the next try finds it.
 */
function isUnauthorized({ retry, init, result }: StreamSummary): boolean {
  if (retry === undefined || result !== undefined) return false;
  if (retry.errorStatus !== 401 && retry.errorStatus !== 403) return false;
  return init?.apiKeySource === "none" ? retry.attempt >= 3 : true;
}
