import type { RunEvent } from "@samocode/core";
import { printableLines } from "@samocode/core/overview";
import { sessionFiles, type Store } from "@samocode/core/store";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { createClaudeAgent, findClaude, requireSupportedVersion } from "@samocode/agent-claude";
import {
  findWorkingDir,
  readHead,
  createSession,
  refuseOtherTask,
  removeIfEmpty,
  requireTask,
  type NewTask,
} from "@samocode/worktree";
import { runIteration, runSession, verify } from "@samocode/runner";
import type { RunChannels } from "@samocode/channels";
import { missingSettings, withoutSecrets } from "@samocode/channels/plugin";
import {
  openOrPlaceSession,
  type NamedSession,
  type SessionFlags,
} from "../config/open-session.ts";
import { channelPlugins, channelSecrets } from "../config/channel-plugins.ts";
import { envFiles } from "../config/config.ts";
import type { Settings } from "../config/settings.ts";
import type { Keyboard } from "../terminal/keyboard.ts";
import { isAtTerminal, printEvent, progressOptions } from "../terminal/output.ts";
import { createProgress } from "../terminal/progress.ts";
import { openTerminalKeyboard } from "../terminal/terminal-keyboard.ts";
import {
  formatReport,
  readReport,
  takeRunLock,
  withReadableOverview,
  exitCodes,
} from "@samocode/session";
import { readCustomTexts } from "../config/custom-folder.ts";
import {
  type Lock,
  type LockOwner,
  listenForStop,
  untilSignalsAreTold,
  type StopRequest,
} from "@samocode/process";

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
  if (place.found !== "session") requireTask(name, flags);
  else refuseOtherTask(named, flags);
  const claudePath = findClaude(settings.claudePath, process.env);
  const { warnings, ...customTexts } = readCustomTexts(project);
  for (const warning of warnings) warn(warning);
  const stop = listenForStop();
  // Its own object, for each look into the one of Node is a call of the system's.
  const env = withoutSecrets(process.env, channelSecrets);
  await checkVersion(claudePath, env, stop);
  if (stop.cancel.aborted) return endEarly(stop);
  mkdirSync(place.folder, { recursive: true });
  const lock = await takeLock(named, stop);
  if (lock === undefined) return endEarly(stop);
  const keyboard = flags.quiet ? undefined : openTerminalKeyboard(flags);
  const progress = createProgress(process.stderr, progressOptions(flags), keyboard);
  let channels: RunChannels | undefined;
  let exitCode: number;
  let because: string | undefined;
  const tell = (event: RunEvent): void => {
    if (event.type === "session.rested") because = formatBecause(event.because, settings);
    if (flags.json === true) printEvent(event, Date.now());
    if (!flags.quiet) {
      // Who is asked at once need not be told that they will be waited for.
      if (event.type !== "waiting" || !mayAsk(flags)) progress.tell(event);
      if (event.type === "waiting" && !mayAsk(flags)) {
        progress.note(formatReport(readReport(store, name)));
      }
    } else if (event.type === "channel.failed") warn(event.message);
    channels?.tell(event);
  };
  const ask = async (at: Keyboard, state: string, cancel: AbortSignal) => {
    const { askPerson } = await import("../asking/ask-person.ts");
    const asked = await progress.hold(() => askPerson(store, state, at, cancel));
    if (asked !== "interrupted") return asked;
    stop.interrupt();
    return "later";
  };
  try {
    // Another run may have made it since it was looked for.
    const patience = { cancel: stop.cancel };
    if (store.exists()) await withReadableOverview(() => refuseOtherTask(named, flags), patience);
    else for (const note of await createSession(named, flags, stop.cancel)) warn(note);
    if (store.readHistoryTail().torn) warn(formatTorn(store));
    const overview = await withReadableOverview(() => store.readOverview(), patience);
    const workingDir = await findWorkingDir(named, overview.workingDir, warn, stop.cancel);
    channels = await openChannels(named, tell, progress.note);
    await channels?.listen();
    const { model, fallbackModel, maxTurns, permissionMode } = settings;
    const { mainRepo, configPath } = project;
    const agent = createClaudeAgent({
      claudePath,
      model,
      fallbackModel,
      maxTurns,
      permissionMode,
      mainRepo,
      configPath,
      secrets: envFiles(configPath, process.env),
      customTexts,
      env,
    });
    const common = {
      agent,
      store,
      settings,
      project,
      workingDir,
      dive: overview.dive,
      env,
      signFile: lock.signFile,
      cancel: stop.cancel,
      kill: stop.kill,
      tell,
    };
    exitCode = await runSession({
      store,
      hands: {
        runAgent: ({ plan }, session) => runIteration(plan, session.snapshot().context, common),
        runTests: (session) => verify(project.testCommand, session.snapshot().context, common),
      },
      settings: {
        maxRetries: settings.maxRetries,
        retryDelayMs: settings.retryDelayMs,
        maxIterations: settings.maxIterations,
        budgetUsd: settings.budgetUsd,
        autoApprove: flags.autoApprove,
        verifies: project.testCommand !== undefined,
        patience: {
          qa_answers: settings.onQuestionTimeout,
          plan_approval: settings.onApprovalTimeout,
          file_update: settings.onActionTimeout,
          human_action: settings.onActionTimeout,
        },
      },
      timeoutMs: settings.timeoutMs,
      head: () => readHead(workingDir),
      requireHeld: lock.requireHeld,
      wait: flags.wait === true,
      ...(keyboard !== undefined &&
        mayAsk(flags) && { ask: (state, cancelAsking) => ask(keyboard, state, cancelAsking) }),
      acceptSuggestions: flags.acceptSuggestions,
      cancel: stop.cancel,
      cancelledCode: stop.exitCode,
      tell,
    });
  } catch (error) {
    if (!stop.cancel.aborted || !isAbort(error)) throw error;
    // Git was stopped in its work: nothing has begun, and the next run makes the rest.
    if (!store.exists()) return endEarly(stop);
    exitCode = stop.exitCode() ?? exitCodes.failed;
  } finally {
    progress.end();
    keyboard?.close();
    await channels?.close(stop.cancel.aborted ? 0 : undefined);
    lock.release();
    if (!store.exists()) removeIfEmpty(place.folder);
    await untilSignalsAreTold();
    stop.release();
  }
  // When nobody holds the session any more: this run is not the one that it is with.
  if (!flags.quiet) progress.note(formatReport(readReport(store, name), Date.now(), because));
  return stop.exitCode() ?? exitCode;
}

