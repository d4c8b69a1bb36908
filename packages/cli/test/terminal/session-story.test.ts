import type { HistoryRecord } from "@samocode/core/store";
import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { tellStory } from "@samocode/session";
import { formatStory } from "../../src/terminal/story-text.ts";
import { createMemory } from "../../../session/test/support/memory.ts";
import { createReport } from "../../../session/test/support/report.ts";

const memory = createMemory();
const minuteMs = 60_000;
const start = Date.parse("2026-01-15T14:00:00Z");
const at = (minutes: number): string => new Date(start + minutes * minuteMs).toISOString();
const color = picocolors.createColors(false);

const ended = (
  phase: HistoryRecord["phase"],
  iteration: number,
  facts: Partial<HistoryRecord> = {},
): HistoryRecord => ({
  event: "signal.continue",
  from: `working.${phase}`,
  to: "paused",
  memory,
  ...(phase !== undefined && { phase }),
  iteration,
  durationMs: minuteMs,
  costUsd: 0.5,
  turns: 3,
  tokens: 1000,
  ...facts,
});

const to = (state: string, minutes: number): HistoryRecord => ({
  to: state,
  timestamp: at(minutes),
});

describe("tellStory", () => {
  it("knows nothing of an empty history", () => {
    expect(tellStory([], 0)).toEqual({
      phases: [],
      workedMs: 0,
      waitedMs: 0,
      timeline: [],
      commits: [],
    });
  });

  it("adds up the iterations of each phase, in the order of the phases", () => {
    const story = tellStory(
      [
        ended("planning", 2, { commits: ["b"] }),
        ended("investigation", 1, { event: "agent.failed" }),
        ended("planning", 3, { durationMs: 2 * minuteMs, costUsd: 1, turns: 4, tokens: 5 }),
        ended("testing", 4, { commits: ["c", "d"] }),
      ],
      0,
    );
    expect(story.phases).toEqual([
      {
        phase: "investigation",
        iterations: 1,
        durationMs: minuteMs,
        turns: 3,
        tokens: 1000,
        costUsd: 0.5,
      },
      {
        phase: "planning",
        iterations: 2,
        durationMs: 3 * minuteMs,
        turns: 7,
        tokens: 1005,
        costUsd: 1.5,
      },
      {
        phase: "testing",
        iterations: 1,
        durationMs: minuteMs,
        turns: 3,
        tokens: 1000,
        costUsd: 0.5,
      },
    ]);
    expect(story.workedMs).toBe(5 * minuteMs);
    expect(story.commits).toEqual(["b", "c", "d"]);
  });

  it("counts one iteration for a signal that was repaired, with all that both conversations took", () => {
    const refused = { ...memory, problem: "no phase" };
    const story = tellStory(
      [ended("planning", 1, { memory: refused, event: "signal.invalid" }), ended("planning", 1)],
      0,
    );
    expect(story.phases).toEqual([
      {
        phase: "planning",
        iterations: 1,
        durationMs: 2 * minuteMs,
        turns: 6,
        tokens: 2000,
        costUsd: 1,
      },
    ]);
  });

  it("takes no iteration from a record that ended none", () => {
    const { durationMs: _, ...untimed } = ended("planning", 1);
    const { phase: __, ...nowhere } = ended("planning", 1);
    const records = [untimed, nowhere, ended("planning", 1, { event: "tests.passed" })];
    expect(tellStory(records, 0)).toMatchObject({ phases: [], workedMs: 0 });
  });

  it("takes what the Python samocode has recorded as far as it goes", () => {
    const story = tellStory([{ phase: "planning", status: "continue", iteration: 1 }, {}], 0);
    expect(story.phases).toEqual([
      { phase: "planning", iterations: 1, durationMs: 0, turns: 0, tokens: 0, costUsd: 0 },
    ]);
    expect(story.timeline).toEqual([
      { event: "signal.continue", phase: "planning", iteration: 1 },
      { event: "signal.unknown" },
    ]);
  });

  it("counts the time in which it waited for a person or was blocked, the last wait until now", () => {
    const records = [
      to("waiting.answers", 0),
      to("working.planning", 3),
      to("blocked", 10),
      to("verifying", 14),
      to("waiting.approval", 20),
    ];
    expect(tellStory(records, start + 25 * minuteMs).waitedMs).toBe(12 * minuteMs);
    expect(tellStory(records.slice(0, 2), start + 25 * minuteMs).waitedMs).toBe(3 * minuteMs);
    // A clock that was set back, or no time at all, takes nothing away.
    expect(tellStory([to("blocked", 5)], start).waitedMs).toBe(0);
    expect(
      tellStory([{ to: "blocked" }, { to: "blocked", timestamp: "soon" }], start).waitedMs,
    ).toBe(0);
  });

  it("tells of each record what it knows", () => {
    const [entry] = tellStory(
      [ended("planning", 2, { by: "ada", summary: "half", commits: ["a1 b"], timestamp: at(1) })],
      0,
    ).timeline;
    expect(entry).toEqual({
      at: at(1),
      event: "signal.continue",
      from: "working.planning",
      to: "paused",
      phase: "planning",
      iteration: 2,
      by: "ada",
      message: "half",
      durationMs: minuteMs,
      costUsd: 0.5,
      turns: 3,
      tokens: 1000,
      commits: ["a1 b"],
    });
    expect(tellStory([{ reason: "why", commits: [] }], 0).timeline).toEqual([
      { event: "signal.unknown", message: "why" },
    ]);
  });
});

