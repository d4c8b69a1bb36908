import { describe, expect, it } from "vitest";
import type { HistoryRecord } from "../src/history/history.ts";
import { parseOverview } from "../src/overview/overview.ts";
import { emptyMemory, type SessionMemory } from "../src/machine/session-context.ts";
import { isStale, readEntry } from "../src/history/session-entry.ts";
import { isStaleCopy } from "../src/history/stale-copy.ts";

const remember = (memory: Partial<SessionMemory>, to = "paused"): HistoryRecord => ({
  event: "run",
  from: "paused",
  to,
  memory: { ...emptyMemory, ...memory },
});
const status = (...lines: string[]) => parseOverview(["## Status", ...lines, ""].join("\n")).status;
const atGate = remember({
  phase: "planning",
  iteration: 2,
  hold: { kind: "waiting", for: "plan_approval" },
});
const stuck = remember({
  phase: "planning",
  iteration: 2,
  hold: { kind: "blocked", reason: "2 tests\nfail", needs: "clarification" },
});
const onward = remember({ phase: "implementation", iteration: 2 });

describe("an old copy of the overview", () => {
  it.each([
    [5, "Iteration: 4", true],
    [5, "Iteration: 0", true],
    [5, "Iteration: 5", false],
    [5, "Iteration: 6", false],
    [5, "Last Action: looked", false],
    [0, "Iteration: 0", false],
    [0, "Iteration: 1", false],
    [1, "Iteration: 1", false],
    [1, "Iteration: 0", true],
  ])("of iteration %i that says `%s`: %s", (iteration, line, expected) => {
    for (const phase of ["investigation", "planning", "done"]) {
      const found = status(`Phase: ${phase}`, line, "Blocked: no");
      expect(isStaleCopy(found, remember({ phase: "planning", iteration }))).toBe(expected);
    }
  });

  it("is one iteration older where a crash left the overview behind its record", () => {
    const record = remember({ phase: "planning", iteration: 5 });
    const isStaleAt = (iteration: number, isBehind: boolean) =>
      isStaleCopy(status("Phase: planning", `Iteration: ${iteration}`), record, { isBehind });
    expect([3, 4, 5].map((iteration) => isStaleAt(iteration, true))).toEqual([true, false, false]);
    expect([3, 4, 5].map((iteration) => isStaleAt(iteration, false))).toEqual([true, true, false]);
  });

  const gateLines = ["Phase: planning", "Blocked: waiting_human", "Waiting For: plan_approval"];
  const stuckLines = ["Phase: planning", "Blocked: yes", "Needs: clarification"];
  it.each<[string, readonly string[], boolean]>([
    ["the wait that is over", gateLines, true],
    ["the wait that is over, with its iteration", [...gateLines, "Iteration: 2"], true],
    ["a wait of another iteration", [...gateLines, "Iteration: 3"], false],
    ["a wait for something else", [...gateLines.slice(0, 2), "Waiting For: file_update"], false],
    ["a wait that does not say for what", gateLines.slice(0, 2), false],
    ["a wait in another phase", ["Phase: testing", ...gateLines.slice(1)], false],
    ["the block that is over", [...stuckLines, "Reason: 2 tests fail"], true],
    ["a block with another reason", [...stuckLines, "Reason: 2 tests"], false],
    ["a block without a reason", stuckLines, false],
    ["a block with another need", [...stuckLines.slice(0, 2), "Reason: 2 tests fail"], false],
    ["a session that goes on", ["Phase: planning", "Blocked: no"], false],
    ["the state that it is in", ["Phase: implementation", "Blocked: no"], false],
  ])("of the same iteration that says %s: %s", (_what, lines, expected) => {
    const history = () => [{ event: "signal.continue" }, atGate, stuck, onward];
    expect(isStaleCopy(status(...lines), onward, { history })).toBe(expected);
    expect(isStaleCopy(status(...lines), onward)).toBe(false);
  });

  it("is none if it says what the session waits for now", () => {
    const history = () => [atGate, stuck, atGate];
    expect(isStaleCopy(status(...gateLines), atGate, { history })).toBe(false);
  });

  it("is none if the record remembers nothing", () => {
    expect(isStaleCopy(status("Phase: planning", "Iteration: 0"), { event: "run" })).toBe(false);
  });
});

describe("a session that is entered with an old copy", () => {
  const old = status("Phase: testing", "Iteration: 1", "Blocked: no");
  const enter = (state: HistoryRecord, isBehind = false) => {
    const tail = { last: state, state, torn: false };
    return {
      stale: isStale(old, tail, { isBehind }),
      edit: readEntry(old, tail, { openQuestions: 0, isBehind }).edit,
    };
  };

  it.each(["paused", "retrying", "limited", "failed", "blocked", "finished", "waiting.approval"])(
    "in %s has its lines reverted and takes no edit",
    (to) => {
      expect(enter(remember({ phase: "planning", iteration: 2 }, to))).toEqual({ stale: true });
    },
  );

  it.each(["working.planning", "verifying"])("in %s leaves that to the end of it", (to) => {
    expect(enter(remember({ phase: "planning", iteration: 2 }, to))).toEqual({ stale: false });
  });

  it("has none if it has no history, as one that was made by hand", () => {
    expect(isStale(old, { torn: false }, {})).toBe(false);
    expect(readEntry(old, { torn: false }, { openQuestions: 0 })).toMatchObject({
      phase: "testing",
      iteration: 0,
    });
  });
});
