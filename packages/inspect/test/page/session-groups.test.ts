import { expect, it } from "vitest";
import { groupSessions, sayWhatToDo } from "../../page/session-groups.ts";

const row = (name: string, state: string) => ({
  name,
  state,
  phase: "planning",
  openQuestions: 0,
  iteration: 1,
  costUsd: 0,
  isRunning: false,
});
const all = [
  row("a", "finished"),
  row("b", "working.planning"),
  row("c", "blocked"),
  row("d", "paused"),
  row("e", "waiting.answers"),
  row("f", "failed"),
  row("g", "verifying"),
];

it("groups sessions by whose turn it is, each group in the order that it came in", () => {
  const groups = groupSessions(all).map(({ title, rows }) => [title, rows.map(({ name }) => name)]);
  expect(groups).toEqual([
    ["Needs you", ["c", "e", "f"]],
    ["Working", ["b", "g"]],
    ["Ready", ["d"]],
    ["Done", ["a"]],
  ]);
});

it("has no group without a session", () => {
  expect(groupSessions([])).toEqual([]);
  expect(groupSessions([row("a", "paused")]).map(({ title }) => title)).toEqual(["Ready"]);
});

it.each([
  [undefined, ""],
  [[], ""],
  [[row("a", "paused")], "No session needs you now. Choose one to see"],
  [[row("a", "blocked")], "1 session needs you. Choose one to see"],
  [all, "3 sessions need you. Choose one to see"],
])("says what there is to do", (rows, says) => {
  expect(sayWhatToDo(rows).slice(0, says.length === 0 ? undefined : says.length)).toBe(says);
});
