import { formatMoment } from "@samocode/core/store";
import { describe, expect, it } from "vitest";
import { formatReport, headline } from "../src/report-text.ts";
import { readReport, readReportOrFault } from "../src/session-report.ts";
import { openStore } from "@samocode/core/store";
import { createSessionsFolder, planned } from "./support/waiting-session.ts";
import { createReport } from "./support/report.ts";

const run = { pid: 7, host: "box" };
const linesOf = (facts: Parameters<typeof createReport>[0], now = 0, why?: string) =>
  formatReport(createReport(facts), now, why).split("\n");

it("says where a session is, what it took and what it waits for", () => {
  const since = new Date(2026, 0, 15, 14, 30);
  const facts = {
    since: since.toISOString(),
    task: "Add JWT login.\nWith tests.",
    lastAction: "wrote the plan",
    waitingFor: "plan_approval",
    plan: "/s/plan.md",
    phaseCosts: { planning: 1, investigation: 0.24 },
  };
  expect(linesOf(facts, since.getTime() + 61_000)).toEqual([
    "login: waits for approval of the plan",
    "  task: Add JWT login.",
    expect.stringMatching(/^ {2}\S.*planning/),
    "  phase planning, 3 iterations, $1.24, since 01-15 14:30 (1m 01s)",
    "  cost: investigation $0.24, planning $1.00",
    "  folder /s/26-01-15-login",
    "  last: wrote the plan",
    "  plan /s/plan.md",
    '  Approve: samocode-run approve login   or: samocode-run reject login --feedback "…"   then: samocode-run login',
  ]);
});

it("leaves out what it does not know", () => {
  expect(
    linesOf({ phase: "unknown", state: "blocked", iteration: 1, phaseCosts: { testing: 1 } }),
  ).toEqual([
    "login: blocked",
    "  phase unknown, 1 iteration, $1.24",
    "  folder /s/26-01-15-login",
    "  Clear what blocks it, then: samocode-run resume login   then: samocode-run login",
  ]);
});

it("gives a reason with what it needs, and a summary rather than the last action, each line indented", () => {
  const lines = linesOf({
    reason: "one\r\ntwo\nthree",
    needs: "clarification",
    summary: "first\nsecond",
    lastAction: "looked",
  });
  const from = lines.indexOf("  reason: one");
  expect(lines.slice(from, from + 5)).toEqual([
    "  reason: one",
    "    two",
    "    three (needs clarification)",
    "  summary: first",
    "    second",
  ]);
  expect(lines.join("\n")).not.toContain("last:");
  expect(linesOf({ reason: "why" })).toContain("  reason: why");
});

it("says in its first line that it stops, is archived, and why the run has ended", () => {
  expect(linesOf({ stopRequested: true })[0]).toBe(
    "login: waits for approval of the plan; stops after this iteration",
  );
  expect(linesOf({ archived: true }, 0, "out of turns")[0]).toBe(
    "login: waits for approval of the plan (archived) (out of turns)",
  );
  expect(linesOf({ archived: true }).at(-1)).toBe("  Restore: samocode-run restore login");
});

it("says until when it waits, and what comes then", () => {
  const answerBy = Date.UTC(2026, 0, 15, 14, 30);
  const line = `  by ${formatMoment(answerBy)}, then `;
  const begins = (facts: Parameters<typeof createReport>[0]): boolean =>
    linesOf(facts).some((each) => each.startsWith(line));
  expect(begins({ answerBy, remedy: "block" })).toBe(true);
  expect(begins({ answerBy })).toBe(false);
  expect(begins({ remedy: "block" })).toBe(false);
});

describe("the headline", () => {
  it.each([
    [{ state: "working.planning", run }, "an agent is working (runner: pid 7 on box)"],
    [{ state: "working.planning" }, "the runner exited; the next run will pick up the agent"],
    [{ state: "paused", run }, "ready to continue"],
    [{ state: "waiting.answers", asked: 1 }, "answered, ready to continue"],
    [{ state: "waiting.answers", asked: 0 }, "waits for answers"],
    [{ state: "waiting.approval", asked: 1 }, "waits for approval of the plan"],
    [{ state: "limited" }, "waits for a usage limit to end"],
  ])("of %j", (facts, expected) => {
    expect(headline(createReport(facts))).toBe(expected);
  });

  it("names the end of a limit", () => {
    expect(headline(createReport({ state: "limited", limitedUntil: 0 }))).toBe(
      `waits for a usage limit to end, ${formatMoment(0)}`,
    );
  });
});

describe("the next step", () => {
  it.each([
    [{ state: "working.planning", run }, []],
    [{ state: "working.planning" }, ["Continue with: samocode-run login"]],
    [{ state: "finished" }, []],
    [{ state: "paused", run }, []],
    [
      { waitingFor: "human_action", next: "open the port", run },
      ["next: open the port", "When that is done: samocode-run resume login"],
    ],
    [
      { waitingFor: "qa_answers", state: "waiting.answers", asked: 1, run },
      ["All questions are answered. The running session continues."],
    ],
    [
      { waitingFor: "plan_approval", run, lapsed: { by: "ada", at: "2026-01-15T14:30:00" } },
      [
        "the plan was changed after ada approved it (01-15 14:30); approve it again",
        "plan (no plan file found)",
        'Approve: samocode-run approve login   or: samocode-run reject login --feedback "…"',
      ],
    ],
  ] as const)("of %j", (facts, expected) => {
    const lines = linesOf(facts);
    const folder = lines.indexOf("  folder /s/26-01-15-login");
    expect(lines.slice(folder + 1).map((line) => line.trim())).toEqual(expected);
  });
});

it("tells of a folder that cannot be read as a fault of that session alone", async () => {
  await using folder = await createSessionsFolder();
  const gone = readReportOrFault(openStore(`${folder.path}/gone`), "gone");
  expect(gone).toMatchObject({
    name: "gone",
    folder: `${folder.path}/gone`,
    phase: "unknown",
    state: "blocked",
    blocked: "yes",
    needs: "error_resolution",
    asked: 0,
    iteration: 0,
    costUsd: 0,
  });
  expect(gone.reason).toContain("gone");
  const { store } = folder.add("26-01-15-login", planned);
  expect(readReportOrFault(store, "login")).toEqual(readReport(store, "login"));
});

it("reads the facts of a session from its files", async () => {
  await using folder = await createSessionsFolder();
  const { store, write } = folder.add("26-01-15-login", { ...planned, task: "Add login." });
  expect(readReport(store, "login")).toMatchObject({
    name: "login",
    folder: store.folder,
    phase: "planning",
    state: "waiting.approval",
    blocked: "waiting_human",
    waitingFor: "plan_approval",
    asked: 0,
    questions: [],
    plan: `${store.folder}/01-15-14:50-plan-jwt.md`,
    iteration: 0,
    costUsd: 0,
    phaseCosts: {},
    task: "Add login.",
  });
  write("_overview.md", "nothing\n");
  const broken = readReport(store, "login");
  expect(broken).toMatchObject({
    phase: "unknown",
    state: "blocked",
    blocked: "yes",
    needs: "error_resolution",
  });
  expect(broken.reason).toContain("_overview.md");
});
