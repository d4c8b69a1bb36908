import { createMachine } from "xstate";
import { describe, expect, it } from "vitest";
import { formatMachineJson } from "../src/chart/chart-json.ts";
import { formatChartLine } from "../src/chart/chart-line.ts";
import { createChart } from "../src/chart/chart.ts";
import { sessionMachine } from "../src/machine/machine.ts";

describe("the JSON of the machine", () => {
  it("is a configuration from which xstate makes the same machine again", () => {
    const again = createMachine(JSON.parse(formatMachineJson()));
    expect(JSON.stringify(again.definition)).toBe(JSON.stringify(sessionMachine.definition));
    expect(createChart(again)).toEqual(createChart());
  });

  it("is this one, to be read as a reviewer of a change does", async () => {
    await expect(formatMachineJson()).toMatchFileSnapshot("fixtures/machine.json");
  });

  it("keeps the parameters of conditions", () => {
    const { states } = JSON.parse(formatMachineJson());
    expect(states.working.states.planning.on["signal.continue"][1].guard).toEqual({
      type: "asksToGo",
      params: { to: "implementation" },
    });
  });

  it("says where a session is and has been", () => {
    const options = { current: "working.testing", visited: ["working.planning"] };
    const again = createMachine(JSON.parse(formatMachineJson(options)));
    expect(again.config.meta).toEqual(options);
    expect(createChart(again)).toEqual(createChart());
  });
});

describe("the chart in one line", () => {
  it.each([
    [
      "planning",
      "waiting.approval",
      "investigation ✓ → planning ● (waiting for approval) → implementation → testing → quality → done",
    ],
    [
      "investigation",
      "working.investigation",
      "investigation ● → planning → implementation → testing → quality → done",
    ],
    [
      "testing",
      "blocked",
      "investigation ✓ → planning ✓ → implementation ✓ → testing ● (blocked) → quality → done",
    ],
    [
      "investigation",
      "paused",
      "investigation ● (ready to continue) → planning → implementation → testing → quality → done",
    ],
    [
      "investigation",
      "limited",
      "investigation ● (usage limit) → planning → implementation → testing → quality → done",
    ],
    [
      "investigation",
      "retrying",
      "investigation ● (retries soon) → planning → implementation → testing → quality → done",
    ],
    [
      "investigation",
      "verifying",
      "investigation ● (tests run) → planning → implementation → testing → quality → done",
    ],
    [
      "done",
      "finished",
      "investigation ✓ → planning ✓ → implementation ✓ → testing ✓ → quality ✓ → done ✓",
    ],
  ] as const)("of %s in %s is %s", (phase, state, line) => {
    expect(formatChartLine(phase, state)).toBe(line);
  });
});
