import { mapPhases, maxRework, phaseRules, phases, type Phase } from "@samocode/core";
import {
  createChart,
  outlineLayout,
  type Chart,
  type ChartLayout,
  wholeLayout,
} from "@samocode/core/chart";
import type { Limits } from "./host.ts";

/** The statechart as the page draws it, and the limits that its conditions are measured by. */
export interface ChartView {
  readonly chart: Chart;
  /** The chart as one explains it first. */
  readonly outline: ChartLayout;
  /** Every state and every edge. */
  readonly whole: ChartLayout;
  readonly limits: Limits & {
    readonly maxRework: number;
    /** The phases to which the work goes back to be repaired. */
    readonly reworkPhases: readonly Phase[];
    /** Iterations that a phase may have before a person is asked. */
    readonly maxIterations: Readonly<Record<Phase, number>>;
  };
}

/** Everything about the statechart that is the same for all sessions. */
export function createChartView(limits: Limits): ChartView {
  const maxIterations = mapPhases((phase) => phaseRules[phase].maxIterations);
  const reworkPhases = phases.flatMap((phase) => phaseRules[phase].rework ?? []);
  return {
    chart: createChart(),
    outline: outlineLayout,
    whole: wholeLayout,
    limits: { ...limits, maxRework, reworkPhases, maxIterations },
  };
}
