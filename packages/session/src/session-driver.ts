import {
  formatState,
  nextUnanswered,
  nextWake,
  sessionMachine,
  type SessionEvent,
  type UnansweredEvent,
  type WakeEvent,
  type SessionSettings,
  type SessionSnapshot,
} from "@samocode/core";
import { staleEvent, type Store } from "@samocode/core/store";
import { transition } from "xstate";
import { marksFor } from "./known-answers.ts";
import { planIteration, type IterationPlan } from "./iteration-plan.ts";
import { markFolder } from "./folder-change.ts";
import { commitMove, type Move, type RecordFacts } from "./session-commit.ts";
import { readEntrance } from "./session-entrance.ts";
import { withWriteLock } from "./session-lock.ts";

/** What the machine wants done next. */
export type Effect =
  | { readonly type: "agent"; readonly plan: IterationPlan }
  | { readonly type: "tests" }
  /** To wait until the time of the event has come. */
  | { readonly type: "timer"; readonly event: WakeEvent }
  /** Nothing, until a person acts, or until nobody has by a certain time. */
  | { readonly type: "rest"; readonly unanswered?: UnansweredEvent };

/**
 * What became of an event: `taken`; `ignored`, for it means nothing in this state; or `overtaken` by what
 * somebody else has decided meanwhile: then the session has been entered again.
 */
export type Reception = "taken" | "ignored" | "overtaken";

/** A session that a run holds: its snapshot, and the way to tell it what happened. */
export interface SessionDriver {
  readonly snapshot: () => SessionSnapshot;
  readonly state: () => string;
  readonly effect: () => Effect;
  /** Whether a person has asked this run to stop. */
  readonly isStopRequested: () => boolean;
  /** What the session's files look like that this state was made from. */
  readonly mark: () => string;
  /**
   * Decides on the event, and makes the decision durable.
   *
   * @throws {OverviewError} When the overview cannot be read. The session stays as it was.
   */
  readonly apply: (event: SessionEvent, facts?: RecordFacts) => Promise<Reception>;
  /**
   * Takes in what others have decided since, by a command or by an edit of the overview.
   *
   * @returns Whether there was anything; while an agent works or the tests run, the state stays even so.
   * @throws {OverviewError} When the overview cannot be read. The session stays as it was.
   */
  readonly refresh: () => Promise<boolean>;
}

/** What a session is entered with. */
export interface DriverOptions {
  readonly settings: Partial<SessionSettings>;
  /** Time limit of one iteration in ms. */
  readonly timeoutMs: number;
  /** The commit that the worktree has checked out. */
  readonly head?: () => string | undefined;
  /** Refuses to go on if the session is not held any more. @default it is held by whoever calls */
  readonly requireHeld?: () => void;
  /** @default Date.now */
  readonly now?: () => number;
}

/**
 * Enters a session from its folder: finishes an overview edit that a crash left undone, takes a
 * person's edit as a decision, and makes the state that follows durable.
 *
 * Others may write while the session is held. Before each of its own records, the driver takes theirs in.
 *
 * @throws {OverviewError} When the overview cannot be read. It is left as it is.
 * @throws {StoreError} When the folder cannot be read or written.
 */
export async function enterSession(store: Store, options: DriverOptions): Promise<SessionDriver> {
  return withWriteLock(store, () => createDriver(store, options));
}

