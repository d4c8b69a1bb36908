import { h } from "preact";
import { expect, it } from "vitest";
import { ChartPanel, type ChartPanelProps } from "../../page/chart-panel.tsx";
import type { TimedStep } from "../../page/page-state.ts";
import { createChartView } from "../../src/chart-view.ts";
import { openPageDom } from "../support/page-dom.ts";

const view = createChartView({ maxRetries: 3 });
const counts = {
  investigation: 4,
  planning: 2,
  implementation: 0,
  testing: 0,
  quality: 0,
  done: 0,
};
const measure = { phase: "investigation", counts, rework: 0, failures: 0, costUsd: 1 } as const;
const steps: readonly TimedStep[] = [
  { event: "begin", from: "paused", to: "working.investigation", time: 0, measure },
  { event: "signal.continue", from: "working.investigation", to: "working.planning", time: 60_000 },
  { event: "stop", from: "working.planning", to: "paused", time: 90_000, costUsd: 2 },
];

const box = (left: number, top: number, width: number, height: number) => () =>
  ({ left, top, width, height, right: left + width, bottom: top + height }) as DOMRect;

const pressed = () =>
  [...document.querySelectorAll(".choice button")].map((each) => each.getAttribute("aria-pressed"));

function openPanel(props: Partial<ChartPanelProps> = {}) {
  const dom = openPageDom();
  const called: unknown[] = [];
  const show = (change: Partial<ChartPanelProps> = {}): void =>
    dom.show(
      h(ChartPanel, {
        view,
        steps,
        state: "paused",
        count: undefined,
        now: 100_000,
        onCount: (count) => void called.push(count),
        isWhole: false,
        onWhole: (isWhole) => void called.push(isWhole),
        ...props,
        ...change,
      }),
    );
  show();
  return { ...dom, show, called };
}

it("shows state of the session now, and where it was", () => {
  const panel = openPanel();
  expect(panel.text(".chart-head h2")).toBe("paused");
  expect(panel.find("svg").getAttribute("data-current")).toBe("paused");
  panel.show({ state: "blocked" });
  expect(panel.text(".chart-head h2")).toBe("blocked");
  panel.show({ count: 1 });
  expect(panel.text(".chart-head h2")).toBe("working.investigationas it was");
  panel.show({ count: 7 });
  expect(panel.text(".chart-head h2")).toBe("pausedas it was");
});

it("tells of the present state what it is, how long it lasts, and what may follow", () => {
  const panel = openPanel();
  expect(panel.text(".facts h3")).toBe("pausedhere");
  expect(panel.text(".facts .figures")).toBe("1 visit · 10 s · $0.00");
  panel.show({ now: 105_999 });
  expect(panel.text(".facts .figures")).toBe("1 visit · 16 s · $0.00");
  panel.show({ now: 105_999, count: 3 });
  expect(panel.text(".facts .figures")).toBe("1 visit · 0 s · $0.00");
  expect(panel.text(".follow-ups summary")).toBe("What may follow from paused");
});

it("measures the limits by the last record that knows them", () => {
  const panel = openPanel({ count: 1 });
  expect(panel.text(".facts .figures")).toContain("iteration 4 of 20");
  panel.show({ count: 2 });
  expect(panel.text(".facts .figures")).toContain("iteration 2 of 20");
  panel.show({ steps: steps.map(({ event, from, to }) => ({ event, from, to })), count: 1 });
  expect(panel.text(".facts .figures")).toContain("iteration 0 of 20");
});

it("colours the chart by the path, the time or the money", async () => {
  const panel = openPanel();
  expect(panel.texts(".choice button")).toEqual(["path", "time", "money"]);
  expect(pressed()).toEqual(["true", "false", "false"]);
  expect(panel.has(".worth")).toBe(false);
  await panel.press("money");
  expect(pressed()).toEqual(["false", "false", "true"]);
  expect(panel.texts(".worth")).toEqual(["$2.00"]);
  await panel.press("time");
  expect(panel.texts(".worth").toSorted()).toEqual(["1 min 00", "10 s", "30 s"]);
});

it("asks for every edge, or for the outline", async () => {
  const panel = openPanel();
  await panel.press("every edge");
  panel.show({ isWhole: true });
  await panel.press("the outline");
  expect(panel.called).toEqual([true, false]);
});

it("goes to the last time that the session came to a state which is clicked", async () => {
  const panel = openPanel();
  for (const state of ["working.investigation", "working", "paused", "blocked"]) {
    if (panel.has(`[data-state="${state}"]`)) await panel.send(`[data-state="${state}"]`, "click");
  }
  expect(panel.called.filter((each) => typeof each === "number")).toEqual(
    panel.has('[data-state="working"]') ? [1, 2, 3] : [1, 3],
  );
});

it("shows a session of which there is no step", () => {
  const panel = openPanel({ steps: [], state: "working.investigation" });
  expect(panel.text(".chart-head h2")).toBe("working.investigation");
  expect(panel.text(".facts .figures")).toContain("not visited");
});

it("says a word on what a person looks at, inside of the picture", async () => {
  const panel = openPanel();
  panel.find(".stage").getBoundingClientRect = box(100, 50, 1000, 500);
  const state = panel.find('[data-state="working.planning"]');
  const tipAt = async (rectangle: () => DOMRect) => {
    state.getBoundingClientRect = rectangle;
    await panel.send('[data-state="working.planning"]', "mouseenter");
    const { left, top, maxWidth } = panel.find(".tip").style;
    return [panel.find(".tip").className, left, top, maxWidth];
  };
  expect(await tipAt(box(600, 100, 80, 40))).toEqual(["tip", "380px", "98px", "320px"]);
  expect(panel.text(".tip h3")).toBe("working.planning");
  expect(await tipAt(box(110, 100, 80, 40))).toEqual(["tip", "0px", "98px", "320px"]);
  expect(await tipAt(box(1000, 100, 80, 40))).toEqual(["tip", "680px", "98px", "320px"]);
  expect(await tipAt(box(600, 310, 80, 40))).toEqual(["tip", "380px", "308px", "320px"]);
  expect(await tipAt(box(600, 311, 80, 40))).toEqual(["tip above", "380px", "253px", "320px"]);
  await panel.send('[data-state="working.planning"]', "blur");
  expect(panel.has(".tip")).toBe(false);
});

it("brings the present state into sight where the picture is wider than its place", () => {
  const panel = openPanel();
  const scroller = panel.find(".picture");
  const place = (left: number): number => {
    scroller.scrollLeft = 0;
    scroller.getBoundingClientRect = box(100, 0, 400, 0);
    for (const each of document.querySelectorAll(".state"))
      each.getBoundingClientRect = box(left, 0, 80, 0);
    panel.show({ state: "blocked" });
    const { scrollLeft } = scroller;
    panel.show({ state: "paused" });
    return scrollLeft;
  };
  expect(place(100)).toBe(0);
  expect(place(420)).toBe(0);
  expect(place(421)).toBe(161);
  expect(place(600)).toBe(340);
  expect(place(99)).toBe(-161);
});
