import { nextWake } from "./deadline-timer.ts";
import { mayRetry } from "./failed-attempt.ts";
import type { SessionEvent } from "./session-event.ts";
import type { Remedy } from "../workflow/patience.ts";
import { isPhase, maxRework, type Phase, type WaitReason } from "../workflow/phase.ts";
import {
  afterIteration,
  exhaustedLimit,
  hasLapsedApproval,
  illegality,
  legalTarget,
  mustPause,
  passesClosedGate,
  type Moment,
} from "./moment.ts";

/** The conditions on the arrows of the statechart. */
export const guards = {
  isOpen: ({ context }: Moment) => !context.finished,
  isFinished: ({ context }: Moment) => context.finished,
  isBlocked: ({ context }: Moment) => context.hold?.kind === "blocked",
  isHeldFor: ({ context: { hold } }: Moment, params: { for: WaitReason }) =>
    hold?.kind === "waiting" && hold.for === params.for,
  isNowhere: ({ context }: Moment) => !isPhase(context.phase),
  isLimited: ({ context }: Moment) => (context.limitedUntil ?? 0) > context.now,
  isVerifying: ({ context }: Moment) => context.next !== undefined,
  hasLapsedApproval: ({ context }: Moment) => hasLapsedApproval(context),
  mustPause: ({ context }: Moment) => context.attempt === "fresh" && mustPause(context),
  isExhausted: ({ context }: Moment) =>
    context.attempt === "fresh" && exhaustedLimit(context, context.phase) !== undefined,
  isIn: ({ context }: Moment, params: { phase: Phase }) => context.phase === params.phase,

  isLegal: (moment: Moment) => illegality(moment) === undefined,
  asksFor: (moment: Moment, params: { for: WaitReason }) =>
    moment.event.type === "signal.waiting" &&
    moment.event.for === params.for &&
    illegality(moment) === undefined,
  asksToGo: (moment: Moment, params: { to: Phase }) => legalTarget(moment) === params.to,
  mayGo: (moment: Moment, params: { to: Phase }) => {
    const after = afterIteration(moment);
    return (
      legalTarget(moment) === params.to &&
      exhaustedLimit(after, params.to) === undefined &&
      !mustPause(after)
    );
  },
  mustVerify: (moment: Moment, params: { to: Phase }) =>
    moment.context.settings.verifies && legalTarget(moment) === params.to,
  mustPauseAfter: (moment: Moment) => {
    const to = legalTarget(moment);
    const after = afterIteration(moment);
    return to !== undefined && exhaustedLimit(after, to) === undefined && mustPause(after);
  },
  mayMend: ({ context }: Moment) => context.problem === undefined,

  hasBegun: ({ event }: Moment) => !isUnbegun(event),
  mayTakeBack: ({ context, event }: Moment) => isUnbegun(event) && context.attempt === "fresh",

  mayRetry: ({ context, event }: Moment) => mayRetry(context, event),
  cannotRecover: ({ event }: Moment) => event.type === "agent.failed" && !event.canRetry,
  waitsInVain: ({ context }: Moment) =>
    context.stopRequested || (context.iterationsOfRun > 0 && mustPause(context)),
  isDue: ({ context, event }: Moment) => event.type === "wake" && event.at >= nextWake(context).at,
  mayRework: ({ context }: Moment) => context.rework < maxRework,

  approvesItself: ({ context }: Moment) => context.settings.autoApprove,
  isAnswered: ({ event }: Moment) => event.type === "answer" && event.open === 0,
  isDueTo: ({ context: { hold, wait }, event }: Moment, params: { remedy: Remedy }) =>
    event.type === "unanswered" &&
    hold?.kind === "waiting" &&
    hold.for === event.for &&
    event.remedy === params.remedy &&
    wait?.rule?.remedy === params.remedy &&
    wait.answerBy !== undefined &&
    event.at >= wait.answerBy,
  decidesLate: ({ context: { hold } }: Moment) =>
    hold?.kind === "blocked" && hold.waitedFor === "plan_approval",
  answersLate: ({ context: { hold }, event }: Moment) =>
    hold?.kind === "blocked" &&
    hold.waitedFor === "qa_answers" &&
    event.type === "answer" &&
    event.open === 0,
  answersSome: ({ event }: Moment) => event.type === "answer" && (event.answered ?? []).length > 0,
  passesClosedGate: ({ context, event }: Moment) =>
    (event.type === "resume" || event.type === "edit") &&
    event.phase !== undefined &&
    passesClosedGate(context, event.phase),
};

/** Whether an iteration was interrupted before its agent had begun to work. */
function isUnbegun(event: SessionEvent): boolean {
  return event.type === "agent.interrupted" && event.unbegun === true;
}
