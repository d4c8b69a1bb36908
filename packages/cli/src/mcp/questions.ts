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
    "Returns the agent's questions to the person, each with its options and the agent's suggestion. Pass them on unchanged; do not answer for the person.",
  input: z.strictObject({ session }),
  looksOnly: true,
  async act({ session }, { flags }) {
    const { store, name } = await openSession(session, flags);
    const asked = parseQuestions(readKeptQuestions(store).text);
    const open = asked.filter(({ answer }) => answer === undefined);
    if (open.length === 0) {
      return `${name} has no open question${asked.length === 0 ? "; none was asked" : ""}.`;
    }
    return [
      `${open.length} open ${open.length === 1 ? "question" : "questions"} of ${name}, in the agent's words:`,
      quoteData(open.map(formatQuestion).join("\n\n"), maxQuestions),
      `Relay the person's answers with \`answer\`: a letter, or free text.`,
    ].join("\n");
  },
});
