import { h } from "preact";
import { expect, it } from "vitest";
import { SessionRows } from "../../page/session-rows.tsx";
import type { SessionRow } from "../../src/session-list.ts";
import { openPageDom } from "../support/page-dom.ts";

const now = Date.UTC(2026, 0, 15, 12);
const row: SessionRow = {
  name: "login",
  phase: "planning",
  state: "paused",
  openQuestions: 0,
  iteration: 1,
  costUsd: 0.5,
  isRunning: false,
};

function openRows(rows: readonly SessionRow[] | undefined, shown?: string) {
  const dom = openPageDom();
  dom.show(h(SessionRows, { rows, now, shown }));
  return dom;
}
const firstRow = (change: Partial<SessionRow>) => openRows([{ ...row, ...change }]).texts("a > *");

const stateOf = (change: Partial<SessionRow>) => firstRow(change)[2];

it("says that it looks, and that there is none, and how to start one", () => {
  expect(openRows(undefined).text()).toBe("Loading sessions…");
  expect(openRows([]).text()).toBe(
    'There are no sessions yet. Start one: samocode-run NAME --task "…"',
  );
});

it("shows of a session all that is known, and nothing else", () => {
  expect(firstRow({})).toEqual(["", "login", "is ready to continue", "$0.501 iteration"]);
  expect(
    firstRow({
      task: "Add login.",
      since: "2026-01-15T11:59:00Z",
      began: "2026-01-15T11:00:00Z",
      iteration: 2,
      costIsLeast: true,
    }),
  ).toEqual([
    "",
    "login",
    "Add login.",
    "is ready to continue",
    "for 1 min 00≥ $0.502 iterations1 h 00 old",
  ]);
});

it("says what a session waits for, and what it does", () => {
  expect(stateOf({ state: "waiting.answers", openQuestions: 1 })).toBe(
    "waits for your answers (1 question)",
  );
  expect(stateOf({ state: "waiting.answers", openQuestions: 2 })).toBe(
    "waits for your answers (2 questions)",
  );
  expect(stateOf({ state: "working.testing", isRunning: true, stopRequested: true })).toBe(
    "works: testing, then stops",
  );
  expect(stateOf({ state: "working.testing" })).toBe(
    "the runner exited in testing; the next run will pick up the agent",
  );
});

it("marks whose turn it is, whether a run is on, and which session is shown", () => {
  const rows = openRows(
    [
      { ...row, name: "a b" },
      { ...row, name: "b", state: "working.testing", isRunning: true },
      { ...row, name: "c", state: "blocked" },
    ],
    "b",
  );
  const marks = [...document.querySelectorAll("a")].map((link) =>
    [
      link.getAttribute("href"),
      link.querySelector(".mood")?.className,
      link.getAttribute("aria-current"),
    ].join(" "),
  );
  expect(marks).toEqual([
    "#/session/c mood stuck ",
    "#/session/b mood works running page",
    "#/session/a%20b mood rests ",
  ]);
  expect(rows.texts(".group")).toEqual(["Needs you 1", "Working 1", "Ready 1"]);
  expect(rows.find("section").getAttribute("aria-label")).toBe("Needs you");
});
