import { describe, expect, it } from "vitest";
import { formatEdge } from "../src/chart/chart-arrow.ts";
import { outlineLayout } from "../src/chart/chart-layout-outline.ts";
import { wholeLayout } from "../src/chart/chart-layout-whole.ts";
import type { ChartLayout, PlacedArrow, PlacedState } from "../src/chart/chart-layout.ts";
import { createChart, type ChartEdge } from "../src/chart/chart.ts";
import { findCrossings } from "./layout/geometry.ts";
import { findFaults } from "./layout/legibility.ts";

const withState = (id: string, change: (state: PlacedState) => Partial<PlacedState>) => ({
  ...outlineLayout,
  states: outlineLayout.states.map((state) =>
    state.id === id ? { ...state, ...change(state) } : state,
  ),
});
const withArrow = (id: string, change: (arrow: PlacedArrow) => Partial<PlacedArrow>) => ({
  ...outlineLayout,
  arrows: outlineLayout.arrows.map((arrow) =>
    arrow.id === id ? { ...arrow, ...change(arrow) } : arrow,
  ),
});

describe("the picture", () => {
  it.each([
    ["outline", outlineLayout],
    ["whole chart", wholeLayout],
  ])("of the %s has no text over a line, a text or an edge, and nothing cut off", (_, layout) => {
    expect(findFaults(layout)).toEqual([]);
  });

  it.each<[string, ChartLayout]>([
    [
      "waiting stands over a line",
      withArrow("working>waiting", ({ line }) => ({ line: [line.flat()] })),
    ],
    [
      "via approval stands over planning",
      withArrow("working.planning>working.implementation", ({ texts }) => ({
        texts: texts.map((text) => ({ ...text, y: 203 })),
      })),
    ],
    [
      "via approval stands over the edge of working.planning",
      withArrow("working.planning>working.implementation", ({ texts }) => ({
        texts: texts.map((text) => ({ ...text, y: 222 })),
      })),
    ],
    [
      "paused is longer or shorter than its font makes it",
      withState("paused", ({ label }) => ({ label: { ...label, length: label.length + 1 } })),
    ],
    [
      "paused stands outside of paused",
      withState("paused", ({ label, x }) => ({ label: { ...label, x: x - 30 } })),
    ],
    [
      "working of working stands in working.investigation",
      withState("working", ({ label }) => ({ label: { ...label, x: 120, y: 100 } })),
    ],
    ["paused and failed overlap", withState("paused", ({ height }) => ({ height: height + 30 }))],
    ["waiting and waiting.action overlap", withState("waiting", () => ({ height: 240 }))],
    [
      "working>waiting runs through retrying",
      withState("retrying", ({ x, y }) => ({ x: x - 60, y: y - 190 })),
    ],
    [
      "working>waiting does not begin and end at the edge of its states",
      withState("waiting", ({ x }) => ({ x: x + 1 })),
    ],
    [
      "working>waiting is neither level nor upright",
      withArrow("working>waiting", ({ line }) => ({
        line: line.map((piece) => piece.map(([x, y], index) => [x, y + index] as const)),
      })),
    ],
    ["finished is cut off", { ...outlineLayout, width: outlineLayout.width - 20 }],
    [
      "a line is cut off at 68 4",
      {
        ...outlineLayout,
        start: [
          [68, 4],
          [68, 38],
        ],
      },
    ],
  ])("would be told: %s", (fault, layout) => {
    expect(findFaults(layout)).toContain(fault);
  });

  it("of the outline has no arrow that crosses another", () => {
    expect(findCrossings(outlineLayout)).toEqual([]);
  });

  it("of the whole chart has two arrows that cross: one leaves where the other passes by", () => {
    expect(findCrossings(wholeLayout)).toEqual([
      "working.implementation>working.quality × working.testing>verifying",
    ]);
  });

  it("of the whole chart tells every edge of the machine once", () => {
    const { states, arrows } = wholeLayout;
    const texts = [...states.flatMap(({ rows }) => rows), ...arrows.flatMap(({ texts }) => texts)];
    const told = texts.flatMap(({ edge }) => (edge === undefined ? [] : [tell(edge)]));
    expect(told).toHaveLength(texts.length);
    expect(new Set(told)).toEqual(new Set(createChart().edges.map(tell)));
    expect(new Set(told).size).toBe(told.length);
  });
});

function tell(edge: ChartEdge): string {
  return `${edge.source} ${formatEdge(edge)} ${edge.target}`;
}
