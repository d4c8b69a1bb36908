import { fromCallback, setup } from "xstate";
import { actions } from "./actions.ts";
import { guards } from "./guards.ts";
import { patienceTimer } from "./patience-timer.ts";
import type { SessionContext } from "./session-context.ts";
import type { SessionInput } from "./session-entry.ts";
import type { SessionEvent } from "./session-event.ts";

/** What the statechart is made of: everything in it is named here. */
export const sessionSetup = setup({
  types: {
    context: {} as SessionContext,
    events: {} as SessionEvent,
    // oxlint-disable-next-line typescript/no-unnecessary-type-assertion -- xstate takes the type from here
    input: {} as SessionInput,
    tags: {} as "agent" | "tests" | "timer" | "person" | "rest",
  },
  actors: {
    agent: fromCallback<SessionEvent, SessionContext>(() => {}),
    tests: fromCallback<SessionEvent, SessionContext>(() => {}),
  },
  delays: {
    backOff: ({ context }) => context.delayMs,
    limitReset: ({ context }) => Math.max(0, (context.limitedUntil ?? 0) - context.now),
  },
  guards,
  actions: { ...actions, ...patienceTimer },
});
