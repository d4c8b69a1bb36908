import { z } from "zod";
import { answerQuestions } from "@samocode/session";
import { openSession } from "../config/open-session.ts";
import { quoteData } from "./data-text.ts";
import { tellDecision } from "./decision-text.ts";
import { session } from "./session-input.ts";
import { createTool } from "./tool.ts";

const maxAnswer = 20_000;

/** Answers the questions of a session. */
export const answer = createTool({
  name: "answer",
  description:
    "Relays a person's answers to the questions of a session. Relay only what the person said; never decide for them. With the last answer the session continues.",
  input: z.strictObject({
    session,
    answers: z
      .record(z.string().max(20), z.string().max(maxAnswer))
      .default({})
      .describe('The person\'s answers, as {"Q1": "A", "Q2": "for a week"}'),
    suggestions: z
      .boolean()
      .default(false)
      .describe("Whether the person accepts the agent's suggestions for all other open questions"),
    replace: z
      .boolean()
      .default(false)
      .describe("Whether to replace an existing answer; otherwise the first one counts"),
  }),
  async act({ session, answers, suggestions, replace }, { flags, by }) {
    const { store, name } = await openSession(session, flags);
    const given = Object.entries(answers).map(([id, text]) => ({ id, text }));
    const { open, late } = await answerQuestions(store, given, { suggestions, replace, by });
    const told = [
      ...late.flatMap(({ id, answer: first = "" }) => [
        `${id} already has this answer, which counts:`,
        quoteData(first, maxAnswer),
      ]),
      open.length === 0
        ? "All questions are answered."
        : `Still open: ${open.map(({ id }) => id).join(", ")}.`,
    ];
    return tellDecision(store, name, told.join("\n"));
  },
});
