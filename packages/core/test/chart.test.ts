import { describe, expect, it } from "vitest";
import { createChart, type ChartNode } from "../src/chart/chart.ts";
import { formatMermaid } from "../src/chart/chart-mermaid.ts";
import { phaseRules, phases } from "../src/workflow/phase.ts";
import { stateNames } from "./support/situations.ts";

const chart = createChart();

const withChildren = (node: ChartNode): readonly ChartNode[] => [
  node,
  ...node.children.flatMap(withChildren),
];
const all = chart.nodes.flatMap(withChildren);
const leaves = all.filter(({ children }) => children.length === 0).map(({ id }) => id);

const marks = (text: string) => text.split("\n").filter((line) => line.startsWith("  class "));

describe("the chart", () => {
  it("has a node for every state, in the order of the workflow", () => {
    expect(leaves).toEqual(["resuming", ...stateNames]);
    expect(chart.initial).toBe("resuming");
  });

  it("says of every state what it is for and what runs there", () => {
    expect(all.filter(({ description }) => description === "")).toEqual([]);
    const [, working] = chart.nodes;
    expect(working).toMatchObject({ id: "working", label: "working", tags: ["agent"] });
    expect(working?.children[1]).toEqual({
      id: "working.planning",
      label: "planning",
      description: "Write a plan that a person can approve.",
      tags: [],
      isFinal: false,
      children: [],
    });
    expect(all.filter(({ isFinal }) => isFinal).map(({ id }) => id)).toEqual(["finished"]);
  });

  it("has no two states with the same last part of their names: Mermaid knows them by it", () => {
    expect(new Set(all.map(({ label }) => label)).size).toBe(all.length);
  });

  it("has arrows from and to its own nodes", () => {
    const ids = new Set(all.map(({ id }) => id));
    const strays = chart.edges.filter(
      ({ source, target }) => !(source === "" || ids.has(source)) || !ids.has(target),
    );
    expect(strays).toEqual([]);
  });

  it.each([
    ["", "resuming", "edit", "isOpen"],
    ["resuming", "working.done", "", "isIn done"],
    ["resuming", "waiting.answers", "", "isHeldFor qa_answers"],
    ["working", "working", "stop", ""],
    ["working.planning", "waiting.approval", "signal.continue", "asksToGo implementation"],
    ["waiting.approval", "resuming", "approve", ""],
    ["limited", "resuming", "wake", "isDue"],
  ])("has an arrow from %j to %j on %j if %j", (source, target, event, guard) => {
    expect(chart.edges).toContainEqual({ source, target, event, guard });
  });

  it("has the arrows between phases that the phase rules allow", () => {
    const moves = phases.flatMap((from) =>
      chart.edges
        .filter(
          ({ source, guard }) => source === `working.${from}` && !guard.startsWith("mustVerify"),
        )
        .map(({ guard }) => `${from} to ${guard.split(" ")[1]}`),
    );
    const rules = phases.flatMap((from) =>
      [from, ...phaseRules[from].next].map((to) => `${from} to ${to}`),
    );
    expect(new Set(moves)).toEqual(new Set(rules.filter((rule) => rule !== "done to done")));
  });

  it("is data that survives JSON", () => {
    expect(JSON.parse(JSON.stringify(chart))).toEqual(chart);
  });
});

describe("the Mermaid text", () => {
  it("draws the outline of the chart", async () => {
    await expect(formatMermaid(chart, { compact: true })).toMatchFileSnapshot(
      "fixtures/chart-outline.mmd",
    );
  });

  it("draws the whole chart", async () => {
    await expect(formatMermaid(chart)).toMatchFileSnapshot("fixtures/chart.mmd");
  });

  it("draws the way from planning to implementation over the gate alone", () => {
    const lines = formatMermaid(chart, { compact: true })
      .split("\n")
      .map((line) => line.trim());
    expect(lines.filter((line) => line.startsWith("planning -->"))).toEqual([
      "planning --> implementation : via approval",
    ]);
  });

  it("marks where the session is and where it has been", () => {
    const visited = ["working.investigation", "waiting.approval", "working.planning"];
    expect(marks(formatMermaid(chart, { current: "working.planning", visited }))).toEqual([
      "  class investigation, approval visited",
      "  class planning current",
    ]);
    expect(marks(formatMermaid(chart))).toEqual([]);
  });

  it("draws no mark on a state that the outline leaves out", () => {
    const text = formatMermaid(chart, { compact: true, visited: ["resuming"] });
    expect(text).not.toContain("resuming");
  });
});
