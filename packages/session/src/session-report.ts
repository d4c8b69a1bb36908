import { basename, join } from "node:path";
import {
  formatState,
  phases,
  remedies,
  sessionMachine,
  waitReasons,
  type SessionInput,
} from "@samocode/core";
import { OverviewError, parseQuestions, type Question } from "@samocode/core/overview";
import {
  formatTimestamp,
  HistoryError,
  ownedStatus,
  readEntry,
  sessionFiles,
  StoreError,
  type HistoryRecord,
  type Store,
} from "@samocode/core/store";
import { initialTransition } from "xstate";
import { z } from "zod";
import { BranchResult } from "./branch-result.ts";
import { LockError, type LockOwner } from "@samocode/process";
import { readLastEvidence } from "./last-evidence.ts";
import { deadlineOf } from "./deadline.ts";
import { parseStarted } from "./session-date.ts";
import { readKeptQuestions } from "./readable-questions.ts";
import { readRunHolder } from "./session-lock.ts";

/** A question that waits for an answer, as scripts get it. */
const OpenQuestion = z.object({
  id: z.string(),
  title: z.string(),
  detail: z
    .string()
    .exactOptional()
    .describe("the text between title and answer other than options and suggestion, as Markdown"),
  options: z.array(z.object({ letter: z.string(), text: z.string() }).readonly()).readonly(),
  suggestion: z
    .object({ letter: z.string().exactOptional(), text: z.string() })
    .readonly()
    .exactOptional(),
  line: z.number(),
}) satisfies z.ZodType<Question>;

/** Where a session is, for people and for scripts. */
export const SessionReport = z
  .object({
    name: z.string().describe("name of the session for commands"),
    folder: z.string(),
    phase: z.string().describe("`unknown` if the files of the session cannot be read"),
    state: z
      .string()
      .describe("a state of the statechart: the current one, or the one that the next run enters"),
    blocked: z.string().describe("as the overview spells it: `no`, `yes` or `waiting_human`"),
    waitingFor: z
      .string()
      .exactOptional()
      .describe("`qa_answers`, `plan_approval`, `file_update` or `human_action`"),
    answerBy: z
      .number()
      .exactOptional()
      .describe("deadline for a person to act, Unix time in ms; then `remedy` applies"),
    remedy: z.enum(remedies).exactOptional(),
    waitedFor: z
      .enum(waitReasons)
      .exactOptional()
      .describe("what was not done in time, so that it is blocked; it can still be done"),
    reason: z.string().exactOptional().describe("why it is blocked, or has failed"),
    needs: z.string().exactOptional().describe("what a blocked session needs to continue"),
    limitedUntil: z
      .number()
      .exactOptional()
      .describe("when the usage limit that holds the session ends, Unix time in ms"),
    lapsed: z
      .object({ by: z.string(), at: z.string() })
      .readonly()
      .exactOptional()
      .describe("who approved a plan that was changed afterwards: it needs approval again"),
    asked: z.number().describe("how many questions were asked in all, answered or not"),
    questions: z.array(OpenQuestion).readonly().describe("questions waiting for an answer"),
    unreadable: z
      .string()
      .exactOptional()
      .describe("why `_qa.md` cannot be read; then the questions are as the agent asked them"),
    plan: z.string().exactOptional().describe("path of the newest plan file"),
    iteration: z.number().describe("counted over the whole session"),
    costUsd: z.number().describe("of the whole session so far"),
    costIsLeast: z
      .boolean()
      .exactOptional()
      .describe("true if an iteration ended without reporting its cost"),
    phaseCosts: z
      .partialRecord(z.enum(phases), z.number())
      .describe("the same per phase, for phases with a cost"),
    workingDir: z.string().exactOptional(),
    task: z.string().exactOptional().describe("what to do, from the overview"),
    result: BranchResult.exactOptional().describe(
      "the result when it was finished: its branch, and the size of the change",
    ),
    lastAction: z.string().exactOptional().describe("from the overview"),
    next: z.string().exactOptional().describe("from the overview"),
    summary: z.string().exactOptional().describe("the last agent's summary"),
    testChanges: z
      .array(z.string())
      .readonly()
      .exactOptional()
      .describe(
        "what was done to the tests that the test command last ran: removed, skipped, changed",
      ),
    startedAt: z.number().exactOptional().describe("Unix time in ms"),
    since: z.string().exactOptional().describe("when something last happened, ISO 8601"),
    waitingSince: z
      .number()
      .exactOptional()
      .describe("since when it waits for a person, Unix time in ms"),
    run: z
      .object({ pid: z.number(), host: z.string() })
      .readonly()
      .exactOptional()
      .describe("the run that holds the session now"),
    archived: z.boolean().exactOptional().describe("true if it is archived"),
    stopRequested: z
      .boolean()
      .exactOptional()
      .describe("true if that run was asked to stop after its iteration"),
  })
  .readonly();
export type SessionReport = z.infer<typeof SessionReport>;

