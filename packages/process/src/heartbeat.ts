import { lstatSync, lutimesSync } from "node:fs";

/** How often the holder of a lock shows that it lives, by the time stamp of the lock. */
const beatMs = 10_000;
/** A lock whose last beat is older, or comes from a clock that is further away, is watched. */
export const staleMs = 60_000;
/** How long a lock without a beat is watched before its owner is called dead: two beats and a half. */
export const watchMs = 25_000;
/** The age from which a lock is watched whose owner does not beat: one of an earlier version. */
export const silentMs = 24 * 3_600_000;

/**
 * What the beats of an owner say that cannot be seen: another machine, or a container of another kernel.
 * `watched`: nothing yet, look again.
 */
export type Pulse = "alive" | "watched" | "dead";

/** Beats for the lock at `path` until it is not ours any more, or the returned function is called. */
export function startBeating(path: string, isOurs: () => boolean): () => void {
  const timer = setInterval(() => {
    if (isOurs()) beat(path);
    else clearInterval(timer);
  }, beatMs);
  timer.unref();
  return () => clearInterval(timer);
}

function beat(path: string): void {
  const now = new Date();
  try {
    lutimesSync(path, now, now);
  } catch {
    // It was removed in this moment, or the disk is away: the next beat tries again.
  }
}

/** Remembers since when each lock has been without a beat. */
export interface PulseWatch {
  /**
   * @param text The content of the lock.
   * @param beats Whether its owner beats.
   */
  readonly read: (path: string, text: string, beats: boolean) => Pulse;
}

/**
 * Makes a watch. No clock is trusted alone: an owner whose last beat is old by our clock is alive if it
 * beats while we watch, and the time of the watch stands still while the machine sleeps.
 */
export function createPulseWatch(): PulseWatch {
  const seen = new Map<string, { readonly look: string; readonly since: number }>();
  return {
    read(path, text, beats) {
      const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
      // It is gone: whoever asked looks again.
      if (stats === undefined) return "watched";
      const now = performance.now();
      const look = `${stats.mtimeNs} ${text}`;
      const last = seen.get(path);
      const since = last?.look === look ? last.since : now;
      seen.set(path, { look, since });
      const ageMs = Date.now() - Number(stats.mtimeNs / 1_000_000n);
      return judgePulse({ beats, ageMs, watchedMs: now - since });
    },
  };
}

/** What is known of the beats of a lock. */
export interface PulseFacts {
  readonly beats: boolean;
  /** Since the last beat, by our clock; negative if it lies ahead. */
  readonly ageMs: number;
  /** How long we have seen no beat. */
  readonly watchedMs: number;
}

/** Judges the beats of a lock. */
export function judgePulse({ beats, ageMs, watchedMs }: PulseFacts): Pulse {
  // A clock that is wrong can be wrong in both directions.
  const isRecent = beats ? Math.abs(ageMs) <= staleMs : ageMs <= silentMs;
  if (isRecent) return "alive";
  return watchedMs >= watchMs ? "dead" : "watched";
}
