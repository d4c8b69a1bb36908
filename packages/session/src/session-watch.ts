import { join } from "node:path";
import { isPhase, phases, type RunEvent } from "@samocode/core";
import type { AgentLog } from "@samocode/agent";
import type { HistoryRecord, Store } from "@samocode/core/store";
import { readLockHolder, LockError } from "@samocode/process";
import { deadlineIn } from "./deadline.ts";
import { exitCodeOf } from "./exit-code.ts";
import { followHistory } from "./history-follower.ts";
import { eventsOfRecord } from "./record-event.ts";
import { readReport } from "./session-report.ts";
import { planOf, watchIteration, type WatchedIteration } from "./watched-iteration.ts";

/** What a watched session is told with. */
export interface SessionWatchOptions {
  /** How the logs of its agent are read. */
  readonly log: AgentLog;
  /** @param at When it happened, Unix time in ms. */
  readonly tell: (event: RunEvent, at: number) => void;
  /** What the session may cost, in US dollars. @default not told */
  readonly budgetUsd?: number | undefined;
  /** The test command of the project. @default told as `TEST_COMMAND` */
  readonly testCommand?: string | undefined;
}

/** Who takes a session on: a run, only an agent whose run died, or nobody; `news`: nobody, but something was recorded. */
export type Driven = "run" | "agent" | "rest" | "news";

/** What is known of a session that is watched. */
export interface SessionWatch {
  /** Tells where the session is, as a run does that enters it. */
  readonly enter: () => void;
  /** Tells what is new. */
  readonly look: () => Promise<Driven>;
  readonly tellLost: () => void;
  /** Tells that the session rests, and gives the exit code for that. */
  readonly tellRest: () => number;
  readonly close: () => void;
}

/** Looks in a row at a held session that waits, after which that is told: a run that ends lets go sooner. */
const looksUntilWaiting = 5;

/** Makes the eyes of a watch. Nothing is read twice. */
export function createSessionWatch(
  store: Store,
  { log, tell: tellAt, budgetUsd, testCommand = "TEST_COMMAND" }: SessionWatchOptions,
): SessionWatch {
  const { folder } = store;
  const history = followHistory(store);
  let record = store.readHistoryTail().state;
  let workingDir = "";
  let iteration: WatchedIteration | undefined;
  let waitingLooks = 0;
  const tell = (event: RunEvent): void => tellAt(event, Date.now());

  /** Begins what goes on since the newest record. */
  const follow = (state: HistoryRecord): void => {
    const plan = planOf(state);
    if (plan !== undefined && plan.log !== iteration?.plan.log) {
      iteration = watchIteration(folder, plan, state, workingDir, log, tell);
    }
    const { to = "", until } = state;
    if (to === "verifying") tell({ type: "tests.started", command: testCommand });
    if (isTimed(to) && until !== undefined && until > Date.now()) {
      tell({ type: "timer.started", state: to, until });
    }
  };
  const take = (next: HistoryRecord): void => {
    if (next.memory === undefined || next.to === undefined) return;
    if (planOf(next)?.log !== iteration?.plan.log) {
      iteration?.finish();
      iteration?.close();
      iteration = undefined;
    }
    const at = Date.parse(next.timestamp ?? "") || Date.now();
    for (const event of eventsOfRecord(next)) tellAt(event, at);
    const isNew = record?.to !== next.to;
    record = next;
    waitingLooks = 0;
    if (isNew || planOf(next) !== undefined) follow(next);
  };
  const readNews = async (): Promise<boolean> => {
    const news = history.read();
    news.forEach(take);
    await iteration?.read();
    return news.length > 0;
  };
  const place = () => {
    const report = readReport(store, "");
    const { state, phase, iteration, costUsd, workingDir = "", stopRequested } = report;
    const known = isPhase(phase) ? phase : (record?.memory?.phase ?? phases[0]);
    return {
      now: { state, phase: known, iteration, costUsd },
      workingDir,
      stop: stopRequested === true && { stopRequested },
      deadline: deadlineIn(report),
    };
  };

  return {
    enter() {
      for (const next of history.read()) if (next.memory !== undefined) record = next;
      const { now, stop, ...here } = place();
      workingDir = here.workingDir;
      const budget = budgetUsd !== undefined && { budgetUsd };
      tell({ type: "session.entered", folder, ...now, ...budget, ...stop });
      if (record !== undefined) follow(record);
    },
    async look() {
      const isNew = await readNews();
      if (hasRun(folder)) {
        waitingLooks += 1;
        const { to = "" } = record ?? {};
        const waits = to.startsWith("waiting.") || to === "blocked";
        if (waits && waitingLooks === looksUntilWaiting) {
          tell({ type: "waiting", state: to, folder, ...place().deadline });
        }
        return "run";
      }
      // What a run has recorded at its very end is told before its session is said to rest.
      if ((await readNews()) || isNew) return "news";
      return iteration?.isAlive() === true ? "agent" : "rest";
    },
    tellLost: () => tell({ type: "run.lost", iteration: record?.memory?.iteration ?? 0 }),
    tellRest() {
      const { now, deadline } = place();
      const exitCode = exitCodeOf(now.state);
      tell({ type: "session.rested", ...now, exitCode, ...deadline });
      return exitCode;
    },
    close: () => iteration?.close(),
  };
}

function isTimed(state: string): boolean {
  return state === "limited" || state === "retrying";
}

function hasRun(folder: string): boolean {
  try {
    return readLockHolder(join(folder, ".run.lock")) !== undefined;
  } catch (error) {
    // Something else lies there: no run can hold the session, and the next one tells of it.
    if (error instanceof LockError) return false;
    throw error;
  }
}
