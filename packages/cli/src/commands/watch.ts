import type { RunEvent } from "@samocode/core";
import { listenForStop } from "@samocode/process";
import { openSession, type SessionFlags } from "../config/open-session.ts";
import { formatReport, readReport } from "@samocode/session";
import { claudeLog } from "@samocode/agent-claude";
import { watchSession } from "@samocode/runner";
import { printEvent, progressOptions } from "../terminal/output.ts";
import { createProgress } from "../terminal/progress.ts";
import { openTerminalKeyboard } from "../terminal/terminal-keyboard.ts";

/** Shows what a run shows that is going on elsewhere, until the session rests. */
export async function watch(
  argument: string,
  flags: SessionFlags & { readonly quiet: boolean },
): Promise<number> {
  const { store, name, settings, project } = await openSession(argument, flags);
  const stop = listenForStop();
  const keyboard = flags.quiet ? undefined : openTerminalKeyboard(flags);
  const progress = createProgress(process.stderr, progressOptions(flags), keyboard);
  const tell = (event: RunEvent, at: number): void => {
    if (flags.json === true) printEvent(event, at);
    if (flags.quiet) return;
    progress.tell(event, at);
    if (event.type === "waiting") progress.note(formatReport(readReport(store, name)));
  };
  try {
    const exitCode = await watchSession(store, {
      log: claudeLog,
      tell,
      cancel: stop.cancel,
      budgetUsd: settings.budgetUsd,
      testCommand: project.testCommand,
    });
    progress.end();
    if (!flags.quiet && exitCode !== undefined) {
      progress.note(formatReport(readReport(store, name)));
    }
    return stop.exitCode() ?? exitCode ?? 0;
  } finally {
    progress.end();
    keyboard?.close();
    stop.release();
  }
}
