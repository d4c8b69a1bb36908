import type { Desk } from "@samocode/core";
import type { FoundSession } from "@samocode/session";
import { faultOf } from "./channel-fault.ts";
import type { NamedChannel } from "./channel-list.ts";
import { listenTo, type Listening } from "./channel-listening.ts";
import { createDesk } from "./desk.ts";
import { openListenerPlace, type ListenerPlace } from "./listener-place.ts";

interface ListeningContext {
  readonly session: Pick<FoundSession, "store" | "name">;
  readonly env: NodeJS.ProcessEnv;
  readonly warn: (text: string) => void;
  readonly cancel: AbortSignal;
}

/**
 * Lets a channel listen to the people who are notified of a session. If one process listens for all, it serves the
 * sessions of the others as well.
 */
export function listenForSession(
  { name, channel }: NamedChannel,
  { session: { store, name: handle }, env, warn, cancel }: ListeningContext,
): Listening | undefined {
  const { listen, listensAs, audience = "" } = channel;
  if (listen === undefined) return undefined;
  const shared = { name, channel, cancel, warn };
  const own = createDesk({ sessions: async () => [{ store, name: handle }], warn });
  if (listensAs === undefined) return listenTo({ ...shared, desk: own });
  try {
    const place = openListenerPlace(env, listensAs);
    place.register(store, audience);
    const desk = createSharedDesk(place, audience, warn);
    return listenTo({ ...shared, desk, lockPath: place.lockPath });
  } catch (error) {
    warn(`${name}: serving only this session: ${faultOf(error)}`);
    return listenTo({ ...shared, desk: own });
  }
}

/** A desk for all the sessions of an audience, whichever process runs them. */
function createSharedDesk(
  place: ListenerPlace,
  audience: string,
  warn: (text: string) => void,
): Desk {
  return createDesk({
    sessions: async () => (await place.sessions(audience)) ?? [],
    of: async (other) =>
      (await place.sessions(other)) === undefined
        ? undefined
        : createSharedDesk(place, other, warn),
    warn,
  });
}
