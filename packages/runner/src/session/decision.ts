import { userInfo } from "node:os";
import type { PersonEvent, Store } from "@samocode/core";
import { enterSession } from "./session-driver.ts";

/** What came of a person's decision. */
export interface DecisionResult {
  /** False where the decision does not apply to the state that the session is in. */
  readonly taken: boolean;
  /** The state before. */
  readonly from: string;
  /** The state after; the same where the decision was not taken. */
  readonly to: string;
  readonly phase: string;
}

/**
 * Lets the machine decide on what a person says, without running anything: a session that may go on
 * comes to rest in `paused`, from where the next run, or the one that waits, goes on.
 */
export async function decide(store: Store, event: PersonEvent): Promise<DecisionResult> {
  const session = await enterSession(store, { settings: { maxIterations: 0 }, timeoutMs: 0 });
  const from = session.state();
  const taken = await session.apply({ by: userName(), at: Date.now(), ...event });
  const { phase } = session.snapshot().context;
  return { taken, from, to: session.state(), phase };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "a person";
  }
}