/** Why a run ended whose session could have gone on. */
function formatBecause(
  because: Extract<RunEvent, { type: "session.rested" }>["because"],
  { maxIterations = 0 }: Settings,
): string | undefined {
  if (because === undefined) return undefined;
  if (because === "stop") return "a stop was requested";
  return `the run ended after ${maxIterations} ${maxIterations === 1 ? "iteration" : "iterations"}, the limit of --max-iterations`;
}

async function checkVersion(
  claudePath: string,
  env: NodeJS.ProcessEnv,
  stop: StopRequest,
): Promise<void> {
  try {
    await requireSupportedVersion(claudePath, env, stop.cancel);
  } catch (error) {
    stop.release();
    throw error;
  }
}

/** The lock of the run; nothing if it was stopped while it waited to see whether another run is alive. */
async function takeLock(
  { name, place }: NamedSession,
  stop: StopRequest,
): Promise<Lock | undefined> {
  const onWatch = (holder: LockOwner | undefined): void => {
    const who = holder === undefined ? "" : ` (pid ${holder.pid} on ${holder.host})`;
    warn(
      `another run${who} holds \`${name}\` but shows no sign of life; waiting up to 30 s for one`,
    );
  };
  try {
    return await takeRunLock(place.folder, { cancel: stop.cancel, onWatch });
  } catch (error) {
    removeIfEmpty(place.folder);
    if (stop.cancel.aborted) return undefined;
    stop.release();
    throw error;
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** The exit code of a run that was stopped before its session began. */
function endEarly(stop: StopRequest): number {
  stop.release();
  return stop.exitCode() ?? exitCodes.failed;
}

/** Whether the person who called the command sits before it and may be asked. */
function mayAsk({ wait, json, quiet }: RunFlags): boolean {
  return wait === undefined && json !== true && !quiet && isAtTerminal();
}

/** The channels that are set up; without any, nothing of them is loaded. */
async function openChannels(
  session: NamedSession,
  tell: (event: RunEvent) => void,
  note: (text: string) => void,
): Promise<RunChannels | undefined> {
  const { settings } = session;
  const own = channelPlugins.filter((plugin) => missingSettings(plugin, settings).length === 0);
  if (own.length === 0 && settings.notify === undefined) return undefined;
  const { openRunChannels } = await import("@samocode/channels");
  return openRunChannels({
    session,
    own: own.map((plugin) => ({ name: plugin.name, create: () => plugin.create(settings) })),
    named: settings.notify ?? [],
    secrets: channelSecrets,
    folder: dirname(session.project.configPath),
    env: { ...process.env },
    warn: (message) => tell({ type: "channel.failed", message }),
    print: (text) => note(printableLines(text).trimEnd()),
  });
}

function formatTorn({ folder }: Store): string {
  const path = join(folder, sessionFiles.history);
  return `the last line of \`${path}\` is incomplete, as after a crash; it is skipped and its step is repeated`;
}

function warn(text: string): void {
  process.stderr.write(`samocode-run: ${text}\n`);
}
