import type {
  RunEvent,
  SessionContext,
  SessionEvent,
  UnansweredEvent,
  WakeEvent,
} from "@samocode/core";
import type { HistoryRecord } from "@samocode/core/store";
import {
  exitCodeOf,
  deadlineOf,
  waitForChange,
  followHistory,
  withReadableOverview,
  eventsOfRecord,
  enterSession,
  type SessionDriver,
} from "@samocode/session";
import { createAnswerWatch, type AnswerWatch } from "./answer-watch.ts";
import { checkHappened } from "./checked-event.ts";
import { tellMeanwhile } from "./news-meanwhile.ts";
import { applyPatiently, createFaultReport, refreshPatiently } from "./patient-session.ts";
import { createPersonWait } from "./person-wait.ts";
import type { Happened, RunOptions } from "./run-options.ts";
import { startTimer } from "./timer.ts";

/**
 * Runs a session until it rests: finished, waiting for a person, blocked, paused or failed.
 * It carries out what the machine decides, and decides nothing itself.
 *
 * What others decide meanwhile is taken in: at once while the session waits, for a person or for a time to
 * pass, and else when the agent or the tests have ended.
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
  const patience = { cancel: options.cancel, maxMs: options.overviewMs };
  const session = await withReadableOverview(() => enterSession(store, options), patience);
  const report = createFaultReport(tell);
  tell(entered(session, before, options));
  const answers = createAnswerWatch(store, tell, options.quiet);
  const refreshAndTell = async (): Promise<boolean> => {
    const hasChanged = await refreshPatiently(session, report);
    tellNews();
    return hasChanged;
  };
  const person = createPersonWait(session, options, refreshAndTell);
  for (;;) {
    tellNews();
    const happened = await carryOut(session, options, answers, tellNews, refreshAndTell);
    if (happened === undefined) {
      if (await person.wait()) continue;
      break;
    }
    if (happened === "changed" || !isReminder(happened)) await person.leave();
    if (happened === "changed") continue;
    const reception = await applyPatiently(session, happened, options, report);
    happened.settle?.();
    // What is still to be begun is left to the next run.
    if (reception === "ignored" && options.cancel.aborted) break;
  }
  await person.leave();
  const { context } = session.snapshot();
  const exitCode = options.cancelledCode?.() ?? exitCodeOf(session.state());
  const { phase, iteration, costUsd } = context;
  const state = session.state();
  const deadline = deadlineOf(session.snapshot().context);
  const because = restedBecause(state, context);
  tell({
    type: "session.rested",
    state,
    phase,
    iteration,
    costUsd,
    exitCode,
    ...(because !== undefined && { because }),
    ...deadline,
  });
  return exitCode;
}

/**
 * Why a session rests that could have gone on, if a human or the limit of its run said so.
 *
 * @example
 * restedBecause("paused", { stopRequested: true, iterationsOfRun: 1, settings }); // "stop"
 */
export function restedBecause(
  state: string,
  context: Pick<SessionContext, "stopRequested" | "iterationsOfRun"> & {
    readonly settings: Pick<SessionContext["settings"], "maxIterations">;
  },
): "maxIterations" | "stop" | undefined {
  if (state !== "paused") return undefined;
  if (context.stopRequested) return "stop";
  const { maxIterations = Number.POSITIVE_INFINITY } = context.settings;
  return context.iterationsOfRun >= maxIterations ? "maxIterations" : undefined;
}

function entered(
  session: SessionDriver,
  before: HistoryRecord | undefined,
  { store, settings }: RunOptions,
): RunEvent {
  const { context } = session.snapshot();
  const { phase, iteration, costUsd } = before?.memory ?? context;
  const { budgetUsd } = settings;
  return {
    type: "session.entered",
    folder: store.folder,
    state: before?.to ?? session.state(),
    phase,
    iteration,
    costUsd,
    ...(budgetUsd !== undefined && Number.isFinite(budgetUsd) && { budgetUsd }),
  };
}

/** Does what the machine wants done next; nothing if the session rests, `changed` if others have decided. */
async function carryOut(
  session: SessionDriver,
  options: RunOptions,
  answers: AnswerWatch,
  tellNews: () => void,
  refresh: () => Promise<boolean>,
): Promise<Happened | "changed" | undefined> {
  const { hands, store, tell } = options;
  const effect = session.effect();
  if (effect.type === "agent" || effect.type === "tests") options.requireHeld?.();
  switch (effect.type) {
    case "agent":
      return tellMeanwhile(store.folder, tellNews, async () =>
        checkHappened("agent", await hands.runAgent(effect, session)),
      );
    case "tests":
      return tellMeanwhile(store.folder, tellNews, async () =>
        checkHappened("tests", await hands.runTests(session)),
      );
    case "timer":
      tell({ type: "timer.started", state: session.state(), until: effect.event.at });
      return sitOut(effect.event, session, options, refresh);
    case "rest":
      return (
        (await takeAnswers(session, options, answers, refresh)) ?? whatIsDue(effect.unanswered)
      );
  }
}

/** The answers that are there; while someone may still be typing, it waits until they have come to rest. */
async function takeAnswers(
  session: SessionDriver,
  { store, acceptSuggestions, cancel }: RunOptions,
  answers: AnswerWatch,
  refresh: () => Promise<boolean>,
): Promise<Happened | "changed" | undefined> {
  if (session.state() !== "waiting.answers") return undefined;
  for (;;) {
    const { wait, asking } = session.snapshot().context;
    const rule = wait?.takesSuggestions === true ? "ON_QUESTION_TIMEOUT" : undefined;
    const suggestionsBy = acceptSuggestions ? "--accept-suggestions" : rule;
    const found = await answers.look({ asking, suggestionsBy });
    if (typeof found === "object") return { event: found };
    if (found === undefined) return undefined;
    const timer = startTimer(Date.now() + found);
    await waitForChange(store.folder, session.mark(), AbortSignal.any([cancel, timer.over]));
    timer.release();
    if (cancel.aborted || session.isStopRequested()) return undefined;
    await refresh();
    if (session.state() !== "waiting.answers") return "changed";
  }
}

/** Whoever is just being asked is left in peace. */
function isReminder({ event }: Happened): boolean {
  return event.type === "unanswered" && event.remedy === "remind";
}

/** The timeout of the wait, if its time is over. */
function whatIsDue(unanswered: UnansweredEvent | undefined): Happened | undefined {
  const at = Date.now();
  return unanswered !== undefined && unanswered.at <= at
    ? { event: { ...unanswered, at } }
    : undefined;
}

/** Waits until the time of a state is over, unless a person decides otherwise. */
async function sitOut(
  event: WakeEvent,
  session: SessionDriver,
  { store, cancel }: RunOptions,
  refresh: () => Promise<boolean>,
): Promise<Happened | "changed"> {
  const timer = startTimer(event.at);
  const until = AbortSignal.any([cancel, timer.over]);
  try {
    for (;;) {
      await waitForChange(store.folder, session.mark(), until);
      if (cancel.aborted) return { event: interrupted };
      if (await refresh()) return "changed";
      // By a clock that was set back since it may not be due yet: the time has passed all the same.
      if (timer.over.aborted) return { event };
    }
  } finally {
    timer.release();
  }
}

const interrupted: SessionEvent = {
  type: "agent.interrupted",
  message: "the run was interrupted",
};