/** Reads where a session is, without changing anything. */
export function readReport(store: Store, name: string): SessionReport {
  const tail = store.readHistoryTail();
  const { memory, to } = tail.state ?? {};
  const { text, fault } = readKeptQuestions(store, memory);
  const asked = parseQuestions(text);
  const questions = asked.filter(({ answer }) => answer === undefined);
  // Only while an approval can lapse does it matter what the plan says; else it need not be read.
  const mayLapse = memory === undefined || memory.approval?.used === false;
  const plan = mayLapse ? store.readPlan() : undefined;
  const planFile = mayLapse ? plan?.file : store.findPlan();
  const holder = readRunHolder(store);
  const testChanges = readLastEvidence(store)?.testChanges;
  const common = {
    name,
    folder: store.folder,
    asked: asked.length,
    questions,
    ...(fault !== undefined && { unreadable: fault }),
    iteration: memory?.iteration ?? 0,
    costUsd: memory?.costUsd ?? 0,
    ...(memory?.costIsLeast === true && { costIsLeast: true }),
    phaseCosts: memory?.phaseCosts ?? {},
    ...(planFile !== undefined && { plan: join(store.folder, planFile) }),
    ...(tail.last?.timestamp !== undefined && { since: tail.last.timestamp }),
    ...(memory?.wait && { waitingSince: memory.wait.since }),
    ...(testChanges !== undefined && { testChanges }),
    ...(holder && { run: { pid: holder.pid, host: holder.host } }),
    ...(holder && isToStop(holder, tail.state) && { stopRequested: true }),
    ...(to === "limited" && memory?.limitedUntil && { limitedUntil: memory.limitedUntil }),
    ...(to === "finished" && tail.state?.summary !== undefined && { summary: tail.state.summary }),
    ...(to === "finished" && resultOf(tail.state)),
  };
  if (tail.unknown !== undefined) {
    const reason = new HistoryError(join(store.folder, sessionFiles.history), tail.unknown).message;
    const phase = memory?.phase ?? phases[0];
    return {
      ...common,
      phase,
      state: "blocked",
      blocked: "yes",
      reason,
      needs: "error_resolution",
    };
  }
  try {
    const { status, workingDir, started, task } = store.readOverview();
    const startedAt = parseStarted(started, basename(store.folder));
    const entry = readEntry(status, tail, {
      openQuestions: questions.length,
      questions: asked.length,
      planHash: plan?.hash,
      history: () => store.readHistory().records,
    });
    const isAsRecorded = entry.edit === undefined && !mayLapse && memory.lapsed === undefined;
    const { state, context } =
      isAsRecorded && to !== undefined ? { state: to, context: memory } : enter(entry, to);
    const owned = ownedStatus(context);
    const { lastAction, next } = status;
    const failure = to === "failed" && entry.edit === undefined ? tail.last?.message : undefined;
    const reason = owned.reason ?? failure;
    const { phase, lapsed, hold } = context;
    return {
      ...common,
      phase,
      state,
      blocked: owned.blocked,
      ...(owned.waitingFor !== undefined && { waitingFor: owned.waitingFor }),
      ...(reason !== undefined && { reason }),
      ...(owned.needs !== undefined && { needs: owned.needs }),
      ...deadlineOf(context),
      ...(hold?.kind === "blocked" && hold.waitedFor && { waitedFor: hold.waitedFor }),
      ...(lapsed && { lapsed: { by: lapsed.by, at: formatTimestamp(lapsed.at) } }),
      ...(workingDir !== undefined && { workingDir }),
      ...(task !== undefined && { task }),
      ...(startedAt !== undefined && { startedAt }),
      ...(lastAction !== undefined && { lastAction }),
      ...(next !== undefined && { next }),
      iteration: Math.max(common.iteration, entry.iteration ?? 0),
    };
  } catch (error) {
    if (!(error instanceof OverviewError)) throw error;
    const phase = memory?.phase ?? "unknown";
    const blocked = "yes";
    return {
      ...common,
      phase,
      state: "blocked",
      blocked,
      reason: error.message,
      needs: "error_resolution",
    };
  }
}

function resultOf(record: HistoryRecord | undefined): { readonly result?: BranchResult } {
  const result = BranchResult.safeParse(record?.["result"]).data;
  return result === undefined ? {} : { result };
}

/** Where the machine says that a session is which is entered so; what is on record stays unless something differs. */
function enter(entry: SessionInput, recorded: string | undefined) {
  const [{ value, context }] = initialTransition(sessionMachine, {
    ...entry,
    settings: { maxIterations: 0 },
  });
  const isAsRecorded = entry.edit === undefined && context.lapsed === undefined;
  const state = isAsRecorded && recorded !== undefined ? recorded : formatState(value);
  return { state, context };
}

/** Whether it is this run that was asked to stop: the next one goes on with the iteration of one that died. */
function isToStop(
  { acquiredAt }: LockOwner,
  { stopRequested, timestamp = "" }: HistoryRecord = {},
): boolean {
  return stopRequested === true && Date.parse(timestamp) >= Date.parse(acquiredAt);
}

/** The same for one of many: files that cannot be read are its reason, and the others are told all the same. */
export function readReportOrFault(store: Store, name: string): SessionReport {
  try {
    return readReport(store, name);
  } catch (error) {
    if (!(error instanceof StoreError || error instanceof LockError)) throw error;
    return {
      name,
      folder: store.folder,
      phase: "unknown",
      state: "blocked",
      blocked: "yes",
      reason: error.message,
      needs: "error_resolution",
      asked: 0,
      questions: [],
      iteration: 0,
      costUsd: 0,
      phaseCosts: {},
    };
  }
}

/** Whether all answers are there that it waits for, as after answers by hand: the next run takes them up. */
export function isAnswered({ state, asked, questions }: SessionReport): boolean {
  return state === "waiting.answers" && asked > 0 && questions.length === 0;
}
