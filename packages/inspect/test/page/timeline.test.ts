import { h } from "preact";
import { expect, it } from "vitest";
import { formatTime } from "../../page/figures.ts";
import type { Iteration } from "../../page/iterations.ts";
import { Timeline, type TimelineProps } from "../../page/timeline.tsx";
import { openPageDom } from "../support/page-dom.ts";

const now = Date.UTC(2026, 0, 15, 12);
const bare: Iteration = { step: 4, number: 2, phase: "planning", ms: 0, usd: 0, commits: [] };
const full: Iteration = {
  ...bare,
  event: "signal.continue",
  beganAt: now - 90_000,
  ms: 60_000,
  usd: 0.5,
  turns: 1,
  tokens: 12_000,
  log: "_logs/a.jsonl",
  message: "the plan is written",
  commits: ["0123456789 Add login", "fedcba9876 Test it"],
};

function openTimeline(props: Partial<TimelineProps>) {
  const dom = openPageDom();
  const called: unknown[] = [];
  dom.show(
    h(Timeline, {
      iterations: [],
      running: undefined,
      now,
      log: undefined,
      step: undefined,
      onRead: (log) => void called.push(log),
      onGoTo: (step) => void called.push(step),
      ...props,
    }),
  );
  return { ...dom, called };
}

const widthsOf = (...spans: readonly number[]) => {
  const iterations = spans.map((ms, step) => ({ ...bare, step, ms }));
  const timeline = openTimeline({ iterations });
  timeline.texts(".bar");
  return [...document.querySelectorAll<HTMLElement>(".bar span")].map(({ style }) => style.width);
};
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...bare, step: index, number: index + 1 }));

it("says that nothing has ended yet", () => {
  const timeline = openTimeline({});
  expect(timeline.html()).toBe('<p class="nothing">No iteration has ended yet.</p>');
});

it("shows the iteration that runs, and for how long", () => {
  const running = { number: 3, phase: "testing", beganAt: now - 61_000 };
  const timeline = openTimeline({ running });
  expect(timeline.texts("li")).toEqual(["#3testingruns, 1 min 01"]);
  expect(openTimeline({ running: { ...running, beganAt: undefined } }).texts("li")).toEqual([
    "#3testingruns",
  ]);
});

it("says of an iteration all that is known, and nothing else", () => {
  expect(openTimeline({ iterations: [bare] }).texts("li > *")).toEqual(["#2planning", "", ""]);
  const timeline = openTimeline({ iterations: [full] });
  const time = formatTime(now - 90_000, now).replaceAll(/\s+/g, " ");
  expect(timeline.texts(".timeline > li > *")).toEqual([
    `#2planningsignal.continue${time}`,
    "",
    "1 min 00$0.501 turn12k tokensshow its output",
    "the plan is written",
    "0123456 Add loginfedcba9 Test it",
  ]);
  expect(timeline.texts(".commits li")).toEqual(["0123456 Add login", "fedcba9 Test it"]);
});

it("shows nothing for no tokens, no time and no money", () => {
  const timeline = openTimeline({ iterations: [{ ...bare, tokens: 0, turns: 0 }] });
  expect(timeline.text(".spent")).toBe("0 turns");
});

it("draws how long each took beside the longest, and always something", () => {
  expect(widthsOf(50, 200, 1)).toEqual(["0.5%", "100%", "25%"]);
  expect(widthsOf(0)).toEqual(["0.5%"]);
});

it("lists the newest first, 200 of them at most", () => {
  const all = openTimeline({ iterations: many(200) }).texts("li");
  expect([all.length, all[0], all.at(-1)]).toEqual([200, "#200planning", "#1planning"]);
  const some = openTimeline({ iterations: many(202) }).texts("li");
  expect([some.length, some[0], some.at(-2)]).toEqual([201, "#202planning", "#3planning"]);
  expect(some.at(-1)).toBe("and 2 before them");
});

it("goes to the end of an iteration, and reads its stream", async () => {
  const timeline = openTimeline({ iterations: [full] });
  await timeline.press("#2");
  await timeline.press("show its output");
  expect(timeline.called).toEqual([5, "_logs/a.jsonl"]);
});

it("marks what is read, and what the chart shows", () => {
  const other = { ...full, step: 6, log: "_logs/b.jsonl" };
  const marks = (props: Partial<TimelineProps>) => {
    openTimeline({
      iterations: [bare, full, other].map((each, step) => ({ ...each, step })),
      ...props,
    });
    return [...document.querySelectorAll(".timeline > li")].map(
      (each) => `${each.className}${each.getAttribute("aria-current") ?? ""}`,
    );
  };
  expect(marks({})).toEqual(["", "", ""]);
  expect(marks({ log: "_logs/b.jsonl" })).toEqual(["read", "", ""]);
  expect(marks({ step: 0 })).toEqual(["", "", "step"]);
});
