import { setup } from "xstate";
import type { SessionContext, SessionMemory } from "./session-context.ts";
import type { SessionEvent, UnansweredEvent, WakeEvent } from "./session-event.ts";

const id = "deadline";

/**
 * The event of a waiting session if no one acts in time, with the time at which it is due; nothing if it waits
 * indefinitely, or for no one.
 */
export function nextUnanswered({ hold, wait }: SessionMemory): UnansweredEvent | undefined {
  const { answerBy: at, rule } = wait ?? {};
  return hold?.kind === "waiting" && at !== undefined && rule !== undefined
    ? { type: "unanswered", for: hold.for, remedy: rule.remedy, at }
    : undefined;
}

/** The event that ends a back-off or a usage limit, with the time at which it is due. */
export function nextWake({
  retryAt = 0,
  limitedUntil = 0,
}: Pick<SessionContext, "retryAt" | "limitedUntil">): WakeEvent {
  return { type: "wake", at: Math.max(retryAt, limitedUntil) };
}

const { enqueueActions, cancel } = setup({
  types: { context: {} as SessionContext, events: {} as SessionEvent },
});

/**
 * The timer of an actor: it sends the event of the deadline when that is due. Whoever steps the machine by `transition`
 * asks `nextUnanswered` and `nextWake` instead: a deadline is an absolute time in the context.
 */
export const deadlineTimer = {
  arm: enqueueActions(({ context, enqueue }) => {
    const event = context.hold === undefined ? nextWake(context) : nextUnanswered(context);
    if (event !== undefined)
      enqueue.raise(event, { id, delay: Math.max(0, event.at - context.now) });
  }),
  disarm: cancel(id),
};
