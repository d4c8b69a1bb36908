import { takeEdit } from "./person-decision.ts";
import {
  defaultSettings,
  emptyMemory,
  type SessionContext,
  type SessionMemory,
  type SessionSettings,
} from "./session-context.ts";
import type { PersonEvent } from "./session-event.ts";
import { isLimitEnd } from "./usage-limit.ts";

/** What a session is entered with: what it remembers, and what a person has changed since. */
export interface SessionInput extends Partial<SessionMemory> {
  /** True if an iteration was begun and nobody knows how it ended. @default false */
  readonly inFlight?: boolean;
  /** @default false */
  readonly finished?: boolean;
  /** True if a person has asked the run that enters to start nothing more. @default false */
  readonly stopRequested?: boolean;
  /** What a person changed in the overview since the newest record. */
  readonly edit?: Extract<PersonEvent, { type: "edit" }> | undefined;
  readonly planHash?: string | undefined;
  /** Unix time in ms. @default 0 */
  readonly now?: number;
  readonly settings?: Partial<SessionSettings>;
}

/** Makes the context in which a session is entered. */
export function createContext(input: SessionInput = {}): SessionContext {
  const { inFlight = false, finished = false, stopRequested = false, ...found } = input;
  const { edit, now = 0, settings, ...memory } = found;
  const context: SessionContext = {
    ...emptyMemory,
    ...memory,
    limitedUntil: limitEndOf(memory, now),
    attempt: inFlight ? "adopt" : "fresh",
    now,
    isFirstOnApproval: false,
    iterationsOfRun: 0,
    stopRequested,
    finished,
    settings: withFiniteLimits({ ...defaultSettings, ...settings }),
  };
  // An edit says where to go on; that this run is to stop, it does not take back.
  return edit === undefined ? context : { ...context, ...takeEdit(context, edit), stopRequested };
}

function limitEndOf({ limitedUntil = 0 }: Partial<SessionMemory>, now: number): number | undefined {
  return limitedUntil > 0 && isLimitEnd(limitedUntil, now) ? limitedUntil : undefined;
}

/** A limit that is infinite is none: a context must survive as JSON, which has no word for infinity. */
function withFiniteLimits(settings: SessionSettings): SessionSettings {
  const { maxIterations, budgetUsd, maxRetries, ...others } = settings;
  return {
    ...others,
    maxRetries: Math.min(maxRetries, Number.MAX_SAFE_INTEGER),
    ...(Number.isFinite(maxIterations) && { maxIterations }),
    ...(Number.isFinite(budgetUsd) && { budgetUsd }),
  };
}
