// A bot for any chat: one message per line on stdin, its replies on stdout. Run: node examples/chat-bot.mjs SESSIONS
import { createInterface } from "node:readline";
import { openStore } from "@samocode/core/store";
import { answerQuestions, decide, findSession, listSessions, readReport } from "@samocode/session";

const [sessions = "sessions"] = process.argv.slice(2);
const by = "chat:ada";
const shown = new Map(); // The plan last shown of each session: an approval counts for that one.
const open = async (/** @type {string} */ argument) =>
  openStore((await findSession({ argument, sessions, cwd: ".", now: new Date() })).folder);
const stateOf = (/** @type {{ folder: string, handle: string }} */ { folder, handle }) =>
  `${handle}: ${readReport(openStore(folder), handle).state}`;
/** @type {Record<string, (name: string, rest: string) => Promise<string>>} */
const commands = {
  list: async () => (await listSessions(sessions)).map(stateOf).join("\n"),
  async plan(name) {
    const { parts, hash } = (await open(name)).readWholePlan() ?? { parts: [], hash: "" };
    shown.set(name, hash);
    return parts.map(({ text }) => text).join("\n");
  },
  async answer(name, answer) {
    const [id = "", text = ""] = answer.split("=");
    const { open: left } = await answerQuestions(await open(name), [{ id, text }], { by });
    return `${left.length} left`;
  },
  async approve(name) {
    const planHash = shown.get(name);
    if (planHash === undefined) return "show the plan first";
    return (await decide(await open(name), { type: "approve", by, planHash })).to;
  },
  reject: async (name, feedback) =>
    (await decide(await open(name), { type: "reject", by, feedback })).to,
};
for await (const message of createInterface({ input: process.stdin })) {
  const [command = "", name = "", ...rest] = message.split(" ");
  const reply = commands[command]?.(name, rest.join(" ")) ?? Promise.resolve("what?");
  console.log(await reply.catch((/** @type {Error} */ error) => error.message));
}
