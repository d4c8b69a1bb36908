import { expect, it } from "vitest";
import { isBeforeGate, isBehindGate } from "../src/workflow/phase-gate.ts";
import { phases } from "../src/workflow/phase.ts";

it("the phases before the gate are those that a session reaches without an approval", () => {
  expect(phases.filter((phase) => isBeforeGate(phase))).toEqual(["investigation", "planning"]);
  expect(phases.filter((phase) => isBehindGate(phase))).toEqual(phases.slice(2));
});

it("a phase that there is not lies on neither side, so that nothing slips past the gate by it", () => {
  expect(isBeforeGate(JSON.parse('"tetsing"'))).toBe(false);
  expect(isBehindGate(JSON.parse('"tetsing"'))).toBe(false);
});
