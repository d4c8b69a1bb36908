import { cancel, enqueueActions } from "xstate";
import type { SessionContext, SessionMemory } from "./session-context.ts";
import type { SessionEvent, UnansweredEvent } from "./session-event.ts";

const id = "patience";

/**
 * What a waiting session is told when nobody has acted in time, with the time at which it is due; nothing where it
 * waits for ever, or for nobody.
 */
export function nextUnanswered({ hold, wait }: SessionMemory): UnansweredEvent | undefined {
  const { answerBy: at, rule } = wait ?? {};
  return hold?.kind === "waiting" && at !== undefined && rule !== undefined
    ? { type: "unanswered", for: hold.for, remedy: rule.remedy, at }
    : undefined;
}

/**
 * The timer of a wait that is under a rule: the machine tells itself when nobody has acted in time. Its deadline is
 * an absolute time, so that it can be armed again in a session that is entered in the middle of the wait.
 */
export const patienceTimer = {
  arm: enqueueActions<
    SessionContext,
    SessionEvent,
    undefined,
    SessionEvent,
    never,
    never,
    never,
    never,
    never
  >(({ context, enqueue }) => {
    const event = nextUnanswered(context);
    if (event !== undefined)
      enqueue.raise(event, { id, delay: Math.max(0, event.at - context.now) });
  }),
  disarm: cancel<SessionContext, SessionEvent, undefined, SessionEvent>(id),
};
