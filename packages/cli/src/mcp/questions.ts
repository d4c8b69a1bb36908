import { formatQuestion } from "@samocode/core";
import { parseQuestions } from "@samocode/core/overview";
import { z } from "zod";
import { readKeptQuestions } from "@samocode/session";
import { openSession } from "../config/open-session.ts";
import { quoteData } from "./data-text.ts";
import { session } from "./session-input.ts";
import { createTool } from "./tool.ts";

const maxQuestions = 30_000;

/** Gives the questions of a session. */
export const questions = createTool({
  name: "questions",
  description:
    "What the agent of a session asks the person: each question with its options and the agent's suggestion. Put them to the person as they are; do not answer for them.",
  input: z.strictObject({ session }),
  looksOnly: true,
  async act({ session }, { flags }) {
    const { store, name } = await openSession(session, flags);
    const asked = parseQuestions(readKeptQuestions(store).text);
    const open = asked.filter(({ answer }) => answer === undefined);
    if (open.length === 0) {
      return `${name} has no open question${asked.length === 0 ? "; it has asked nothing" : ""}.`;
    }
    return [
      `${open.length} open ${open.length === 1 ? "question" : "questions"} of ${name}, in the agent's words:`,
      quoteData(open.map(formatQuestion).join("\n\n"), maxQuestions),
      `Relay the person's words with \`answer\`: a letter, or free text.`,
    ].join("\n");
  },
});
