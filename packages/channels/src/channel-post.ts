import type { Channel, Notice } from "@samocode/core";
import { faultOf, formatNextTry, pauseFor, retryAfterOf } from "./channel-fault.ts";

/** Tells notices through one channel, one after the other, while the session goes on. */
export interface ChannelPost {
  /** Takes a notice to be told, unless the channel has told it. Returns at once. */
  readonly offer: (notice: Notice) => void;
  /** Resolves once all is told, or when the time is over. */
  readonly settle: (limitMs: number) => Promise<void>;
  /** Tells no more. What is left is told at the next start. */
  readonly close: () => void;
}

export interface ChannelPostOptions {
  readonly name: string;
  readonly channel: Pick<Channel, "tell">;
  /** What the channel has told, also in earlier runs. */
  readonly told: {
    readonly has: (id: string) => boolean;
    readonly add: (notice: Pick<Notice, "id" | "kind">) => void;
  };
  /** Whether the session still is where the notice says; one that waits in vain is not told late. */
  readonly isCurrent: (notice: Notice) => boolean;
  readonly warn: (text: string) => void;
  /** How long one call of a channel may take. @default 30_000 */
  readonly limitMs?: number;
  /** The pause after the first failure; it doubles up to a minute. @default 1000 */
  readonly pauseMs?: number;
}

/** Notices that wait to be told; of more, the oldest are dropped. */
const maxWaiting = 20;

const maxPauseMs = 60_000;

/** How long a session is to be where a notice says before it is told, in ms. */
const settleMs = 100;

/** How often is looked whether all is told, while that is waited for. */
const lookMs = 50;

/** Makes the post of a channel. It never throws, and whatever the channel does, it only warns. */
export function createChannelPost(options: ChannelPostOptions): ChannelPost {
  const { name, channel, told, isCurrent, warn, limitMs = 30_000, pauseMs = 1000 } = options;
  const closing = new AbortController();
  const waiting: Notice[] = [];
  let working: Promise<void> | undefined;
  let nextTryAt = 0;

  const work = async (): Promise<void> => {
    for (let notice = waiting[0]; notice !== undefined; notice = waiting[0]) {
      // What is over at once, such as questions that the run itself answers, is nobody's concern.
      await pauseFor(settleMs, closing.signal);
      if (closing.signal.aborted) break;
      if (stillCurrent(notice) && (await tellUntilDone(notice))) remember(notice);
      if (closing.signal.aborted) break;
      if (waiting[0] === notice) waiting.shift();
    }
    working = undefined;
  };

  const tellUntilDone = async (notice: Notice): Promise<boolean> => {
    for (let pause = pauseMs; ; pause = Math.min(2 * pause, maxPauseMs)) {
      try {
        await within(limitMs, closing.signal, async (cancel) => channel.tell(notice, cancel));
        return true;
      } catch (error) {
        if (closing.signal.aborted) return false;
        warn(`${name}: cannot notify people: ${faultOf(error)}. ${formatNextTry(error)}`);
        const pauseMs = retryAfterOf(error) ?? pause;
        nextTryAt = performance.now() + pauseMs;
        await pauseFor(pauseMs, closing.signal);
        if (closing.signal.aborted || !stillCurrent(notice)) return false;
      }
    }
  };

  const stillCurrent = (notice: Notice): boolean => {
    try {
      return isCurrent(notice);
    } catch {
      return true;
    }
  };

  const remember = (notice: Notice): void => {
    try {
      told.add({ id: toldAs(notice), kind: notice.kind });
    } catch (error) {
      warn(`${name}: cannot record its deliveries: ${faultOf(error)}`);
    }
  };

  return {
    offer(notice) {
      const isWaiting = waiting.some((each) => toldAs(each) === toldAs(notice));
      const isTold = notice.reminder !== true && told.has(toldAs(notice));
      if (closing.signal.aborted || isWaiting || isTold) return;
      waiting.push(notice);
      if (waiting.length > maxWaiting) waiting.shift();
      working ??= work();
    },
    async settle(limitMs) {
      const end = performance.now() + limitMs;
      for (;;) {
        // What is not tried again in that time is not waited for.
        const isInVain = nextTryAt > end || performance.now() > end;
        if (working === undefined || isInVain || closing.signal.aborted) return;
        await Promise.race([working, pauseFor(lookMs, closing.signal)]);
      }
    },
    close: () => closing.abort(),
  };
}

/** The id under which a notice is recorded as delivered. The timeout of a wait is delivered as well. */
function toldAs(notice: Notice): string {
  const isOverdue = "isOverdue" in notice && notice.isOverdue;
  return isOverdue ? `${notice.id} overdue` : notice.id;
}

/** Runs a call of a channel; also one that takes no notice of its cancelling ends in time. */
async function within<Result>(
  limitMs: number,
  closing: AbortSignal,
  call: (cancel: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const control = new AbortController();
  const close = (): void => control.abort();
  const limit = setTimeout(close, limitMs);
  closing.addEventListener("abort", close);
  try {
    const isOver = new Promise<never>((_, reject) => {
      const words = `it did not answer within ${Math.ceil(limitMs / 1000)} s`;
      control.signal.addEventListener("abort", () => reject(new Error(words)));
    });
    return await Promise.race([call(control.signal), isOver]);
  } finally {
    clearTimeout(limit);
    closing.removeEventListener("abort", close);
  }
}
