import type {
  RunEvent,
  SessionEvent,
  AgentEvent,
  EvidenceEvent,
  SignalEvent,
} from "@samocode/core";
import type { Store } from "@samocode/core/store";
import type { RecordFacts, DriverOptions, Effect, SessionDriver } from "@samocode/session";
import type { QuietTimes } from "./quiet-file.ts";

/** What became of an iteration or a run of the tests: an event, and what its record tells beside it. */
export interface Happened<Event extends SessionEvent = SessionEvent> {
  readonly event: Event;
  readonly facts?: RecordFacts;
  /** What is left to do once the event is recorded; nothing is lost where a crash prevents it. */
  readonly settle?: () => void;
}

/** What an agent may end with; anything else is a signal that cannot be taken. */
export type AgentHappened = Happened<SignalEvent | AgentEvent>;

/** What a run of the tests may end with. */
export type TestsHappened = Happened<
  EvidenceEvent | Extract<AgentEvent, { type: "agent.interrupted" | "signal.invalid" }>
>;

/** What carries the machine's decisions out. */
export interface Hands {
  readonly runAgent: (
    effect: Extract<Effect, { type: "agent" }>,
    session: SessionDriver,
  ) => Promise<AgentHappened>;
  readonly runTests: (session: SessionDriver) => Promise<TestsHappened>;
}

export interface RunOptions extends DriverOptions {
  readonly store: Store;
  readonly hands: Hands;
  /** Stay while the session waits for a person, and go on as soon as it can. */
  readonly wait: boolean;
  /**
   * Asks a person who is at hand, where the session waits for one; cancelled as soon as somebody has decided
   * elsewhere. Resolves to `later` if the run is to end instead. @default nobody is asked
   */
  readonly ask?: ((state: string, cancel: AbortSignal) => Promise<"decided" | "later">) | undefined;
  /** Answer questions with their suggestions. */
  readonly acceptSuggestions: boolean;
  /** How long a `_qa.md` that someone may be typing is left alone. */
  readonly quiet?: QuietTimes;
  /** How long an overview that cannot be read is waited for, in ms, unless a human is waited for. @default 3000 */
  readonly overviewMs?: number | undefined;
  readonly cancel: AbortSignal;
  /** The exit code of a run that was cancelled. @default the one of the state that it rests in */
  readonly cancelledCode?: () => number | undefined;
  readonly tell: (event: RunEvent) => void;
}
