import type { Notice, RunEvent } from "@samocode/core";
import type { Store } from "@samocode/core/store";
import type { FoundSession } from "@samocode/session";
import { faultOf, pauseFor } from "./channel-fault.ts";
import { createChannels, type ChannelListOptions, type NamedChannel } from "./channel-list.ts";
import type { Listening } from "./channel-listening.ts";
import { createChannelPost, type ChannelPost } from "./channel-post.ts";
import { limitWarnings } from "./warning-limit.ts";
import { listenForSession } from "./session-listening.ts";
import { afterLimit, asReminder, readNotice } from "./session-notice.ts";
import { openToldNotices, type ToldNotices } from "./told-notices.ts";

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

export interface RunChannelsOptions extends Omit<ChannelListOptions, "end"> {
  readonly session: Pick<FoundSession, "store" | "name">;
  /** Tells the person at the machine. */
  readonly warn: (text: string) => void;
}

/** How long a run that has nothing else to do waits for a channel, in ms. */
const catchUpMs = 5000;
const closeMs = 5000;

/**
 * Opens the channels that are set up for a session that this process runs. None is waited for: what is to be told
 * before one is ready is told then.
 */
export function openRunChannels(options: RunChannelsOptions): RunChannels {
  const { session, env } = options;
  const warn = limitWarnings(options.warn);
  const { store, name } = session;
  const end = new AbortController();
  const gone = new AbortController();
  const open: OpenChannel[] = [];
  const listenings: Listening[] = [];
  let told: ToldNotices | undefined;
  let lastState: string | undefined;
  let isListening = false;

  const offer = (channels: readonly OpenChannel[], reminder = false): void => {
    if (told === undefined || lastState === undefined) return;
    try {
      const waits = channels.filter(({ key }) => told?.last(key) === "limited");
      if (waits.length === 0 && !isRest(lastState)) return;
      const now = readNotice(store, name);
      const notice = reminder ? asReminder(now) : now;
      if (isToBeTold(notice.kind)) channels.forEach(({ post }) => post.offer(notice));
      else if (notice.kind === "working")
        waits.forEach(({ post }) => post.offer(afterLimit(notice)));
    } catch (error) {
      warn(`cannot notify people of \`${name}\`: ${faultOf(error)}`);
    }
  };

  const startListening = (channel: NamedChannel): Listening | undefined => {
    const listening = listenForSession(channel, { session, env, warn, cancel: end.signal });
    if (listening !== undefined) listenings.push(listening);
    return listening;
  };

  const opening = createChannels({ ...options, warn, end: gone.signal }).map(async (making) => {
    const made = await making;
    if (made === undefined) return;
    const { audience } = made.channel;
    // Another chat has been told nothing.
    const key = audience === undefined ? made.name : `${made.name} ${audience}`;
    const post = createChannelPost({
      name: made.name,
      channel: made.channel,
      told: {
        has: (id) => told?.has(key, id) ?? false,
        add: (notice) => told?.add(key, notice),
      },
      isCurrent: (notice) => isStillSo(notice, store),
      warn,
    });
    const opened = { ...made, key, post };
    open.push(opened);
    offer([opened]);
    if (isListening) await startListening(made)?.caughtUp;
  });

  return {
    tell(event) {
      const state = stateOf(event);
      const isReminder = isToRemind(event);
      const isNews = state !== lastState || event.type === "waiting" || isReminder;
      if (state === undefined || !isNews) return;
      lastState = state;
      // The folder of a new session is made after its channels.
      told ??= openToldNotices(store.folder);
      offer(open, isReminder);
    },
    async listen() {
      isListening = true;
      const caughtUp = open.map(async (channel) => startListening(channel)?.caughtUp);
      if (!isWaiting(readNotice(store, name))) return;
      await within(catchUpMs, Promise.all([...opening, ...caughtUp]));
    },
    async close(limitMs = closeMs) {
      const until = performance.now() + limitMs;
      await within(limitMs, Promise.all(opening));
      const leftMs = Math.max(0, until - performance.now());
      await Promise.all(open.map(async ({ post }) => post.settle(leftMs)));
      for (const { post } of open) post.close();
      end.abort();
      await within(closeMs, Promise.all(listenings.map(async (each) => each.ended)));
      gone.abort();
    },
  };
}

interface OpenChannel extends NamedChannel {
  /** By what is remembered what it has told. */
  readonly key: string;
  readonly post: ChannelPost;
}

/** Resolves with the work, or once the time is over. */
async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  await Promise.race([work, pauseFor(limitMs, over.signal)]);
  over.abort();
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

/** Who accepts suggestions when a question times out; the second one is in older histories. */
const timeoutActors: ReadonlySet<string> = new Set(["ON_QUESTION_TIMEOUT", "WHEN_UNANSWERED"]);

/** Whether people are to be told once more, for nobody has acted: all of it, or what has no suggestion. */
function isToRemind(event: RunEvent): boolean {
  if (event.type !== "session.moved" || event.from !== event.to) return false;
  return (
    (event.event === "unanswered" && event.remedy === "remind") ||
    (event.event === "answer" && timeoutActors.has(event.by ?? ""))
  );
}

/** Whether nothing goes on in a state until a person has acted, or a time is over. */
function isRest(state: string): boolean {
  return (
    state.startsWith("waiting.") || ["blocked", "failed", "finished", "limited"].includes(state)
  );
}

/** That a session works people are told after a limit only, and that no run is on they know. */
function isToBeTold(kind: Notice["kind"]): boolean {
  return kind !== "working" && kind !== "paused";
}

function isStillSo(notice: Notice, store: Store): boolean {
  if (notice.kind === "done" || notice.kind === "failed") return true;
  const now = readNotice(store, notice.session);
  return notice.kind === "working" ? now.kind === "working" : now.id === notice.id;
}

function isWaiting({ kind }: Notice): boolean {
  return ["questions", "approval", "action", "blocked"].includes(kind);
}
