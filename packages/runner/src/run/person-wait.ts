import {
  deadlineOf,
  type Deadline,
  waitForChange,
  type SessionDriver,
  readQuestionsOrFault,
} from "@samocode/session";
import type { RunOptions } from "./run-options.ts";
import { startTimer, type Timer } from "./timer.ts";

type Ask = NonNullable<RunOptions["ask"]>;

/** How a run waits for a person. */
export interface PersonWait {
  /** Waits until something has changed; false if the run is to end instead. */
  readonly wait: () => Promise<boolean>;
  /** Asks no more, for the session has moved; resolves when the terminal is as it was. */
  readonly leave: () => Promise<void>;
}

/** A person who is being asked. */
interface Asking {
  /** Aborted when they have replied. */
  readonly over: AbortSignal;
  /** Nothing before they have replied. */
  readonly reply: () => "decided" | "later" | undefined;
  readonly stop: () => Promise<void>;
}

/** Makes the waits of a run. `refresh` takes in what others have decided. */
export function createPersonWait(
  session: SessionDriver,
  { store, tell, cancel, wait, ask }: RunOptions,
  refresh: () => Promise<boolean>,
): PersonWait {
  let asking: Asking | undefined;
  let told = "";

  const leave = async (): Promise<void> => {
    const last = asking;
    asking = undefined;
    told = "";
    await last?.stop();
  };
  return {
    leave,
    async wait() {
      const state = session.state();
      const isAsked = wait || ask !== undefined;
      if (!isAsked || !session.snapshot().hasTag("person")) return false;
      if (session.isStopRequested() || cancel.aborted || asking?.reply() === "later") return false;
      // Told again where other questions are open.
      const deadline = deadlineOf(session.snapshot().context);
      const waitsFor = `${state} ${deadline.answerBy} ${readQuestionsOrFault(store).text}`;
      if (waitsFor !== told) tell({ type: "waiting", state, folder: store.folder, ...deadline });
      told = waitsFor;
      // A person who has decided, while that did not lead on, is asked once more.
      if (asking?.reply() === "decided") asking = undefined;
      if (ask !== undefined) asking ??= startAsking(ask, state, cancel);
      const timer = startDeadline(deadline);
      const ends = [cancel, asking?.over, timer?.over].filter((end) => end !== undefined);
      await waitForChange(store.folder, session.mark(), AbortSignal.any(ends));
      timer?.release();
      // Who has edited past the gate is told once more what the session waits for.
      if (await refresh()) told = "";
      if (session.state() !== state) await leave();
      return true;
    },
  };
}

function startDeadline({ answerBy }: Deadline): Timer | undefined {
  return answerBy === undefined ? undefined : startTimer(answerBy);
}

function startAsking(ask: Ask, state: string, cancel: AbortSignal): Asking {
  const over = new AbortController();
  const stop = new AbortController();
  let reply: "decided" | "later" | undefined;
  let fault: unknown;
  const run = async (): Promise<void> => {
    try {
      reply = await ask(state, AbortSignal.any([cancel, stop.signal]));
    } catch (error) {
      fault = error;
    } finally {
      over.abort();
    }
  };
  const asked = run();
  const throwFault = (): void => {
    if (fault !== undefined) throw fault;
  };
  return {
    over: over.signal,
    reply: () => {
      throwFault();
      return reply;
    },
    async stop() {
      stop.abort();
      await asked;
      throwFault();
    },
  };
}
