import { describe, expect, it } from "vitest";
import { closedGate, toldByGate } from "../src/history/gate-record.ts";
import type { Approval, Hold } from "../src/machine/session-context.ts";
import type { SessionEvent } from "../src/machine/session-event.ts";

const approval: Approval = { by: "ada", at: 1, used: false };
const hold: Hold = { kind: "waiting", for: "plan_approval" };
const toTesting: SessionEvent = { type: "edit", phase: "testing" };

describe("what a record tells of the plan gate", () => {
  it("says of an edit that would have passed it that it stays closed, and what to do", () => {
    expect(toldByGate(toTesting, {}, { hold })).toEqual({ message: closedGate });
    expect(closedGate).toContain("approve or reject the plan");
  });

  it.each<[string, SessionEvent | string, Parameters<typeof toldByGate>[1], { hold?: Hold }]>([
    ["an edit before the gate", { type: "edit", phase: "planning" }, {}, { hold }],
    ["an edit of a session that was past it", toTesting, { approval }, { hold }],
    [
      "an edit that leads to another wait",
      toTesting,
      {},
      { hold: { ...hold, for: "file_update" } },
    ],
    ["an edit that leads to no wait", toTesting, {}, {}],
    ["a resume", { type: "resume", phase: "testing" }, {}, { hold }],
    ["a run", "run", {}, { hold }],
  ])("says nothing of %s", (_what, event, before, after) => {
    expect(toldByGate(event, before, after)).toEqual({});
  });

  it("says who opened it where the event does not", () => {
    const auto = { by: "--auto-approve", at: 2, planHash: "a", used: false };
    expect(toldByGate("run", {}, { approval: auto })).toEqual({ by: auto.by, planHash: "a" });
    expect(toldByGate("run", { approval: auto }, { approval: auto })).toEqual({});
    expect(toldByGate(toTesting, {}, { approval: auto, hold })).toEqual({
      message: "the plan was approved by --auto-approve",
      planHash: "a",
    });
  });

  it("says whose approval has lapsed, once", () => {
    const message = "the plan was changed after ada approved it";
    expect(toldByGate(toTesting, { approval }, { lapsed: approval, hold })).toEqual({ message });
    expect(toldByGate("run", { lapsed: approval }, { lapsed: approval, hold })).toEqual({});
  });
});
