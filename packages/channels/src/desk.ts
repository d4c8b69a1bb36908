import { basename } from "node:path";
import type { Decision, DecisionReply, Desk, Notice } from "@samocode/core";
import { chooseAnswer, printableText } from "@samocode/core/overview";
import { answerQuestions, formatGoOn, decide, type DecisionResult } from "@samocode/session";
import { faultOf } from "./channel-fault.ts";
import type { ServedSession } from "./listener-place.ts";
import { readNotice, sessionIdOf } from "./session-notice.ts";

/** What a desk is made with. */
export interface DeskOptions {
  /** The sessions that it serves, the newest first. */
  readonly sessions: () => Promise<readonly ServedSession[]>;
  /** The desk of another audience; nothing if there is none. @default there is none */
  readonly of?: (audience: string) => Promise<Desk | undefined>;
  readonly warn: (text: string) => void;
}

/**
 * Makes a desk: it looks whether a decision still is about what the session waits for, hands it in, and
 * says in words what came of it. It never rejects for what a person or a file has done.
 */
export function createDesk({ sessions, of, warn }: DeskOptions): Desk {
  const findServed = async (name: string): Promise<ServedSession | undefined> => {
    const all = await sessions();
    return (
      all.find(({ store }) => sessionIdOf(store.folder) === name) ??
      all.find((each) => each.name === name || basename(each.store.folder) === name)
    );
  };
  return {
    warn,
    caughtUp: () => {},
    of: async (audience) => of?.(audience),
    list: async () => (await sessions()).map(noticeOf),
    find: async (name) => {
      const served = await findServed(name);
      return served && noticeOf(served);
    },
    async decide(decision) {
      try {
        const served = await findServed(decision.sessionId);
        if (served === undefined) return { taken: false, text: "There is no such session here." };
        return await decideOn(served, decision);
      } catch (error) {
        return { taken: false, text: faultOf(error) };
      }
    },
  };
}

function noticeOf({ store, name }: ServedSession): Notice {
  return readNotice(store, name);
}

async function decideOn(served: ServedSession, decision: Decision): Promise<DecisionReply> {
  const before = noticeOf(served);
  const tooLate = refusal(before, decision);
  if (tooLate !== undefined) return { taken: false, text: tooLate, now: before };
  const { taken, text } = await carryIn(served, before, decision);
  const now = noticeOf(served);
  return { taken, text: text ?? `Too late. ${now.title}.`, now };
}

/** Why a decision is not about what the session waits for, if it is not. */
function refusal(now: Notice, decision: Decision): string | undefined {
  if (decision.type === "stop" || decision.noticeId === now.id) return undefined;
  const isAboutPlan = decision.type === "approve" || decision.type === "reject";
  if (isAboutPlan && now.kind === "approval") {
    return "The plan has changed since. Nothing was decided: read the new plan.";
  }
  return `Too late. ${now.title}.`;
}

interface Outcome {
  readonly taken: boolean;
  /** Absent if there is nothing to say but the state of the session. */
  readonly text?: string;
}

async function carryIn(
  served: ServedSession,
  before: Notice,
  decision: Decision,
): Promise<Outcome> {
  const { store } = served;
  const by = printableText(decision.by, 80);
  switch (decision.type) {
    case "answer": {
      const given = { id: decision.question, text: decision.text };
      const { open, late, result } = await answerQuestions(store, [given], { by });
      const [first] = late;
      if (first !== undefined) {
        const answer = printableText(first.answer ?? "", 200);
        return { taken: false, text: `Too late. ${first.id} already has an answer: ${answer}` };
      }
      const words = `${given.id}: ${writtenAnswer(before, decision)}.`;
      return answered(words, open.length, result, served);
    }
    case "suggestions": {
      if (before.kind !== "questions") return { taken: false };
      if (before.questions.every(({ suggestion }) => suggestion === undefined)) {
        return { taken: false, text: "No open question has a suggestion." };
      }
      const { open, result } = await answerQuestions(store, [], { suggestions: true, by });
      return answered("The suggestions are accepted.", open.length, result, served);
    }
    case "approve": {
      const planHash = before.kind === "approval" ? before.plan?.hash : undefined;
      const event = { type: "approve", by, ...(planHash !== undefined && { planHash }) } as const;
      return decided("The plan is approved.", await decide(store, event), served);
    }
    case "reject": {
      const feedback = decision.feedback.trim();
      if (feedback === "") {
        return { taken: false, text: "The feedback is empty: say what should change." };
      }
      const result = await decide(store, { type: "reject", by, feedback });
      return decided("The plan goes back to planning with your feedback.", result, served);
    }
    case "resume": {
      const note = decision.note?.trim() ?? "";
      const event = { type: "resume", by, ...(note !== "" && { note }) } as const;
      return decided("Resumed.", await decide(store, event), served);
    }
    case "stop": {
      const { taken } = await decide(store, { type: "stop", by });
      return taken ? { taken, text: "It will stop after this iteration." } : { taken };
    }
  }
}

/** The answer as it was written down: a letter stands for the text of its option. */
function writtenAnswer(
  before: Notice,
  { question: id, text }: Extract<Decision, { type: "answer" }>,
): string {
  const questions = before.kind === "questions" ? before.questions : [];
  const question = questions.find((each) => each.id === id);
  return printableText(question === undefined ? text : chooseAnswer(question, text), 100);
}

function answered(
  words: string,
  open: number,
  result: DecisionResult,
  served: ServedSession,
): Outcome {
  if (open === 0) return { ...decided(words, result, served), taken: true };
  return { taken: true, text: `${words} ${open} ${open === 1 ? "is" : "are"} still open.` };
}

function decided(
  words: string,
  { taken, running }: DecisionResult,
  { name }: ServedSession,
): Outcome {
  const next = running ? "It continues." : `Continue with: ${formatGoOn(name)}`;
  return taken ? { taken, text: `${words} ${next}` } : { taken };
}
