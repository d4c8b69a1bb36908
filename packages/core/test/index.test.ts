import * as core from "../src/index.ts";
import { expect, it } from "vitest";

it("exports these names and no others", () => {
  expect(Object.keys(core).toSorted()).toMatchInlineSnapshot(`
    [
      "AgentActivity",
      "Decision",
      "RunEvent",
      "RunEventLine",
      "Signal",
      "SignalError",
      "Tokens",
      "autoApprover",
      "blockNeeds",
      "describePatience",
      "explainIllegalMove",
      "findPhase",
      "formatCost",
      "formatNotice",
      "formatNoticeFigures",
      "formatNoticeTitle",
      "formatPatience",
      "formatQuestion",
      "formatState",
      "formatTestChanges",
      "isPhase",
      "isResetTime",
      "isRework",
      "mapPhases",
      "maxRework",
      "nextUnanswered",
      "nextWake",
      "parsePatience",
      "parseSignal",
      "phaseRules",
      "phases",
      "remedies",
      "remediesFor",
      "remedyWords",
      "sessionMachine",
      "signalStatuses",
      "waitReasons",
    ]
  `);
});
