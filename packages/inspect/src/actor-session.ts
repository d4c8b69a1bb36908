import { mkdirSync } from "node:fs";
import { hostname } from "node:os";
import {
  formatState,
  type sessionMachine,
  type PersonEvent,
  type SessionEvent,
  type SessionSnapshot,
} from "@samocode/core";
import { editStatus, formatOverview, parseOverview } from "@samocode/core/overview";
import {
  createRecord,
  formatMoment,
  openStore,
  ownedStatus,
  statusChanges,
} from "@samocode/core/store";
import type { ActorRefFrom } from "xstate";
import type { DecisionOutcome, SessionPlace, SessionReport } from "./host.ts";

/** An actor of the statechart that runs in this process. */
export type SessionActor = ActorRefFrom<typeof sessionMachine>;

/** An actor as a session that the page can show. */
export interface ActorSession {
  readonly place: SessionPlace;
  readonly report: () => SessionReport;
  /** Sends the actor what a person decides. */
  readonly send: (event: PersonEvent) => DecisionOutcome;
  /** Writes down what an event has led to. */
  readonly note: (event: { readonly type: string }, after: SessionSnapshot) => void;
}

/** Makes a session of an actor, in a folder that is not there yet. */
export function createActorSession(
  actor: SessionActor,
  name: string,
  folder: string,
): ActorSession {
  mkdirSync(folder);
  const store = openStore(folder);
  let snapshot: SessionSnapshot | undefined;
  let seq = 0;
  let since = Date.now();

  const create = (after: SessionSnapshot, at: number): void => {
    const record = createRecord({ seq, at, event: "created", from: "" }, after);
    const started = formatMoment(at);
    store.create(formatOverview({ name, started, workingDir: process.cwd() }), record);
  };
  const commit = (event: SessionEvent, before: SessionSnapshot, after: SessionSnapshot): void => {
    const from = formatState(before.value);
    const { context: memory } = before;
    const { iteration, phase } = memory;
    const at = Date.now();
    const facts = before.hasTag("agent") ? { durationMs: at - since } : {};
    since = at;
    store.commit(
      seq,
      () => createRecord({ seq, at, event, from, iteration, phase, before: memory, facts }, after),
      (text) => editStatus(text, statusChanges(after.context, parseOverview(text).status)),
    );
  };

  return {
    place: { name, folder },
    report: () => reportOf(actor.getSnapshot()),
    send(event) {
      const before = actor.getSnapshot();
      actor.send({ at: Date.now(), ...event });
      const after = actor.getSnapshot();
      return { taken: after !== before, state: formatState(after.value) };
    },
    note(event, after) {
      const before = snapshot;
      // What the machine has ignored.
      if (after === before) return;
      snapshot = after;
      seq++;
      if (before === undefined) create(after, Date.now());
      else commit(event as SessionEvent, before, after);
    },
  };
}

function reportOf({ value, context, status }: SessionSnapshot): SessionReport {
  const { phase, waitingFor, reason, needs } = ownedStatus(context);
  const { hold } = context;
  return {
    phase,
    state: formatState(value),
    ...(waitingFor !== undefined && { waitingFor }),
    ...(hold?.kind === "blocked" && hold.waitedFor && { waitedFor: hold.waitedFor }),
    ...(reason !== undefined && { reason }),
    ...(needs !== undefined && { needs }),
    questions: [],
    iteration: context.iteration,
    costUsd: context.costUsd,
    ...(context.costIsLeast === true && { costIsLeast: true }),
    ...(status === "active" && { run: { pid: process.pid, host: hostname() } }),
  };
}
