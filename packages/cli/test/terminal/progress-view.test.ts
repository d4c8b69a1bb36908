import type { AgentActivity, RunEvent } from "@samocode/core";
import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import {
  emptyProgress,
  followEvent,
  type ProgressState,
} from "../../src/terminal/progress-state.ts";
import { formatBlock, type View } from "../../src/terminal/progress-view.ts";
import { textWidth } from "@samocode/session";

const start = Date.parse("2026-01-15T14:30:00Z");
const minutes = (count: number): number => start + count * 60_000;

const entered: RunEvent = {
  type: "session.entered",
  folder: "/s/26-01-15-login",
  state: "paused",
  phase: "planning",
  iteration: 2,
  costUsd: 1.24,
  budgetUsd: 5,
};
const started: RunEvent = {
  type: "iteration.started",
  iteration: 3,
  phase: "planning",
  phaseIteration: 2,
  maxPhaseIterations: 20,
  attempt: "fresh",
  log: "_logs/a.jsonl",
  workingDir: "/w/26-01-15-login",
  startedAt: start,
  deadlineAt: minutes(30),
};
const moved = (facts: Partial<Extract<RunEvent, { type: "session.moved" }>>): RunEvent => ({
  type: "session.moved",
  event: "signal.invalid",
  from: "working.planning",
  to: "working.planning",
  phase: "planning",
  iteration: 3,
  costUsd: 1.24,
  ...facts,
});
const agent = (event: AgentActivity): RunEvent => ({ type: "agent", iteration: 3, event });
const tool = (id: string, target: string): RunEvent =>
  agent({ type: "tool", id, tool: "Bash", target, message: id });
const ended = (id: string, isError = false): RunEvent => agent({ type: "toolResult", id, isError });

const told = (...events: readonly RunEvent[]): ProgressState =>
  events.reduce((state, event) => followEvent(state, event, minutes(5)), emptyProgress);

const shownAt = (state: ProgressState, view: Partial<View> = {}): string =>
  `\n${formatBlock(state, {
    columns: 80,
    rows: 24,
    now: minutes(12),
    color: picocolors.createColors(false),
    flowLog: [],
    ...view,
  }).join("\n")}\n`;

const flowLog = [
  "[001 @ 01-15 14:30] Session created",
  "[002 @ 01-15 14:41] Deep dive: auth -> 01-15-14:41-dive-auth.md",
  "[003 @ 01-15 14:52] 計画を書いた: a plan with \u001B[31mcolors\u001B[0m, 日本語 and emoji 👩‍👩‍👧‍👦 that goes on and on",
  "[004 @ 01-15 14:58] Plan revised",
];

const busy = told(
  entered,
  started,
  agent({
    type: "usage",
    tokens: { input: 900, output: 100, cacheRead: 180_000, cacheWrite: 1000 },
  }),
  tool("1", "cat /w/26-01-15-login/src/auth.ts"),
  ended("1"),
  tool("2", "grep -r session /s/26-01-15-login/_overview.md"),
  ended("2", true),
  agent({ type: "text", text: "I see.\nMore words.", message: "2" }),
  tool("3", "npm test -- 日本語 ".repeat(20)),
);

