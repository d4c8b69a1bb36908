import type { Update } from "grammy/types";
import type { BotClient } from "./bot-client.ts";

export interface UpdateLoopOptions {
  readonly client: BotClient;
  /** Takes one update in, and never rejects. The next one waits for it. */
  readonly take: (update: Update) => Promise<void>;
  /** Called once all has been taken that waited when the loop began. */
  readonly caughtUp: () => void;
  readonly cancel: AbortSignal;
}

/** How long the last call may take, in ms: it only spares the next start what was taken already. */
const confirmMs = 2000;

/**
 * Fetches updates until it is cancelled. Telegram forgets an update once a later one is asked for: what a crash leaves
 * is fetched again, and a decision that was made already is then seen to be late.
 *
 * @throws {TelegramError} When a call fails; nothing is lost by it.
 */
export async function takeUpdates(options: UpdateLoopOptions): Promise<void> {
  const { client, take, caughtUp, cancel } = options;
  let next = 0;
  let confirmed = 0;
  let isCaughtUp = false;
  try {
    while (!cancel.aborted) {
      const updates = await client.getUpdates(next, isCaughtUp, cancel);
      confirmed = next;
      for (const update of updates) {
        await take(update);
        next = update.update_id + 1;
      }
      if (updates.length > 0 || isCaughtUp) continue;
      isCaughtUp = true;
      caughtUp();
    }
  } catch (error) {
    if (!cancel.aborted) throw error;
  } finally {
    if (next !== confirmed) {
      await client.getUpdates(next, false, AbortSignal.timeout(confirmMs)).catch(() => {});
    }
  }
}
