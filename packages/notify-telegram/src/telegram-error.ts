import { GrammyError, HttpError } from "grammy/web";

/** A call of the Bot API that failed. The token is not in it. */
export class TelegramError extends Error {
  override readonly name = "TelegramError";
  readonly code = "SAMOCODE_TELEGRAM_FAILED";
  /** What the Bot API answered with, such as 429; absent if it did not answer. */
  readonly status: number | undefined;
  /** How long it asks to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, facts: { status?: number; retryAfterMs?: number } = {}) {
    super(message);
    this.status = facts.status;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

/** Where a bot is called. */
export interface BotPlace {
  readonly token: string;
  readonly apiRoot: string;
}

/** A token that is wrong does not fix itself while a run goes on. */
const hopelessMs = 3_600_000;

/** Says what is wrong with a call and what to do, without the token, which libraries put into their errors. */
export function toTelegramError(error: unknown, place: BotPlace): TelegramError {
  if (error instanceof TelegramError) return error;
  if (error instanceof GrammyError) {
    const { error_code: status, description, parameters } = error;
    const said = `${status}: ${scrub(description, place)}`;
    const waitS = parameters.retry_after;
    const retryAfterMs =
      waitS === undefined ? (isHopeless(status) ? hopelessMs : undefined) : 1000 * waitS;
    const message = `${explain(status, description, parameters.migrate_to_chat_id)} (${said})`;
    return new TelegramError(message, { status, ...(retryAfterMs && { retryAfterMs }) });
  }
  const cause = error instanceof HttpError ? error.error : error;
  return new TelegramError(scrub(`${hostOf(place)} ${reasonOf(cause)}`, place));
}

/** A text with the token made unreadable, in all forms in which it may be in a text. */
function scrub(text: string, { token }: Pick<BotPlace, "token">): string {
  const secret = token.slice(token.indexOf(":") + 1);
  return [token, encodeURIComponent(token), secret]
    .filter((form) => form.length > 4)
    .reduce((masked, form) => masked.replaceAll(form, "***"), text);
}

function isHopeless(status: number): boolean {
  return status === 401 || status === 404;
}

function explain(status: number, description: string, movedTo: number | undefined): string {
  if (isHopeless(status)) {
    return "Telegram does not know the bot: set TELEGRAM_BOT_TOKEN to the token from @BotFather";
  }
  if (movedTo !== undefined) {
    return `the group has become a supergroup: set TELEGRAM_CHAT_ID=${movedTo}`;
  }
  if (/webhook/i.test(description)) {
    return "the bot has a webhook, so updates cannot be fetched: remove it, or use a separate bot";
  }
  if (status === 409) {
    return "another program is listening to the same bot, and only one can: stop it, or use a separate bot";
  }
  if (status === 403 || /chat not found/i.test(description)) {
    return "the bot cannot write to the chat in TELEGRAM_CHAT_ID: write to it first, or add it to the group";
  }
  if (status === 429) return "Telegram asks to slow down";
  return "Telegram refused the request";
}

function hostOf({ apiRoot }: BotPlace): string {
  return URL.canParse(apiRoot) ? new URL(apiRoot).host : apiRoot;
}

function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return "did not answer like a Bot API server";
  if (!(error instanceof Error)) return `cannot be reached: ${String(error)}`;
  if (error.name === "AbortError" || error.name === "TimeoutError") return "did not answer in time";
  const { cause } = error;
  const code: unknown = Reflect.get(Object(cause), "code");
  return `cannot be reached: ${typeof code === "string" ? code : error.message}`;
}
