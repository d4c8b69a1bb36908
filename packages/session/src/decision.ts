import { userInfo } from "node:os";
import { formatState, sessionMachine, type PersonEvent } from "@samocode/core";
import type { GateMemory, Store } from "@samocode/core/store";
import { transition } from "xstate";
import { withReadableOverview, type OverviewPatience } from "./overview-patience.ts";
import { commitMove } from "./session-commit.ts";
import { readEntrance } from "./session-entrance.ts";
import { readRunHolder, withWriteLock } from "./session-lock.ts";

/** What came of a person's decision. */
export interface DecisionResult {
  /** False if the decision does not apply to the state that the session is in. Then nothing was changed. */
  readonly taken: boolean;
  /** The state before. */
  readonly from: string;
  /** The state after; the same where the decision was not taken. */
  readonly to: string;
  readonly phase: string;
  /** Whether a run holds the session: it takes the decision up by itself, if it waits or when its agent has ended. */
  readonly running: boolean;
}

/**
 * Lets the machine decide on what a person says, without running anything: a session that may go on
 * comes to rest in `paused`, from where the next run, or the one that holds it, goes on.
 *
 * Of two people who decide at the same time the first one counts; the other one is told the state that
 * this has led to. To ask for a stop means nothing if no run holds the session.
 *
 * @throws {OverviewError} When the overview cannot be read, even after a while.
 * @throws {StoreError} When the folder cannot be read or written.
 */
export async function decide(
  store: Store,
  event: PersonEvent,
  patience?: OverviewPatience,
): Promise<DecisionResult> {
  return withReadableOverview(
    () => withWriteLock(store, () => decideAlone(store, event)),
    patience,
  );
}

/** The same for one who holds the write lock. */
export function decideAlone(store: Store, event: PersonEvent): DecisionResult {
  const at = Date.now();
  const entrance = readEntrance(store, at, { maxIterations: 0 });
  const { seq, plan, cameFrom, edit, isBehind, snapshot } = entrance;
  let memory: GateMemory = entrance.memory;
  const { phase } = snapshot.context;
  const running = readRunHolder(store) !== undefined;
  // What a person has written into the overview comes first.
  const from = edit === undefined ? cameFrom : formatState(snapshot.value);
  const refused = { taken: false, from, to: from, phase, running };
  if (event.type === "stop" && !running) return refused;

  const made: PersonEvent = { by: userName(), at, ...event };
  const [after] = transition(sessionMachine, snapshot, made);
  if (after === snapshot) return refused;
  let next = seq;
  if (edit !== undefined) {
    next++;
    const move = { seq: next, at, event: edit, from: cameFrom, memory, after: snapshot, plan };
    commitMove(store, move);
    memory = snapshot.context;
    if (isBehind) store.dropPending(seq);
  }
  next++;
  commitMove(store, { seq: next, at, event: made, from, before: snapshot, memory, after, plan });
  const to = formatState(after.value);
  return { taken: true, from, to, phase: after.context.phase, running };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "a person";
  }
}