describe("the block of an iteration", () => {
  it("says at 80 columns what goes on, what was done, and what it costs", () => {
    expect(shownAt(busy, { flowLog })).toMatchInlineSnapshot(`
      "
      ────────────────────────────────────────
      planning · iteration 3 (2 of 20) · 12m 00s, 18m 00s left
        3 turns · 182k tokens · $1.24 of $5.00
        ✗ Bash grep -r session _overview.md
        – I see.
        › Bash npm test -- 日本語 npm test -- 日本語 npm test -- 日本語 npm test -- …
        │ [002 @ 01-15 14:41] Deep dive: auth -> 01-15-14:41-dive-auth.md
        │ [003 @ 01-15 14:52] 計画を書いた: a plan with colors, 日本語 and emoji 👩…
        │ [004 @ 01-15 14:58] Plan revised
      "
    `);
  });

  it("says that the run was asked to stop, until something else begins", () => {
    const stop = moved({ event: "stop" });
    const asked = followEvent(busy, stop, minutes(6));
    expect(shownAt(asked, { rows: 14 })).toMatchInlineSnapshot(`
      "
      ────────────────────────────────────────
      planning · iteration 3 (2 of 20) · 12m 00s, 18m 00s left
        stops after this iteration
        3 turns · 182k tokens · $1.24 of $5.00
        › Bash npm test -- 日本語 npm test -- 日本語 npm test -- 日本語 npm test -- …
      "
    `);
    const mended = followEvent(followEvent(asked, moved({}), minutes(7)), started, minutes(7));
    expect(shownAt(mended)).toContain("stops after this iteration");
    expect(shownAt(told({ ...entered, stopRequested: true }, started))).toContain("stops after");
    for (const end of [
      moved({ to: "paused" }),
      { type: "run.lost", iteration: 3 } as const,
      entered,
    ]) {
      const later = followEvent(followEvent(asked, end, minutes(7)), started, minutes(8));
      expect(shownAt(later)).not.toContain("stops after");
    }
  });

  it("says it below the tests too, which go on", () => {
    const tests: RunEvent = { type: "tests.started", command: "npm test" };
    const stop = moved({ event: "stop", from: "verifying", to: "verifying" });
    expect(shownAt(told(entered, tests, stop))).toMatch(/tests · .*\n {2}stops after this/);
  });

  it("uses what room there is at 200 columns", () => {
    expect(shownAt(busy, { flowLog, columns: 200, rows: 50 })).toMatchInlineSnapshot(`
      "
      ────────────────────────────────────────
      planning · iteration 3 (2 of 20) · 12m 00s, 18m 00s left
        3 turns · 182k tokens · $1.24 of $5.00
        ✗ Bash grep -r session _overview.md
        – I see.
        › Bash npm test -- 日本語 npm test -- 日本語 npm test -- 日本語 npm test -- 日本語 npm test -- 日本語 npm test -- 日本語 npm test -- 日本語 npm test -- 日本語 npm test -- 日本語 npm test -- 日本語…
        │ [002 @ 01-15 14:41] Deep dive: auth -> 01-15-14:41-dive-auth.md
        │ [003 @ 01-15 14:52] 計画を書いた: a plan with colors, 日本語 and emoji 👩👩👧👦 that goes on and on
        │ [004 @ 01-15 14:58] Plan revised
      "
    `);
  });

  it("leaves room for what has happened on a low terminal", () => {
    expect(shownAt(busy, { flowLog, rows: 14 })).toMatchInlineSnapshot(`
      "
      ────────────────────────────────────────
      planning · iteration 3 (2 of 20) · 12m 00s, 18m 00s left
        3 turns · 182k tokens · $1.24 of $5.00
        › Bash npm test -- 日本語 npm test -- 日本語 npm test -- 日本語 npm test -- …
        │ [004 @ 01-15 14:58] Plan revised
      "
    `);
    expect(shownAt(busy, { flowLog, rows: 6 })).toMatchInlineSnapshot(`
      "
      planning · iteration 3 (2 of 20) · 12m 00s, 18m 00s left
        3 turns · 182k tokens · $1.24 of $5.00
      "
    `);
  });

  it("says that the agent starts, thinks, and for how long", () => {
    expect(shownAt(told(entered, started))).toContain("› starts  (12m 00s)");
    expect(shownAt(told(entered, started, tool("1", "ls"), ended("1")))).toContain(
      "› thinks  (7m 00s)",
    );
  });

  it.each([
    ["**Green**: all 14 tests pass\nmore", "– Green: all 14 tests pass\n"],
    ["**One** and **two** `code`", "– One and two code\n"],
    ["## Summary #1", "– Summary #1\n"],
    ["####### 7 * 2 ** 3", "– ####### 7 * 2 ** 3\n"],
    ["__init__.py of `", "– __init__.py of `\n"],
  ])("shows of what the agent says, %j, the words: %j", (text, shown) => {
    expect(shownAt(told(started, agent({ type: "text", text, message: "1" })))).toContain(shown);
  });

  it("says when the time is over, and no negative time", () => {
    expect(shownAt(busy, { now: minutes(31) })).toContain("31m 00s, out of time");
  });

  it("counts a turn of several parts once, and those of subagents not at all", () => {
    const words = { type: "text", text: "x" } as const;
    const state = told(
      started,
      agent({ ...words, message: "1" }),
      agent({ ...words, message: "1" }),
      agent({ ...words, message: "2", subagent: "t" }),
    );
    expect(shownAt(state)).toContain("1 turn ·");
  });

  it.each([20, 40, 80, 200])("is never wider than a terminal of %i columns", (columns) => {
    const lines = shownAt(busy, { flowLog, columns }).split("\n");
    expect(Math.max(...lines.map(textWidth))).toBeLessThan(columns);
  });
});

it("counts down to the next try, and to the end of a limit", () => {
  const until = minutes(80);
  expect(shownAt(told(entered, { type: "timer.started", state: "retrying", until }))).toMatch(
    /tries again in 1h 08m, at \d\d:50/,
  );
  expect(shownAt(told(entered, { type: "timer.started", state: "limited", until }))).toMatch(
    /usage limit reached, continues in 1h 08m, at \d\d:50/,
  );
});

it("says what is waited for, and for how long", () => {
  const waiting = { type: "waiting", state: "waiting.approval", folder: "/s" } as const;
  expect(shownAt(told(entered, waiting))).toContain("waits for approval of the plan · for 7m 00s");
});

it("counts down to what happens when nobody acts", () => {
  const answerBy = minutes(80);
  const waiting = {
    type: "waiting",
    state: "waiting.answers",
    folder: "/s",
    answerBy,
    remedy: "suggestions",
  } as const;
  expect(shownAt(told(entered, waiting))).toMatch(
    /1h 08m left to act; then, at \d\d:50, the suggestions count/,
  );
});

it("says which tests run", () => {
  const tests = { type: "tests.started", command: "npm test" } as const;
  expect(shownAt(told(entered, tests))).toContain("tests · 7m 00s\n  › npm test");
});

it("is not there while nothing goes on", () => {
  expect(shownAt(told(entered))).toBe("\n\n");
});
