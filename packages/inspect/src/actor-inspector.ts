import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sessionMachine, type SessionSnapshot } from "@samocode/core";
import type { ActorRefLike, InspectionEvent } from "xstate";
import { createActorSession, type ActorSession, type SessionActor } from "./actor-session.ts";
import type { InspectHost, Limits, SessionPlace } from "./host.ts";
import { createInspectServer, type InspectOptions, type InspectServer } from "./inspect-server.ts";

/** A page that shows actors of the statechart that run in this process. */
export interface ActorInspector extends InspectServer {
  /** What to give `createActor` as its option `inspect`. Nothing is thrown in it. */
  readonly inspect: (event: InspectionEvent) => void;
}

/**
 * Serves the page for actors of the statechart that run in this process: give `inspect` to `createActor`, and open
 * the link. What a person decides on the page is sent to the actor. Actors of other machines are not shown.
 * What has happened is kept in a folder for temporary files until the page is closed.
 *
 * @throws {InspectError} When the port is taken, or may not be used.
 */
export async function createActorInspector(
  options: Omit<InspectOptions, "host" | "session"> = {},
): Promise<ActorInspector> {
  const folder = mkdtempSync(join(tmpdir(), "samocode-actors-"));
  const sessions = new Map<SessionActor, ActorSession>();
  const server = await createInspectServer({ ...options, host: createHost(sessions) });

  const observe = (event: InspectionEvent): void => {
    if (event.type !== "@xstate.snapshot" || !isSessionActor(event.actorRef)) return;
    const { actorRef, snapshot } = event;
    let session = sessions.get(actorRef);
    if (session === undefined) {
      const name = nameOf(actorRef, sessions);
      session = createActorSession(actorRef, name, join(folder, String(sessions.size + 1)));
      sessions.set(actorRef, session);
    }
    session.note(event.event, snapshot as SessionSnapshot);
  };

  return {
    ...server,
    inspect(event) {
      try {
        observe(event);
      } catch (error) {
        options.onFault?.(error instanceof Error ? error.message : String(error));
      }
    },
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function createHost(sessions: ReadonlyMap<SessionActor, ActorSession>): InspectHost {
  const find = ({ folder }: SessionPlace): ActorSession => {
    const found = [...sessions.values()].find(({ place }) => place.folder === folder);
    if (found === undefined) throw new Error(`there is no actor with the folder ${folder}`);
    return found;
  };
  const by = "page";
  return {
    get limits() {
      return limitsOf([...sessions.keys()].at(-1));
    },
    list: async () => [...sessions.values()].map(({ place }) => place).toReversed(),
    report: (place) => find(place).report(),
    decide: async (place, event) => find(place).send({ ...event, by }),
    answer: async (place) => find(place).send({ type: "answer", open: 0, by }),
    stop: async (place) => find(place).send({ type: "stop", by }),
    openLog: () => ({ read: () => 0, close: () => {} }),
  };
}

/** The limits of an actor: the page knows one set of them, those of the newest. */
function limitsOf(actor: SessionActor | undefined): Limits {
  const { maxRetries = 0, budgetUsd = Number.POSITIVE_INFINITY } =
    actor?.getSnapshot().context.settings ?? {};
  return { maxRetries, ...(Number.isFinite(budgetUsd) && { budgetUsd }) };
}

/** True for an actor of the statechart, whatever its agent is. */
function isSessionActor(actor: ActorRefLike): actor is SessionActor {
  const { logic } = actor as { readonly logic?: { readonly config?: unknown } };
  return logic?.config === sessionMachine.config;
}

/** The name that the actor was given; with a number if there is none, or another one has it. */
function nameOf(
  { id, sessionId }: SessionActor,
  sessions: ReadonlyMap<SessionActor, ActorSession>,
): string {
  const taken = [...sessions.values()].map(({ place }) => place.name);
  const name = id === sessionId ? "actor" : id;
  return id === sessionId || taken.includes(name) ? `${name} ${sessions.size + 1}` : name;
}