describe("formatStory", () => {
  const view = { columns: 100, color, now: start + 30 * minuteMs };
  const tell = (
    records: readonly HistoryRecord[],
    facts: Partial<Parameters<typeof formatStory>[1]> = {},
    report: Parameters<typeof createReport>[0] = {},
  ): readonly string[] =>
    formatStory(
      createReport(report),
      { ...tellStory(records, view.now), branch: "login", artifacts: [], ...facts },
      view,
    );

  it("tells little of a session that has done nothing", () => {
    expect(tell([]).slice(0, 5)).toEqual([
      "login",
      "  worked 0s, waited for you 0s",
      "  worktree unknown, branch login",
      "",
      "Now",
    ]);
  });

  it("tells all parts in their order", () => {
    const lines = tell(
      [
        { event: "created", from: "none", to: "paused", timestamp: at(0), by: "ada" },
        ended("investigation", 1, { timestamp: at(5) }),
        ended("planning", 2, { commits: ["a1 Add a plan"] }),
      ],
      {
        artifacts: [{ file: "plan.md", title: "The plan" }, { file: "notes.md" }],
      },
      { workingDir: "/w/login", task: "Add JWT login.\n\nWith tests." },
    );
    const text = lines.join("\n");
    expect(text).toContain(`login
  worked 2m 00s, waited for you 0s
  worktree /w/login, branch login

Task
  Add JWT login.

  With tests.

Phases
  PHASE          ITERATIONS    TIME  TURNS  TOKENS   COST
  investigation           1  1m 00s      3      1k  $0.50
  planning                1  1m 00s      3      1k  $0.50
  all                     2  2m 00s      6      2k  $1.00

Timeline
`);
    expect(text).toContain(`

Artifacts
  plan.md  The plan
  notes.md

Commits
  a1 Add a plan

Now
login: waits for approval of the plan
`);
    // The task stands above, as a whole.
    expect(text).not.toContain("task:");
    const [first = "", second = "", third = ""] = lines.slice(lines.indexOf("Timeline") + 1);
    expect(first).toMatch(/^ {2}\d\d-\d\d \d\d:\d\d {22}created by ada → ready to continue$/);
    expect(second).toMatch(
      /^ {2}\d\d-\d\d \d\d:\d\d {2}investigation 1 {5}finished → ready to continue \(1m 00s, \$0\.50\)$/,
    );
    expect(third).toBe(
      `${" ".repeat(15)}planning 2          finished → ready to continue (1m 00s, $0.50, 1 commit)`,
    );
  });

  it("adds up nothing for one phase alone", () => {
    const lines = tell([ended("planning", 1)]);
    expect(lines.filter((line) => line.startsWith("  all"))).toEqual([]);
    expect(lines).toContain("  planning           1  1m 00s      3      1k  $0.50");
  });

  it.each(["run", "wake", "backOff", "limitReset"])(
    "leaves out that it goes on with `%s`, unless that says who has approved the plan",
    (event) => {
      const record: HistoryRecord = { event, from: "paused", to: "working.testing", memory };
      expect(tell([record])).toEqual(tell([]));
      expect(tell([{ ...record, by: "ada" }])).toContain("Timeline");
      expect(tell([{ ...record, to: "blocked" }])).toContain("Timeline");
      expect(tell([{ ...record, event: `${event}s` }])).toContain("Timeline");
    },
  );

  it("shows nothing that a terminal would take for a command", () => {
    const evil = "\u001B[2Jx";
    const lines = tell(
      [ended("planning", 1, { by: evil, event: `signal.${evil}`, commits: [evil] })],
      { artifacts: [{ file: evil, title: evil }] },
      { name: evil, task: evil, workingDir: evil },
    );
    expect(lines.join("\n")).not.toContain("\u001B");
  });
});
