import type { Message } from "grammy/types";

/** What a message can have instead of words, as a person calls it. */
const kinds = {
  voice: "a voice message",
  audio: "an audio file",
  video_note: "a video message",
  video: "a video",
  // A message with an animation has it as a document as well.
  animation: "an animation",
  document: "a file",
  photo: "a picture",
  sticker: "a sticker",
  story: "a story",
  location: "a location",
  contact: "a contact",
  poll: "a poll",
  dice: "a die",
  game: "a game",
} as const;

/** The words of a message: its text, or the caption of what is in it. */
export function wordsOf({ text, caption }: Pick<Message, "text" | "caption">): string {
  return (text ?? caption ?? "").trim();
}

/** What a message has beside its words; nothing of a service message, which no person has written. */
export function attachmentOf(message: Message): string | undefined {
  const [, name] = Object.entries(kinds).find(([kind]) => kind in message) ?? [];
  return name;
}

/** What is said to a message that has no words. */
export function needsWords(attachment: string): string {
  return `I cannot read ${attachment}: please answer in text. Nothing was recorded.`;
}

/** What is said of the part of a message that was not taken. */
export function leftOut(attachment: string): string {
  return `Only your text was used, without ${attachment.replace(/^an? /, "the ")}.`;
}
