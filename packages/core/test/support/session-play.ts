import { initialTransition, transition } from "xstate";
import { sessionMachine } from "../../src/machine/machine.ts";
import type { SessionInput } from "../../src/machine/session-input.ts";
import type { SessionEvent } from "../../src/machine/session-event.ts";
import { formatState, type SessionSnapshot } from "../../src/machine/session-state.ts";

type Effects = ReturnType<typeof transition<typeof sessionMachine>>[1];
/** An event that the machine sends itself after a delay. */
type TimerEvent = SessionEvent;

/** A session between two events: where it is, and what must be carried out. */
export interface Played {
  readonly snapshot: SessionSnapshot;
  readonly state: string;
  readonly context: SessionSnapshot["context"];
  /** What the last event started: `agent`, `tests`. */
  readonly started: readonly string[];
  /** The timer that the last event set, if it still runs. */
  readonly timer: { readonly delayMs: number; readonly event: TimerEvent } | undefined;
}

/** Enters a session. */
export function enter(input: SessionInput = {}): Played {
  return played(initialTransition(sessionMachine, input));
}

/** Sends events one after the other. `"timer"` is the timer that runs, run out. */
export function play(from: Played, ...events: readonly (SessionEvent | "timer")[]): Played {
  let now = from;
  for (const event of events) {
    const next = event === "timer" ? now.timer?.event : event;
    if (next === undefined) throw new Error(`no timer runs in ${now.state}`);
    const after = played(transition(sessionMachine, now.snapshot, next));
    // A timer goes on where the event changed no state.
    now =
      after.state === now.state && after.timer === undefined
        ? { ...after, timer: now.timer }
        : after;
  }
  return now;
}

function played([snapshot, effects]: [SessionSnapshot, Effects]): Played {
  return {
    snapshot,
    state: formatState(snapshot.value),
    context: snapshot.context,
    started: effects.flatMap(({ type, params }) =>
      type === "xstate.spawnChild" && isSpawn(params) ? [params.id] : [],
    ),
    timer: runningTimer(effects),
  };
}

function runningTimer(effects: Effects): Played["timer"] {
  let timer: Played["timer"];
  for (const { type, params } of effects as readonly { type: string; params: unknown }[]) {
    if (type === "xstate.raise" && isRaise(params)) {
      timer = { delayMs: params.delay, event: params.event };
    }
    if (type === "xstate.cancel") timer = undefined;
  }
  return timer;
}

function isSpawn(params: unknown): params is { id: string } {
  return typeof params === "object" && params !== null && "id" in params;
}

function isRaise(params: unknown): params is { delay: number; event: TimerEvent } {
  return typeof params === "object" && params !== null && "delay" in params;
}