function createDriver(store: Store, options: DriverOptions): SessionDriver {
  const { timeoutMs, head, now = Date.now } = options;
  let { settings } = options;
  let stopRequested = false;
  let mark = markFolder(store.folder);
  let entrance = readEntrance(store, now(), settings);
  let { seq, plan, snapshot } = entrance;
  let historySize = store.historySize();

  const commit = (
    event: SessionEvent | "run",
    from: string,
    more: Pick<Move, "before" | "memory" | "facts"> = {},
  ): void => {
    const at = now();
    const { context } = snapshot;
    const { iteration } = more.before?.context ?? entrance.memory;
    const isBegun = context.attempt === "mend" || context.iteration !== iteration;
    if (snapshot.hasTag("agent") && context.attempt !== "adopt" && isBegun) {
      const cause = event === "run" ? entrance.lastEvent : event.type;
      const answered = marksFor(store, cause, plan?.answered);
      const { claudeSessionId } = more.facts ?? {};
      plan = planIteration(context, at, timeoutMs, {
        head: head?.(),
        before: plan,
        conversation: claudeSessionId,
        answered,
      });
    }
    seq++;
    const until = snapshot.hasTag("timer") ? nextWake(context).at : undefined;
    commitMove(store, { seq, at, event, from, after: snapshot, plan, until, ...more });
    historySize = store.historySize();
    mark = markFolder(store.folder);
  };

  /** Whether this run waits under another rule than the one before, which is to be seen in the overview. */
  const hasOtherDeadline = (): boolean =>
    snapshot.context.wait?.answerBy !== entrance.memory.wait?.answerBy ||
    snapshot.context.wait?.rule?.remedy !== entrance.memory.wait?.rule?.remedy;

  const settle = (): void => {
    const { cameFrom, edit, memory, isBehind, seq: recorded } = entrance;
    if (edit !== undefined) commit(edit, cameFrom, { memory });
    else if (formatState(snapshot.value) !== cameFrom || hasOtherDeadline()) {
      commit("run", cameFrom, { memory });
    }
    if (isBehind) store.dropPending(recorded);
  };

  /** Does all of it or nothing: what is not on disk has not happened here either. */
  const orNothing = <Result>(action: () => Result): Result => {
    const before = { settings, entrance, seq, plan, snapshot, historySize };
    try {
      return action();
    } catch (error) {
      ({ settings, entrance, seq, plan, snapshot, historySize } = before);
      throw error;
    }
  };

  const enterAnew = (): void => {
    const { iterationsOfRun, settings: last } = snapshot.context;
    // What is left of the iterations of this run.
    const { maxIterations } = last;
    settings = {
      ...last,
      ...(maxIterations !== undefined && { maxIterations: maxIterations - iterationsOfRun }),
    };
    entrance = readEntrance(store, now(), settings, stopRequested);
    ({ seq, plan, snapshot } = entrance);
    historySize = store.historySize();
    settle();
  };

  const isInFlight = (): boolean => snapshot.hasTag("agent") || snapshot.hasTag("tests");

  /** Whether a person has decided in the overview; while an agent works or the tests run, nobody can. */
  const isEdited = (): boolean => {
    if (isInFlight()) return false;
    const found = readEntrance(store, now(), settings);
    // Lines that were reverted are a record of their own.
    seq = Math.max(seq, found.seq);
    historySize = store.historySize();
    return found.edit !== undefined;
  };

  /** Takes in what others have recorded, and says whether they had. */
  const takeRecords = (): boolean => {
    const size = store.historySize();
    if (size === historySize) return false;
    // What a newer version has written is refused there.
    if (store.readHistoryTail().unknown !== undefined && !isInFlight()) enterAnew();
    // A line that a crash left torn is no record, nor is one that knows no states.
    const records = store.readRecordsFrom(historySize).filter(({ memory }) => memory !== undefined);
    if (records.length === 0) {
      historySize = size;
      return false;
    }
    if (records.every(({ event }) => event === staleEvent)) {
      // Somebody else has reverted lines: nothing was decided.
      seq = Math.max(seq, ...records.map((record) => record.seq ?? 0));
      historySize = size;
      return false;
    }
    for (const { event } of records) {
      if (event === "stop") stopRequested = true;
      // Whoever says that it is to go on takes an earlier word back.
      if (event === "resume" || event === "edit") stopRequested = false;
    }
    if (isInFlight()) {
      // The agent that runs is ours, and nobody starts another one: all that can be asked is to stop after it.
      seq = Math.max(seq, ...records.map((record) => record.seq ?? 0));
      historySize = size;
      if (stopRequested) [snapshot] = transition(sessionMachine, snapshot, { type: "stop" });
    } else enterAnew();
    return true;
  };

  const transact = async <Result>(action: () => Result): Promise<Result> =>
    withWriteLock(store, () => orNothing(action));

  settle();

  return {
    snapshot: () => snapshot,
    state: () => formatState(snapshot.value),
    effect: () => effectOf(snapshot, plan),
    isStopRequested: () => stopRequested,
    mark: () => mark,
    apply: (event, facts) =>
      transact(() => {
        // What happened is for the run that has the session now to find and to record.
        options.requireHeld?.();
        const wasInFlight = isInFlight();
        if (takeRecords() && !wasInFlight) return "overtaken";
        // That the overview cannot be read is not asked of the overview.
        if (event.type !== "overview.unreadable" && isEdited()) {
          enterAnew();
          return "overtaken";
        }
        const before = snapshot;
        // What is due later is counted from now on, also if nobody says when the event came.
        const [after] = transition(sessionMachine, before, { at: now(), ...event });
        if (after === before) return "ignored";
        snapshot = after;
        commit(event, formatState(before.value), { before, facts });
        return "taken";
      }),
    async refresh() {
      const seen = markFolder(store.folder);
      if (seen === mark) return false;
      return transact(() => {
        mark = seen;
        if (takeRecords()) return true;
        if (!isEdited()) return false;
        enterAnew();
        return true;
      });
    },
  };
}

function effectOf(snapshot: SessionSnapshot, plan?: IterationPlan): Effect {
  if (snapshot.hasTag("agent") && plan !== undefined) return { type: "agent", plan };
  if (snapshot.hasTag("tests")) return { type: "tests" };
  if (snapshot.hasTag("timer")) return { type: "timer", event: nextWake(snapshot.context) };
  const unanswered = nextUnanswered(snapshot.context);
  return unanswered === undefined ? { type: "rest" } : { type: "rest", unanswered };
}
