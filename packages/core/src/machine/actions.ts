import { assign } from "xstate";
import {
  afterIteration,
  exhaustedLimit,
  hasLapsedApproval,
  illegality,
  legalTarget,
  ruleFor,
  type Moment,
} from "./moment.ts";
import { gatedPhase, phaseBehindGate } from "../workflow/phase-gate.ts";
import {
  isRework,
  phases,
  type BlockNeed,
  type Phase,
  type WaitReason,
} from "../workflow/phase.ts";
import type { Asking, GivenAnswer } from "../overview/qa-keep.ts";
import { afterReminder, formatSpan, underRule } from "../workflow/patience.ts";
import { allowAgain, takeEdit } from "./person-decision.ts";
import { countRetry } from "./failed-attempt.ts";
import { autoApprover, type Note, type SessionContext } from "./session-context.ts";
import type { SessionEvent } from "./session-event.ts";
import { findLimitEnd } from "./usage-limit.ts";

type Update = Partial<SessionContext>;

/** What the arrows and states of the statechart change in the context. */
export const actions = {
  beginIteration: update<{ phase: Phase }>(({ context }, { phase }) => {
    if (context.attempt !== "fresh") return moveTo(context, phase);
    return {
      ...moveTo(context, phase),
      next: undefined,
      asking: undefined,
      iteration: context.iteration + 1,
      iterationsOfRun: context.iterationsOfRun + 1,
      counts: { ...context.counts, [phase]: context.counts[phase] + 1 },
      approval: context.approval && { ...context.approval, used: true },
      isFirstOnApproval: context.approval?.used === false,
    };
  }),
  takeIterationBack: update(({ context }) => {
    const { iteration, iterationsOfRun, counts, phase, approval, isFirstOnApproval } = context;
    return {
      iteration: iteration - 1,
      iterationsOfRun: iterationsOfRun - 1,
      counts: { ...counts, [phase]: counts[phase] - 1 },
      approval: approval && { ...approval, used: !isFirstOnApproval },
    };
  }),
  endIteration: update((moment) => afterIteration(moment)),
  askToMend: update((moment) => ({ attempt: "mend", problem: problemOf(moment) })),
  movePhase: update((moment) => moveTo(moment.context, legalTarget(moment))),
  blockAtLimit: update((moment) => {
    const { context } = moment;
    const phase = legalTarget(moment) ?? context.phase;
    const reason = exhaustedLimit(context, phase) ?? "a limit was reached";
    return { phase, ...block(reason, "human_decision") };
  }),
  blockForSignal: update((moment) =>
    block(
      `the agent's signal was invalid, and so was the repaired one: ${problemOf(moment)}`,
      "error_resolution",
    ),
  ),
  blockForProblem: update((moment) => block(problemOf(moment), "error_resolution")),
  blockNowhere: update(({ context }) =>
    block(
      `cannot continue in phase \`${context.phase}\`: expected ${phases.map((phase) => `\`${phase}\``).join(", ")}`,
      "human_decision",
    ),
  ),
  blockAsSignalled: update(({ event }) =>
    event.type === "signal.blocked" ? block(event.reason, event.needs) : {},
  ),
  blockWithMessage: update<{ needs: BlockNeed }>(({ event }, { needs }) =>
    "message" in event ? block(event.message, needs) : {},
  ),
  waitFor: update<{ for: WaitReason }>(({ context }, params) => ({
    hold: { kind: "waiting", for: params.for },
    wait: underRule(context.wait ?? { since: context.now }, ruleFor(context, params.for)),
  })),
  release: update(() => ({ hold: undefined, wait: undefined })),
  remind: update(({ context: { wait, now }, event }) =>
    event.type === "unanswered" && wait
      ? { wait: afterReminder(wait, event.at), now: Math.max(now, event.at) }
      : {},
  ),
  acceptSuggestions: update(({ context: { wait, now }, event }) =>
    event.type === "unanswered" && wait
      ? {
          wait: { since: wait.since, rule: wait.rule, takesSuggestions: true },
          now: Math.max(now, event.at),
        }
      : {},
  ),
  blockUnanswered: update(({ context, event }) => {
    if (event.type !== "unanswered") return {};
    const rule = ruleFor(context, event.for);
    const time = rule === undefined || rule.remedy === "wait" ? "time" : formatSpan(rule.afterMs);
    const reason = `no one ${deeds[event.for]} within ${time}`;
    return { hold: { kind: "blocked", reason, needs: "human_decision", waitedFor: event.for } };
  }),
  countFailure: update(({ context, event }) => countRetry(context, event)),
  forgetFailures: update(() => ({ failures: 0, secondTries: undefined })),
  rememberLimit: update(({ context: { limits = 0, now }, event }) =>
    event.type === "agent.limited"
      ? {
          limits: limits + 1,
          retryAt: undefined,
          limitedUntil: findLimitEnd({ until: event.until, now, before: limits }),
        }
      : {},
  ),
  wakeUp: update(({ context: { now }, event }) => ({
    retryAt: undefined,
    limitedUntil: undefined,
    ...(event.type === "wake" && { now: Math.max(now, event.at) }),
  })),
  rememberNext: update((moment) => ({ next: legalTarget(moment) })),
  takeNext: update(({ context }) => ({
    phase: context.next ?? context.phase,
    next: undefined,
  })),
  noteFailedTests: update(({ context, event }) => ({
    next: undefined,
    rework: context.rework + 1,
    notes: withFailedTests(context, event),
  })),
  blockForFailedTests: update(({ context, event }) => ({
    ...(event.type === "tests.failed" && block(event.message, "error_resolution")),
    next: undefined,
    notes: withFailedTests(context, event),
  })),
  rememberAsked: update(({ event }) => {
    const text = event.type === "signal.waiting" ? event.asks?.text : undefined;
    return { asking: text === undefined ? undefined : { text, given: [] } };
  }),
  /** Its record says who has answered what; the session waits for the rest. */
  noteAnswers: update(({ context, event }) => ({ asking: withGiven(context, event) })),
  takeAnswers: update(({ context, event }) => ({
    asking: withGiven(context, event),
    notes: [...context.notes, noteOfAnswers(withGiven(context, event)?.given ?? givenBy(event))],
  })),
  approve: update(({ context, event }) => {
    if (event.type !== "approve") return {};
    const { by = "a person", at = context.now, planHash = context.planHash } = event;
    return {
      phase: phaseBehindGate,
      planHash,
      approval: { by, at, planHash, used: false },
      lapsed: undefined,
      notes: withNote(context, "The plan was approved with this note:", event.note),
    };
  }),
  approveAutomatically: update(({ context }) => ({
    phase: phaseBehindGate,
    approval: { by: autoApprover, at: context.now, planHash: context.planHash, used: false },
    lapsed: undefined,
  })),
  closeGate: update(({ context }) => ({
    phase: gatedPhase,
    approval: undefined,
    lapsed: hasLapsedApproval(context) ? context.approval : context.lapsed,
  })),
  reject: update(({ context, event }) => ({
    counts: { ...context.counts, [gatedPhase]: 0 },
    lapsed: undefined,
    notes: withNote(
      context,
      "The plan was rejected, with this feedback:",
      event.type === "reject" ? event.feedback : undefined,
    ),
  })),
  keepNote: update(({ context, event }) => ({ notes: withResumeNote(context, event) })),
  resume: update(({ context, event }) => {
    if (event.type !== "resume") return {};
    const notes = withResumeNote(context, event);
    const next = event.phase === undefined ? context.next : undefined;
    return { ...allowAgain(context, event.phase), next, notes };
  }),
  stop: update(() => ({ stopRequested: true })),
  /** Its record says what was edited; the gate stays as it is. */
  noteEdit: update(() => ({})),
  takeEdit: update(({ context, event }) => (event.type === "edit" ? takeEdit(context, event) : {})),
  finish: update(({ event }) => ({
    finished: true,
    ...(event.type === "signal.done" && { summary: event.summary }),
  })),
};

/** What a person does, by what a session waits for. */
const deeds: Readonly<Record<WaitReason, string>> = {
  qa_answers: "answered the questions",
  plan_approval: "approved or rejected the plan",
  file_update: "updated the file",
  human_action: "did the manual step",
};

function update<Params extends Record<string, unknown> | undefined = undefined>(
  change: (moment: Moment, params: Params) => Update,
) {
  return assign<SessionContext, SessionEvent, Params, SessionEvent, never>((moment, params) =>
    change(moment, params),
  );
}

function givenBy(event: SessionEvent): readonly GivenAnswer[] {
  return event.type === "answer" ? (event.given ?? []) : [];
}

/** What was asked, with the answers of the event; of two answers to one question the later one counts. */
function withGiven({ asking }: SessionContext, event: SessionEvent): Asking | undefined {
  const more = givenBy(event);
  const before = asking?.given.filter(({ id }) => !more.some((one) => one.id === id)) ?? [];
  return asking && { ...asking, given: [...before, ...more] };
}

/** An agent is told the answers themselves: a stale copy of the file may take the place of the one that has them. */
function noteOfAnswers(given: readonly GivenAnswer[]): Note {
  const about = "The questions in `_qa.md` have been answered.";
  const text = given.map(({ id, text }) => `${id}: ${text}`).join("\n");
  return text === "" ? { about } : { about, text };
}

function withNote(
  context: SessionContext,
  about: string,
  text: string | undefined,
): readonly Note[] {
  return text === undefined ? context.notes : [...context.notes, { about, text }];
}

function withResumeNote(context: SessionContext, event: SessionEvent): readonly Note[] {
  const about = "A person resumed the session with this note:";
  return withNote(context, about, event.type === "resume" ? event.note : undefined);
}

function withFailedTests(context: SessionContext, event: SessionEvent): readonly Note[] {
  const about = "The runner ran the test command, and it failed:";
  return withNote(context, about, event.type === "tests.failed" ? event.message : undefined);
}

function problemOf(moment: Moment): string {
  return illegality(moment) ?? "the signal could not be read";
}

function moveTo(context: SessionContext, phase: Phase = context.phase) {
  return { phase, rework: context.rework + (isRework(context.phase, phase) ? 1 : 0) };
}

function block(reason: string, needs: BlockNeed): Update {
  return { hold: { kind: "blocked", reason, needs } };
}
