import { phases, type PersonEvent } from "@samocode/core";
import { openStore } from "@samocode/core/store";
import { z } from "zod";
import type { DecisionOutcome, InspectHost, SessionPlace } from "./host.ts";

const text = z.string().trim().min(1).max(20_000);

/** What a person decides on the page. */
export const DecisionRequest = z.strictObject({
  session: z.string().max(500),
  decision: z.discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("answer"),
      answers: z
        .array(z.strictObject({ id: z.string().regex(/^Q\d{1,9}$/i), text }))
        .min(1)
        .max(500),
    }),
    z.strictObject({
      type: z.literal("approve"),
      /** Hash of the plan that was shown; absent if none was. */
      planHash: z.string().max(200).optional(),
      note: text.optional(),
    }),
    z.strictObject({ type: z.literal("reject"), feedback: text }),
    z.strictObject({
      type: z.literal("resume"),
      phase: z.enum(phases).optional(),
      note: text.optional(),
    }),
    z.strictObject({ type: z.literal("stop"), atOnce: z.boolean() }),
  ]),
});
export type DecisionRequest = z.infer<typeof DecisionRequest>;
type Decision = DecisionRequest["decision"];

/** The reply to the page about a decision. */
export interface DecisionReply {
  readonly taken: boolean;
  /** A sentence or two for the person. */
  readonly message: string;
  /** Where the session is now. */
  readonly state: string;
}

/** Hands in a decision, and says what came of it. */
export async function takeDecision(
  host: InspectHost,
  place: SessionPlace,
  decision: Decision,
): Promise<DecisionReply> {
  const plan = decision.type === "approve" ? openStore(place.folder).readPlan() : undefined;
  if (decision.type === "approve" && decision.planHash !== plan?.hash) {
    return {
      taken: false,
      message: "The plan has changed since it was shown here. Nothing was approved: read it again.",
      state: host.report(place).state,
    };
  }
  const { taken, state, note } = await handIn(host, place, decision);
  return { taken, message: describeOutcome(decision, taken, note), state };
}

/** What came of a decision, in words; the host adds what only it knows. */
function describeOutcome({ type }: Decision, taken: boolean, note: string | undefined): string {
  if (!taken) return note ?? "Nothing was changed: the session no longer waits for that.";
  // Of a stop the host says when it comes.
  if (type === "stop") return note ?? doneWords.stop;
  return note === undefined ? doneWords[type] : `${doneWords[type]} ${note}`;
}

const doneWords = {
  answer: "Answered.",
  approve: "Approved.",
  reject: "Sent back to planning with your feedback.",
  resume: "Resumed.",
  stop: "It will stop after this iteration.",
} as const satisfies Record<Decision["type"], string>;

async function handIn(
  host: InspectHost,
  place: SessionPlace,
  decision: Decision,
): Promise<DecisionOutcome> {
  switch (decision.type) {
    case "answer":
      return host.answer(place, decision.answers);
    case "stop":
      return host.stop(place, decision.atOnce);
    case "approve":
    case "reject":
    case "resume":
      return host.decide(place, withoutHoles(decision));
  }
}

/** zod gives a key that was left out as one without a value. */
function withoutHoles(decision: Extract<Decision, { type: "approve" | "reject" | "resume" }>) {
  const entries = Object.entries(decision).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as unknown as PersonEvent;
}
