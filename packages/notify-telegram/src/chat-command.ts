import { formatCost, type Notice } from "@samocode/core";
import type { Message } from "grammy/types";
import { sendNotice } from "./button-press.ts";
import type { ChatMoment } from "./chat-moment.ts";
import { attachmentOf, needsWords, wordsOf } from "./message-words.ts";
import { maxMessage } from "./notice-message.ts";
import { cutSpans, type Span } from "./rich-text.ts";

const help: readonly Span[] = [
  { text: "samocode", style: "bold" },
  {
    text: [
      "posts here what its sessions wait for, and takes your answers.",
      "",
      "/list - all sessions",
      "/status NAME - the state of a session, with its buttons",
      "/help - this",
      "",
      "Use the buttons to answer and decide, or reply to a question in your own words.",
      "Several answers in one reply: Q1: A, Q2: your words.",
    ].join("\n"),
  },
];

/** What people see in the menu of the bot. */
export const menu = [
  { command: "list", description: "All sessions" },
  { command: "status", description: "The state of a session, with its buttons" },
  { command: "help", description: "What this bot does" },
] as const;

/** How many sessions are listed. */
const maxListed = 30;

/** Takes a command in. Other words are no command, and in a group not meant for the bot. */
export async function takeCommand(message: Message, moment: ChatMoment): Promise<void> {
  const { bot, chat, desk } = moment;
  const [, name, to, argument = ""] =
    /^\/([a-z]+)(?:@(\w+))?(?:\s+(\S+))?\s*$/i.exec(wordsOf(message)) ?? [];
  const isOurs = to === undefined || to.toLowerCase() === bot.username?.toLowerCase();
  if (name === undefined) {
    if (chat.type !== "private") return;
    const attachment = wordsOf(message) === "" ? attachmentOf(message) : undefined;
    await say(attachment === undefined ? help : [{ text: needsWords(attachment) }], moment);
    return;
  }
  if (!isOurs) return;
  switch (name.toLowerCase()) {
    case "list":
      return say(listSpans(await desk.list()), moment);
    case "status":
      return showStatus(argument, moment);
    case "help":
    case "start":
      return say(help, moment);
    default:
      if (chat.type === "private" || to !== undefined) await say(help, moment);
  }
}

async function showStatus(argument: string, moment: ChatMoment): Promise<void> {
  const { desk } = moment;
  const all = argument === "" ? await desk.list() : [];
  const notice =
    argument === "" ? (all.length === 1 ? all[0] : undefined) : await desk.find(argument);
  if (notice !== undefined) return sendNotice(notice, moment);
  if (argument === "") return say(listSpans(all), moment);
  await say([{ text: `There is no session ${argument} here. List all: /list` }], moment);
}

function listSpans(notices: readonly Notice[]): readonly Span[] {
  if (notices.length === 0) return [{ text: "There are no sessions yet." }];
  const shown = notices
    .slice(0, maxListed)
    .flatMap(({ session, title, phase, ...cost }): Span[] => [
      { text: session, style: "bold" },
      { text: `${title.slice(session.length)} (${phase}, ${formatCost(cost)})\n` },
    ]);
  const left = notices.length - maxListed;
  return left > 0 ? [...shown, { text: `and ${left} more` }] : shown;
}

async function say(spans: readonly Span[], moment: ChatMoment): Promise<void> {
  const { client, chat, topic, cancel } = moment;
  const message = { spans: cutSpans(spans, maxMessage), keyboard: [] };
  await client.send(chat.id, message, cancel, { topic });
}
