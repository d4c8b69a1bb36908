import { isResetTime } from "@samocode/core";
import { parseResetWords } from "./reset-words.ts";

/** What an error of the API says that may be a usage limit. */
export interface LimitFacts {
  readonly words: string;
  /** Of the HTTP answer. */
  readonly status?: number | undefined;
  /** The reset time that came beside the words with a rejection, Unix time in ms. */
  readonly resetsAt?: number | undefined;
  /** When it was said, Unix time in ms. */
  readonly at: number;
}

/** The limit of a subscription or of an account. */
export interface UsageLimit {
  /** When it resets, Unix time in ms; absent if that is not told. */
  readonly until?: number;
}

/** The sentences in which versions of the CLI tell of a usage limit. */
const sentences = [
  /\b(?:hit|reached|exceeded|used up)\s+(?:your|the|its)\b[^|\n]{0,60}?\b(?:limits?|cap)\b/i,
  /\b(?:limit|cap)\s+(?:is\s+|was\s+|has been\s+)?(?:reached|hit|exceeded|exhausted)\b/i,
  /\bout of (?:extra )?usage\b/i,
];

/** Limits of another kind, and the server's own, which pass within seconds. */
const others =
  /\b(?:context|tokens?|turns?|output|size|length|image|file|rate|concurren\w+)(?: window)? limits?\b|\bnot your usage limit\b/i;

/**
 * The usage limit that an error is about; nothing if it is about something else. A rejection that tells its reset time
 * is one, whatever its words; without that time the words decide.
 */
export function findUsageLimit({
  words,
  status,
  resetsAt,
  at,
}: LimitFacts): UsageLimit | undefined {
  if (status !== undefined && status !== 429) return undefined;
  const said = parseResetWords(words, at);
  const isOther = others.test(words) && (status === undefined || said === undefined);
  const isSaid = !isOther && sentences.some((sentence) => sentence.test(words));
  if (!isSaid && resetsAt === undefined) return undefined;
  const until =
    [resetsAt, said].find((time) => time !== undefined && isResetTime(time, at)) ??
    resetsAt ??
    said;
  return until === undefined ? {} : { until };
}
