import type { SessionReport } from "../../src/session-report.ts";

/** A session that waits for approval of its plan, but for these facts. */
export function createReport(facts: Partial<SessionReport> = {}): SessionReport {
  return {
    name: "login",
    folder: "/s/26-01-15-login",
    phase: "planning",
    state: "waiting.approval",
    blocked: "no",
    asked: 0,
    questions: [],
    iteration: 3,
    costUsd: 1.24,
    phaseCosts: {},
    ...facts,
  };
}
