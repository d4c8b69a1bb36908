/** What a button or a reply is about: the session, the notice, and what to do. */
export interface ButtonData {
  readonly sessionId: string;
  /** Empty for what is about no notice. */
  readonly noticeId: string;
  readonly act: Act;
  /** The question, with the letter for `answer`; the number of the message that was answered for a reply. */
  readonly arg: string;
}

/** What a person can do with a button. */
export type Act = keyof typeof codes;

const codes = {
  answer: "a",
  write: "w",
  suggestions: "s",
  approve: "y",
  reject: "n",
  resume: "r",
  note: "m",
  stop: "x",
} as const;

/** Telegram takes no more, in bytes. */
const maxBytes = 64;

/** The data of a button; nothing if it does not fit. */
export function formatButtonData({
  sessionId,
  noticeId,
  act,
  arg,
}: ButtonData): string | undefined {
  const data = `${sessionId}.${noticeId}.${codes[act]}${arg}`;
  return Buffer.byteLength(data) <= maxBytes ? data : undefined;
}

/** Reads the data of a button; nothing if it is not one of ours. */
export function parseButtonData(data: string): ButtonData | undefined {
  const [, sessionId, noticeId, code, arg] = /^([\w-]+)\.([\w-]*)\.([a-z])(.*)$/.exec(data) ?? [];
  const act = (Object.keys(codes) as Act[]).find((each) => codes[each] === code);
  if (sessionId === undefined || noticeId === undefined || arg === undefined) return undefined;
  return act === undefined ? undefined : { sessionId, noticeId, act, arg };
}
