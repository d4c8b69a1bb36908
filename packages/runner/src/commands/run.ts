import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { decodeOverview, parseOverview } from "@samocode/core";
import { exitCodes } from "../exit-code.ts";
import { checkWorkingDir } from "../working-dir.ts";
import { runIteration } from "../iteration.ts";
import { acquireLock } from "../lock.ts";
import { createSession, type NewTask } from "../new-session.ts";
import { openOrPlaceSession, type SessionFlags } from "../open-session.ts";
import { printJson } from "../output.ts";
import { createProgress } from "../progress.ts";
import { formatReport, readReport } from "../session-report.ts";
import type { RunEvent } from "../run-event.ts";
import { runSession } from "../run-session.ts";
import { runTests } from "../verification.ts";

/** The flags of `run`, beside those of the settings. */
export interface RunFlags extends SessionFlags, NewTask {
  readonly autoApprove: boolean;
  readonly acceptSuggestions: boolean;
  readonly wait?: boolean;
  readonly quiet: boolean;
}

/** Starts a session or goes on with it, until it is done or needs a person. */
export async function run(argument: string, flags: RunFlags): Promise<number> {
  const named = await openOrPlaceSession(argument, flags);
  const { store, settings, project, name, place } = named;
  mkdirSync(place.folder, { recursive: true });
  const lock = acquireLock(join(place.folder, ".run.lock"), { purpose: "run" });
  const stop = listenForSignals();
  const progress = createProgress(process.stderr, useColor());
  const tell = (event: RunEvent): void => {
    if (flags.json === true) printJson({ at: new Date().toISOString(), ...event });
    if (!flags.quiet) progress.tell(event);
  };
  try {
    if (place.found !== "session") await createSession(named, flags);
    const overview = parseOverview(decodeOverview(store.readOverview()));
    const workingDir = await checkWorkingDir(overview.workingDir, project.mainRepo);
    const common = { store, settings, workingDir, cancel: stop.cancel, kill: stop.kill, tell };
    const exitCode = await runSession({
      store,
      hands: {
        runAgent: ({ plan }, session) =>
          runIteration(plan, session.snapshot().context, {
            ...common,
            dive: overview.dive,
            env: process.env,
          }),
        runTests: (session) =>
          runTests(project.testCommand ?? "", session.snapshot().context, common),
      },
      settings: {
        maxRetries: settings.maxRetries,
        retryDelayMs: settings.retryDelayMs,
        maxIterations: settings.maxIterations ?? Number.POSITIVE_INFINITY,
        budgetUsd: settings.budgetUsd ?? Number.POSITIVE_INFINITY,
        autoApprove: flags.autoApprove,
        verifies: project.testCommand !== undefined,
      },
      timeoutMs: settings.timeoutMs,
      wait: flags.wait === true,
      acceptSuggestions: flags.acceptSuggestions,
      cancel: stop.cancel,
      tell,
    });
    progress.end();
    if (!flags.quiet) process.stderr.write(`${formatReport(readReport(store, name))}\n`);
    return stop.exitCode() ?? exitCode;
  } finally {
    progress.end();
    stop.release();
    lock.release();
  }
}

function useColor(): boolean {
  return process.stderr.isTTY === true && (process.env["NO_COLOR"] ?? "") === "";
}

/** The first SIGINT or SIGTERM asks for a clean stop, the second one for an end at once. */
function listenForSignals() {
  const cancel = new AbortController();
  const kill = new AbortController();
  let code: number | undefined;
  const listen = (exitCode: number) => (): void => {
    if (cancel.signal.aborted) kill.abort();
    code ??= exitCode;
    cancel.abort();
  };
  const onInt = listen(exitCodes.sigint);
  const onTerm = listen(exitCodes.sigterm);
  process.on("SIGINT", onInt).on("SIGTERM", onTerm).on("SIGHUP", onTerm);
  return {
    cancel: cancel.signal,
    kill: kill.signal,
    exitCode: () => code,
    release: () => {
      process.off("SIGINT", onInt).off("SIGTERM", onTerm).off("SIGHUP", onTerm);
    },
  };
}
