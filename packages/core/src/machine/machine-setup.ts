import { fromCallback, setup } from "xstate";
import { actions } from "./actions.ts";
import { guards } from "./guards.ts";
import { deadlineTimer } from "./deadline-timer.ts";
import type { SessionContext, SessionOutput } from "./session-context.ts";
import type { SessionInput } from "./session-input.ts";
import type { SessionEvent } from "./session-event.ts";

/** What the statechart is made of: everything in it is named here. */
export const sessionSetup = setup({
  types: {
    context: {} as SessionContext,
    events: {} as SessionEvent,
    // oxlint-disable-next-line typescript/no-unnecessary-type-assertion -- xstate takes the type from here
    input: {} as SessionInput,
    output: {} as SessionOutput,
    tags: {} as "agent" | "tests" | "timer" | "person" | "rest",
  },
  actors: {
    agent: fromCallback<SessionEvent, SessionContext>(() => {}),
    tests: fromCallback<SessionEvent, SessionContext>(() => {}),
  },
  guards,
  actions: { ...actions, ...deadlineTimer },
});
