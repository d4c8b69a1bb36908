import {
  createChart,
  maxRework,
  outlineLayout,
  phaseRules,
  type Chart,
  type ChartLayout,
  type Phase,
  wholeLayout,
} from "@samocode/core";
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
    /** Iterations that a phase may have before a person is asked. */
    readonly maxIterations: Readonly<Record<Phase, number>>;
  };
}

/** Everything about the statechart that is the same for all sessions. */
export function createChartView(limits: Limits): ChartView {
  const iterations = Object.entries(phaseRules).map(([phase, rule]) => [phase, rule.maxIterations]);
  const maxIterations = Object.fromEntries(iterations) as Readonly<Record<Phase, number>>;
  return {
    chart: createChart(),
    outline: outlineLayout,
    whole: wholeLayout,
    limits: { ...limits, maxRework, maxIterations },
  };
}
