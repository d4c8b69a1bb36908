const gone = [
  /\bno (?:such (?:conversation|session|transcript)|(?:conversation|session|transcript)s?(?: was| were)? found)\b/i,
  /\b(?:conversation|session|transcript)\b[^.\n]{0,80}?\b(?:not found|not be found|does not exist|doesn't exist|no longer exists|is missing|is gone|was deleted)\b/i,
  /\b(?:failed|unable|cannot|can't|could not) (?:to )?(?:resume|find|load|read|restore|parse|open)\b[^.\n]{0,40}?\b(?:conversation|session|transcript)\b/i,
  /\bsession id\b[^.\n]{0,80}?\balready in use\b/i,
  /\b(?:invalid|valid) session id\b/i,
];

/**
 * Whether the CLI says that it does not have the conversation to continue, or cannot start it under its id. A new
 * conversation cures that.
 *
 * @example
 * isConversationGone("No conversation found with session ID: 36d7…"); // true
 */
export function isConversationGone(words: string): boolean {
  return gone.some((sentence) => sentence.test(words));
}

const tooLong = [
  /\b(?:prompt|conversation|input|context)(?: is)? too (?:long|large)\b/i,
  /\binput length and `?max_tokens`? exceed/i,
  /\b(?:context|conversation)(?: window| length)?(?: limit)?(?: is| was| has been)? (?:reached|exceeded|full)\b/i,
  /\bexceeds? the (?:maximum )?context (?:window|length)/i,
];

/** Whether the CLI says that a conversation has become too long for the model. */
export function isConversationTooLong(words: string): boolean {
  return tooLong.some((sentence) => sentence.test(words));
}

/**
 * The HTTP status of an error that is told in words alone, as older versions of the CLI do.
 *
 * @example
 * findStatus("API Error: 400 due to tool use concurrency issues."); // 400
 */
export function findStatus(words: string): number | undefined {
  const status = /\bAPI Error\b\D{0,40}?\b([45]\d\d)\b/i.exec(words)?.[1];
  return status === undefined ? undefined : Number(status);
}
