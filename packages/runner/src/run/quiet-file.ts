/** A text that someone may be typing: how long it is still to be left alone. */
export interface QuietFile {
  /**
   * How long the text must stay as it is before it counts, in ms; 0 when it counts.
   *
   * @param text Anything that differs as soon as the text does.
   * @param savedAt When the file was last saved, Unix time in ms; nothing if there is none.
   */
  readonly leftMs: (text: string, savedAt: number | undefined) => number;
}

/** How long a text must stay as it is, and how long a text that never does is left alone. */
export interface QuietTimes {
  /** @default 4000 */
  readonly quietMs?: number;
  /** @default 60_000 */
  readonly maxMs?: number;
  /** Unix time in ms. @default Date.now */
  readonly now?: () => number;
}

/**
 * Watches a text for being quiet. An editor may save every half a second while a human types, and a copy may come in
 * several steps: neither is a decision before it has come to rest.
 */
export function createQuietFile(times: QuietTimes = {}): QuietFile {
  const { quietMs = 4000, maxMs = 60_000, now = Date.now } = times;
  let seen: string | undefined;
  let seenAt = 0;
  let restlessSince: number | undefined;
  return {
    leftMs(text, savedAt) {
      const at = now();
      if (text !== seen) {
        seen = text;
        seenAt = at;
      }
      restlessSince ??= at;
      // The clock of a network drive may differ: a time to come says nothing.
      const sinceSaved = savedAt === undefined || savedAt > at ? 0 : at - savedAt;
      const left = Math.min(
        quietMs - Math.max(at - seenAt, sinceSaved),
        maxMs - (at - restlessSince),
      );
      if (left > 0) return left;
      restlessSince = undefined;
      return 0;
    },
  };
}
