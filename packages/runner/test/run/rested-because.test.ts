import { expect, it } from "vitest";
import { formatReport } from "@samocode/session";
import { restedBecause } from "../../src/run/run-session.ts";
import { createReport } from "../../../session/test/support/report.ts";

it.each([
  ["paused", false, 2, 2, "maxIterations"],
  ["paused", false, 3, 2, "maxIterations"],
  ["paused", false, 1, 2, undefined],
  ["paused", true, 1, 2, "stop"],
  ["paused", true, 2, 2, "stop"],
  ["paused", false, 9, Number.POSITIVE_INFINITY, undefined],
  ["waiting.approval", true, 2, 2, undefined],
  ["finished", false, 2, 2, undefined],
])("in %s, asked to stop: %s, after %i of %i iterations", (state, stop, made, most, because) => {
  const context = { stopRequested: stop, iterationsOfRun: made, settings: { maxIterations: most } };
  expect(restedBecause(state, context)).toBe(because);
});

it("is told with where the session is", () => {
  const report = createReport({ state: "paused" });
  expect(formatReport(report, 0, "the run ended after 2 iterations")).toMatch(
    /^login: ready to continue \(the run ended after 2 iterations\)\n/,
  );
  expect(formatReport(report, 0)).toMatch(/^login: ready to continue\n/);
});
