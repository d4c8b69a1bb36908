import type { Message } from "grammy/types";
import { formatButtonData, parseButtonData, type ButtonData } from "./button-data.ts";
import type { Span } from "./rich-text.ts";

/** What a message is about to which a person is to reply: its last line, set off as code, so that it outlives any restart. */
export function referenceSpan(data: ButtonData): Span {
  return { text: formatButtonData(data) ?? "", style: "code" };
}

/**
 * What a message of the bot asks a person to write. Only the bot ends a message with code: in what an agent says
 * nothing is set off so.
 */
export function readReference({ text = "", entities = [] }: Message): ButtonData | undefined {
  const last = entities.at(-1);
  if (last?.type !== "code" || last.offset + last.length !== text.length) return undefined;
  return parseButtonData(text.slice(last.offset));
}

/** What the buttons below a message are about. */
export function readButtons({
  reply_markup: markup,
}: Pick<Message, "reply_markup">): readonly ButtonData[] {
  return (markup?.inline_keyboard ?? []).flat().flatMap((button) => {
    const data = "callback_data" in button ? parseButtonData(button.callback_data) : undefined;
    return data === undefined ? [] : [data];
  });
}
