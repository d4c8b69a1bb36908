import { h } from "preact";
import { expect, it } from "vitest";
import { ChartFacts, FollowUps } from "../../page/chart-facts.tsx";
import { findEdges, listFollowUps } from "../../page/follow-ups.ts";
import { createChartView } from "../../src/chart-view.ts";
import { openPageDom } from "../support/page-dom.ts";

const edges = [
  { source: "working.a", target: "working.b", event: "go", guard: "isAnswered" },
  { source: "working.a", target: "working.b", event: "leap", guard: "isAnswered" },
  { source: "working.a", target: "working.b", event: "", guard: "" },
  { source: "working.a", target: "working.a", event: "go", guard: "" },
  { source: "working", target: "blocked", event: "stop", guard: "" },
  { source: "", target: "paused", event: "stop", guard: "isOpen" },
  { source: "blocked", target: "resuming", event: "resume", guard: "" },
  { source: "verifying", target: "blocked", event: "tests.red", guard: "asksToGo b" },
  { source: "working.b", target: "resuming", event: "again", guard: "" },
];
const shape = createChartView({ maxRetries: 3 });
const description = "An `agent` works.";
const chart = { ...shape.chart, edges };
const view = {
  ...shape,
  chart,
  outline: {
    ...shape.outline,
    states: [{ ...(shape.outline.states[0] as object), id: "a", description }],
  },
} as unknown as typeof shape;
const gauge = { measure: undefined, limits: view.limits };
const spent = new Map([
  ["a", { ms: 61_000, usd: 0.5, times: 1 }],
  ["b", { ms: 0, usd: 0, times: 0 }],
]);
const replay = { state: "a", spent, taken: new Set<string>() };
const edgesOf = (arrow: string) =>
  findEdges(chart, arrow).map(({ source, event }) => `${source} ${event}`);
const facts = (of: string) => {
  const dom = openPageDom();
  dom.show(h(ChartFacts, { view, replay, gauge, of }));
  return dom;
};

it("says of a state what it is, how often the session was there, and what that has cost", () => {
  expect(facts("a").texts(".fact > *")).toEqual([
    "ahere",
    "An agent works.",
    "1 visit · 1 min 01 · $0.50",
  ]);
  expect(facts("b").texts(".fact > *")).toEqual(["b", "", "not visited"]);
  expect(facts("").texts(".fact > *")).toEqual(["no state yet", "", "not visited"]);
  expect(facts("retrying").text(".figures")).toBe("not visited · retry 0 of 3");
});

it("says of an arrow what leads along it, each condition once", () => {
  const dom = facts("working.a>working.b");
  expect(dom.text("h3")).toBe("a → b");
  expect(dom.texts("li")).toEqual(["go, leapif no question is open", "automatically"]);
});

it("lists all that may follow from a state, with its conditions, but not what follows by itself", () => {
  const dom = openPageDom();
  dom.show(h(FollowUps, { view, state: "working.a", gauge }));
  expect(dom.text("summary")).toBe("What may follow from working.a");
  expect(dom.texts("dl > div")).toEqual([
    "go→ working.bif no question is open→ stays",
    "leap→ working.bif no question is open",
    "stop→ blocked→ pausedif the session is not finished",
  ]);
});

it("lists what the state itself does with an event before what those around it do", () => {
  const found = listFollowUps(chart, "working.a");
  expect(found.map(({ event, edges }) => `${event} ${edges.length}`)).toEqual([
    "go 2",
    "leap 1",
    " 1",
    "stop 2",
  ]);
  expect(listFollowUps(chart, "").map(({ event }) => event)).toEqual(["stop"]);
});

it("finds the edges that an arrow stands for, those of the outline as well", () => {
  expect(edgesOf("working.a>working.b")).toEqual(["working.a go", "working.a leap", "working.a "]);
  expect(edgesOf("blocked>working")).toEqual(["blocked resume"]);
  expect(edgesOf("blocked>working.a")).toEqual(["blocked resume"]);
  expect(edgesOf("blocked>paused")).toEqual([]);
  expect(edgesOf("verifying>working.b")).toEqual(["verifying tests.red"]);
  expect(edgesOf("verifying>b")).toEqual([]);
  expect(edgesOf("working.b>working")).toEqual([]);
  expect(edgesOf("working>working.b")).toEqual(["working.a go", "working.a leap", "working.a "]);
});
