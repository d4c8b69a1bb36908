import { parseTelegramHtml, type FormattedText, type TelegramEntity } from "./telegram-html.ts";

/** A request that the Bot API refuses. */
export class TelegramRefusal extends Error {
  override readonly name = "TelegramRefusal";
  readonly status: number;
  readonly retryAfter: number | undefined;

  constructor(status: number, description: string, retryAfter?: number) {
    super(description);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** A button below a message. */
export interface TelegramButton {
  readonly text: string;
  readonly callback_data: string;
}

/** The rows of buttons below a message. */
export type TelegramKeyboard = readonly (readonly TelegramButton[])[];

/** Parameters of a call, as they came. */
export type TelegramPayload = Readonly<Record<string, unknown>>;

/** Telegram's limits, in UTF-16 code units and bytes. */
const maxText = 4096;
const maxCallbackBytes = 64;
const maxButtons = 100;

/**
 * The text of a message or of an edit, as people see it.
 *
 * @throws {TelegramRefusal} when the Bot API would not take it
 */
export function readText(payload: TelegramPayload): FormattedText {
  const { text, parse_mode: mode } = payload;
  if (typeof text !== "string" || text.trim() === "") {
    throw new TelegramRefusal(400, "Bad Request: message text is empty");
  }
  if (/\p{Surrogate}/u.test(text)) {
    throw new TelegramRefusal(400, "Bad Request: strings must be encoded in UTF-8");
  }
  const formatted = mode === "HTML" ? parseHtml(text) : { text, entities: readEntities(payload) };
  if (formatted.text.trim() === "") {
    throw new TelegramRefusal(400, "Bad Request: message text is empty");
  }
  if (formatted.text.length > maxText) {
    throw new TelegramRefusal(400, "Bad Request: message is too long");
  }
  for (const { offset, length } of formatted.entities) {
    if (offset < 0 || length < 1 || offset + length > formatted.text.length) {
      throw new TelegramRefusal(400, "Bad Request: entity is out of the text");
    }
  }
  return formatted;
}

/**
 * The buttons of a message; nothing if it has none.
 *
 * @throws {TelegramRefusal} when the Bot API would not take them
 */
export function readKeyboard({ reply_markup: markup }: TelegramPayload): TelegramKeyboard {
  const rows: unknown = Reflect.get(Object(markup), "inline_keyboard");
  if (rows === undefined) return [];
  const keyboard = rows as TelegramKeyboard;
  const buttons = keyboard.flat();
  if (buttons.length > maxButtons) {
    throw new TelegramRefusal(400, "Bad Request: reply markup is too long");
  }
  for (const { text, callback_data: data } of buttons) {
    if (typeof text !== "string" || text.trim() === "") {
      throw new TelegramRefusal(400, "Bad Request: BUTTON_TEXT_INVALID");
    }
    const bytes = typeof data === "string" ? Buffer.byteLength(data) : 0;
    if (bytes < 1 || bytes > maxCallbackBytes) {
      throw new TelegramRefusal(400, "Bad Request: BUTTON_DATA_INVALID");
    }
  }
  return keyboard;
}

function parseHtml(html: string): FormattedText {
  try {
    return parseTelegramHtml(html);
  } catch (error) {
    throw new TelegramRefusal(400, error instanceof Error ? error.message : String(error));
  }
}

function readEntities({ entities }: TelegramPayload): readonly TelegramEntity[] {
  return Array.isArray(entities) ? (entities as TelegramEntity[]) : [];
}
