import { setTimeout as sleep } from "node:timers/promises";
import {
  answerQuestion,
  openQuestions,
  OverviewError,
  parseQuestions,
  suggestedAnswer,
  type HistoryRecord,
  type RunEvent,
  type SessionEvent,
  type Store,
} from "@samocode/core";
import { exitCodeOf } from "../terminal/exit-code.ts";
import { markFolder, waitForChange } from "./folder-change.ts";
import { followHistory } from "./history-follower.ts";
import { eventsOfRecord } from "./record-event.ts";
import {
  enterSession,
  withWriteLock,
  type DriverOptions,
  type Effect,
  type RecordFacts,
  type SessionDriver,
} from "./session-driver.ts";

/** What became of an iteration or a run of the tests: an event, and what its record tells beside it. */
export interface Happened {
  readonly event: SessionEvent;
  readonly facts?: RecordFacts;
  /** What is left to do once the event is recorded; nothing is lost where a crash prevents it. */
  readonly settle?: () => void;
}

/** What carries the machine's decisions out. */
export interface Hands {
  readonly runAgent: (
    effect: Extract<Effect, { type: "agent" }>,
    session: SessionDriver,
  ) => Promise<Happened>;
  readonly runTests: (session: SessionDriver) => Promise<Happened>;
}

export interface RunOptions extends DriverOptions {
  readonly store: Store;
  readonly hands: Hands;
  /** Stay while the session waits for a person, and go on as soon as it can. */
  readonly wait: boolean;
  /** Answer questions with their suggestions. */
  readonly acceptSuggestions: boolean;
  readonly cancel: AbortSignal;
  /** The exit code of a run that was cancelled. @default the one of the state that it rests in */
  readonly cancelledCode?: () => number | undefined;
  readonly tell: (event: RunEvent) => void;
}

/**
 * Runs a session until it rests: finished, waiting for a person, blocked, paused or failed.
 * It carries out what the machine decides, and decides nothing itself.
 *
 * @returns The exit code that the state of rest stands for, or that a cancelled run has.
 */
export async function runSession(options: RunOptions): Promise<number> {
  const { store, tell } = options;
  const history = followHistory(store);
  const tellNews = (): void => {
    for (const record of history.read()) eventsOfRecord(record).forEach(tell);
  };
  const before = store.readHistoryTail().state;
  let session = await enterSession(store, options);
  tell(entered(session, before, options));
  for (;;) {
    tellNews();
    const happened = await carryOut(session, options);
    if (happened !== undefined) {
      await session.apply(happened.event, happened.facts);
      happened.settle?.();
      continue;
    }
    if (!options.wait || !session.snapshot().hasTag("person") || options.cancel.aborted) break;
    session = await waitForPerson(session, options);
  }
  const { context } = session.snapshot();
  const exitCode = options.cancelledCode?.() ?? exitCodeOf(session.state());
  const { phase, iteration, costUsd } = context;
  tell({ type: "session.rested", state: session.state(), phase, iteration, costUsd, exitCode });
  return exitCode;
}

function entered(
  session: SessionDriver,
  before: HistoryRecord | undefined,
  { store, settings }: RunOptions,
): RunEvent {
  const { context } = session.snapshot();
  const { phase, iteration, costUsd } = before?.memory ?? context;
  const { budgetUsd = Number.POSITIVE_INFINITY } = settings;
  return {
    type: "session.entered",
    folder: store.folder,
    state: before?.to ?? session.state(),
    phase,
    iteration,
    costUsd,
    ...(Number.isFinite(budgetUsd) && { budgetUsd }),
  };
}

/**
 * Waits until a person has changed the session's files, and enters it anew with what is left of the iterations
 * of this run. An overview that cannot be read may be half saved or mistyped: it is told, and waited for as well.
 */
async function waitForPerson(session: SessionDriver, options: RunOptions): Promise<SessionDriver> {
  const { store, cancel, tell } = options;
  const { settings, iterationsOfRun } = session.snapshot().context;
  const maxIterations = settings.maxIterations - iterationsOfRun;
  let mark = markFolder(store.folder);
  tell({ type: "waiting", state: session.state(), folder: store.folder });
  for (;;) {
    await waitForChange(store.folder, mark, cancel);
    if (cancel.aborted) return session;
    mark = markFolder(store.folder);
    try {
      return await enterSession(store, { ...options, settings: { ...settings, maxIterations } });
    } catch (error) {
      if (!(error instanceof OverviewError)) throw error;
      tell({ type: "overview.unreadable", message: error.message });
    }
  }
}

/** Does what the machine wants done next; nothing where the session rests. */
async function carryOut(
  session: SessionDriver,
  options: RunOptions,
): Promise<Happened | undefined> {
  const { hands, cancel, tell } = options;
  const effect = session.effect();
  switch (effect.type) {
    case "agent":
      return hands.runAgent(effect, session);
    case "tests":
      return hands.runTests(session);
    case "timer": {
      tell({ type: "timer.started", state: session.state(), until: Date.now() + effect.delayMs });
      const isOver = await sleepFor(effect.delayMs, cancel);
      return { event: isOver ? effect.event : interrupted };
    }
    case "rest":
      if (session.state() !== "waiting.answers") return undefined;
      return withWriteLock(options.store, () => findAnswers(options));
  }
}

const interrupted: SessionEvent = {
  type: "agent.interrupted",
  message: "the run was interrupted",
};

/** The answers that stand in `_qa.md` once no question is open. */
function findAnswers({ store, acceptSuggestions }: RunOptions): Happened | undefined {
  let text = store.readQuestions() ?? "";
  let by = "_qa.md";
  if (acceptSuggestions) {
    for (const question of openQuestions(text)) {
      const suggested = suggestedAnswer(question);
      if (suggested !== undefined) text = answerQuestion(text, question.id, suggested);
    }
    if (text !== store.readQuestions()) {
      store.writeQuestions(text);
      by = "--accept-suggestions";
    }
  }
  const isAnswered = parseQuestions(text).length > 0 && openQuestions(text).length === 0;
  return isAnswered ? { event: { type: "answer", open: 0, by } } : undefined;
}

/** The longest time between two looks at the clock, in ms. */
const maxNapMs = 30_000;

/**
 * Waits, and says whether the time is over. The time that the machine sleeps counts; that somebody sets the
 * clock back does not.
 */
async function sleepFor(delayMs: number, cancel: AbortSignal): Promise<boolean> {
  const end = Date.now() + delayMs;
  const steadyEnd = performance.now() + delayMs;
  const leftMs = (): number => Math.min(end - Date.now(), steadyEnd - performance.now());
  try {
    for (let left = leftMs(); left > 0; left = leftMs()) {
      await sleep(Math.min(left, maxNapMs), undefined, { signal: cancel });
    }
  } catch {
    return false;
  }
  return !cancel.aborted;
}
