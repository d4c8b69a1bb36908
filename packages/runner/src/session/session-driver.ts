import {
  createRecord,
  editStatus,
  formatState,
  openQuestions,
  parseOverview,
  readEntry,
  sessionMachine,
  statusChanges,
  type HistoryRecord,
  type SessionEvent,
  type SessionSettings,
  type SessionSnapshot,
  type Store,
} from "@samocode/core";
import { initialTransition, transition } from "xstate";
import { join } from "node:path";
import { withLock } from "../process/lock.ts";
import { startsAgent, timerOf, type Timer } from "./machine-effects.ts";
import { IterationPlan, planIteration } from "../iteration/iteration-plan.ts";

/** What the machine wants done next. */
export type Effect =
  | { readonly type: "agent"; readonly plan: IterationPlan }
  | { readonly type: "tests" }
  | ({ readonly type: "timer" } & Timer)
  | { readonly type: "rest" };

/** Facts of an event that only its record needs. */
export type RecordFacts = Partial<HistoryRecord>;

/** A session that is entered: its snapshot, and the way to tell it what happened. */
export interface SessionDriver {
  readonly snapshot: () => SessionSnapshot;
  readonly state: () => string;
  readonly effect: () => Effect;
  /** Decides on the event, makes the decision durable, and says whether anything came of it. */
  readonly apply: (event: SessionEvent, facts?: RecordFacts) => Promise<boolean>;
}

/** What a session is entered with. */
export interface DriverOptions {
  readonly settings: Partial<SessionSettings>;
  /** Time limit of one iteration in ms. */
  readonly timeoutMs: number;
  /** The commit that the worktree has checked out. */
  readonly head?: () => string | undefined;
  /** @default Date.now */
  readonly now?: () => number;
}

/**
 * Enters a session from its folder: finishes an overview edit that a crash left undone, takes a
 * person's edit as a decision, and makes the state that follows durable.
 *
 * @throws {OverviewError} When the overview cannot be read. It is left as it is.
 * @throws {StoreError} When the folder cannot be read or written.
 */
export async function enterSession(store: Store, options: DriverOptions): Promise<SessionDriver> {
  return withWriteLock(store, () => enter(store, options));
}

function enter(store: Store, options: DriverOptions): SessionDriver {
  const { settings, timeoutMs, head, now = Date.now } = options;
  const tail = store.readHistoryTail();
  let seq = tail.state?.seq ?? 0;
  let plan = IterationPlan.optional().catch(undefined).parse(tail.state?.["plan"]);
  const recorded = tail.state?.memory;
  if (recorded !== undefined && store.isPending(seq)) {
    store.finishPending(seq, (text) => editStatus(text, statusChanges(recorded, statusOf(text))));
  }

  const { status } = store.readOverview();
  const questions = store.readQuestions();
  const entry = readEntry(status, tail, {
    openQuestions: questions === undefined ? 0 : openQuestions(questions).length,
    planHash: store.readPlan()?.hash,
  });
  let [snapshot, actions] = initialTransition(sessionMachine, { ...entry, now: now(), settings });

  let timer = timerOf(actions);

  const commit = (
    event: SessionEvent | "run",
    from: SessionSnapshot | string,
    facts?: RecordFacts,
  ): void => {
    const at = now();
    const { context } = snapshot;
    if (startsAgent(actions) && context.attempt !== "adopt") {
      plan = planIteration(context, at, timeoutMs, { head: head?.(), before: plan });
    }
    const before = typeof from === "string" ? undefined : from;
    seq++;
    const record = createRecord(
      {
        seq,
        at,
        event,
        from: typeof from === "string" ? from : formatState(from.value),
        ...(before && { iteration: before.context.iteration, phase: before.context.phase }),
        facts: {
          ...facts,
          ...(snapshot.hasTag("agent") && { plan }),
          ...(timer !== undefined && { until: at + timer.delayMs }),
        },
      },
      snapshot,
    );
    const unreadable = typeof event !== "string" && event.type === "overview.unreadable";
    store.commit(
      { ...record, seq },
      unreadable ? undefined : (text) => editStatus(text, statusChanges(context, statusOf(text))),
    );
  };

  // A session of the Python samocode has no state on record. Where it rests, it is left as it is.
  const rests = snapshot.hasTag("person") || snapshot.status === "done";
  const cameFrom = tail.state?.to ?? (rests ? formatState(snapshot.value) : "paused");
  if (entry.edit !== undefined) commit(entry.edit, cameFrom);
  else if (formatState(snapshot.value) !== cameFrom) commit("run", cameFrom);

  return {
    snapshot: () => snapshot,
    state: () => formatState(snapshot.value),
    effect: () => effectOf(snapshot, timer, plan),
    async apply(event, facts) {
      const before = snapshot;
      const [after, next] = transition(sessionMachine, before, event);
      if (after === before) return false;
      snapshot = after;
      actions = next;
      timer = timerOf(actions);
      await withWriteLock(store, () => commit(event, before, facts));
      return true;
    },
  };
}

/** Commands decide while a run waits: whoever changes the folder holds this lock for that moment. */
export async function withWriteLock<Result>(store: Store, work: () => Result): Promise<Result> {
  return withLock(join(store.folder, ".write.lock"), work, { purpose: "write" });
}

function effectOf(
  snapshot: SessionSnapshot,
  timer: Timer | undefined,
  plan?: IterationPlan,
): Effect {
  if (snapshot.hasTag("agent") && plan !== undefined) return { type: "agent", plan };
  if (snapshot.hasTag("tests")) return { type: "tests" };
  return timer === undefined ? { type: "rest" } : { type: "timer", ...timer };
}

function statusOf(text: string) {
  return parseOverview(text).status;
}
