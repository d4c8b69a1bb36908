import { dirname } from "node:path";
import type { Desk, Notice, RunEvent, Store } from "@samocode/core";
import type { NamedSession } from "../session/open-session.ts";
import { faultOf, pauseFor } from "./channel-fault.ts";
import { createChannels, type NamedChannel } from "./channel-list.ts";
import { listenTo, type Listening } from "./channel-listening.ts";
import { createChannelPost, type ChannelPost } from "./channel-post.ts";
import { createDesk } from "./desk.ts";
import { openListenerPlace, type ListenerPlace } from "./listener-place.ts";
import { afterLimit, readNotice } from "./session-notice.ts";
import { openToldNotices } from "./told-notices.ts";

/** The channels of one run: they tell what happens to its session, and hand in what people answer. */
export interface RunChannels {
  /** Tells people where this leads to somewhere that they are to know of. Returns at once and never throws. */
  readonly tell: (event: RunEvent) => void;
  /**
   * Starts to listen. Where the session waits for a person, waits a moment for what people said while
   * no run was there to hear it.
   */
  readonly listen: () => Promise<void>;
  /** Lets what is to be told be told, for a moment, and ends all channels. */
  readonly close: (limitMs?: number) => Promise<void>;
}

export interface RunChannelsOptions {
  readonly session: NamedSession;
  readonly env: NodeJS.ProcessEnv;
  /** Tells the person at the machine. */
  readonly warn: (text: string) => void;
  /** Gets what modules print. */
  readonly print: (text: string) => void;
}

/** How long a run that has nothing else to do waits for a channel, in ms. */
const catchUpMs = 5000;
const closeMs = 5000;

/** Opens the channels that are set up for a session that this process runs. */
export async function openRunChannels(options: RunChannelsOptions): Promise<RunChannels> {
  const { session, env } = options;
  const warn = onlyOnce(options.warn);
  const { settings, project, store, name } = session;
  const folder = dirname(project.configPath);
  const channels = await createChannels({ ...options, settings, folder, warn });
  const end = new AbortController();
  const posts: { readonly name: string; readonly post: ChannelPost }[] = [];
  const listenings: Listening[] = [];
  let told: ReturnType<typeof openToldNotices> | undefined;
  let lastState: string | undefined;

  /** The folder of a new session is made after its channels. */
  const openPosts = (): typeof posts => {
    if (told !== undefined) return posts;
    told = openToldNotices(store.folder);
    for (const { name, channel } of channels) {
      const isCurrent = (notice: Notice): boolean => isStillSo(notice, store);
      posts.push({ name, post: createChannelPost({ name, channel, told, isCurrent, warn }) });
    }
    return posts;
  };

  const offer = (): void => {
    const notice = readNotice(store, name);
    for (const { name, post } of openPosts()) {
      if (notice.kind !== "working") post.offer(notice);
      else if (told?.last(name) === "limited") post.offer(afterLimit(notice));
    }
  };

  return {
    tell(event) {
      const state = stateOf(event);
      if (state === undefined || (state === lastState && event.type !== "waiting")) return;
      lastState = state;
      try {
        offer();
      } catch (error) {
        warn(`cannot tell people of \`${name}\`: ${faultOf(error)}`);
      }
    },
    async listen() {
      for (const channel of channels) {
        const listening = startListening(channel, { session, env, warn, cancel: end.signal });
        if (listening !== undefined) listenings.push(listening);
      }
      if (listenings.length === 0 || !isWaiting(readNotice(store, name))) return;
      const caughtUp = Promise.all(listenings.map((each) => each.caughtUp));
      await Promise.race([caughtUp, pauseFor(catchUpMs, end.signal)]);
    },
    async close(limitMs = closeMs) {
      await Promise.all(posts.map(async ({ post }) => post.settle(limitMs)));
      for (const { post } of posts) post.close();
      end.abort();
      const ended = Promise.all(listenings.map((each) => each.ended));
      const limit = new AbortController();
      await Promise.race([ended, pauseFor(closeMs, limit.signal)]);
      limit.abort();
      await Promise.all(channels.map(async (channel) => channel.end?.()));
    },
  };
}

interface ListeningContext {
  readonly session: NamedSession;
  readonly env: NodeJS.ProcessEnv;
  readonly warn: (text: string) => void;
  readonly cancel: AbortSignal;
}

function startListening(
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
    place.register(store.folder, audience);
    const desk = createSharedDesk(place, audience, warn);
    return listenTo({ ...shared, desk, lockPath: place.lockPath });
  } catch (error) {
    warn(`${name}: only this session is served: ${faultOf(error)}`);
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

/** The state that an event leads to, where it leads to one. */
function stateOf(event: RunEvent): string | undefined {
  switch (event.type) {
    case "session.entered":
    case "timer.started":
    case "waiting":
    case "session.rested":
      return event.state;
    case "session.moved":
      return event.to;
    default:
      return undefined;
  }
}

function isStillSo(notice: Notice, store: Store): boolean {
  if (notice.kind === "done" || notice.kind === "failed") return true;
  const now = readNotice(store, notice.session);
  return notice.kind === "working" ? now.kind === "working" : now.id === notice.id;
}

function isWaiting({ kind }: Notice): boolean {
  return ["questions", "approval", "action", "blocked"].includes(kind);
}

function onlyOnce(warn: (text: string) => void): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (said.has(text)) return;
    said.add(text);
    warn(text);
  };
}
