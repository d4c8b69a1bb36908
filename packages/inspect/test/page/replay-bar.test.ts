import { h } from "preact";
import { expect, it, vi } from "vitest";
import { formatTime } from "../../page/figures.ts";
import type { TimedStep } from "../../page/page-state.ts";
import { ReplayBar, type ReplayBarProps } from "../../page/replay-bar.tsx";
import { openPageDom } from "../support/page-dom.ts";

const now = Date.UTC(2026, 0, 15, 12);
const steps: readonly TimedStep[] = [
  { event: "start", from: "paused", to: "working.a", time: now },
  { event: "stop", from: "working.a", to: "paused", by: "ada" },
];

function openBar(props: Partial<ReplayBarProps> = {}) {
  const dom = openPageDom();
  const counts: (number | undefined)[] = [];
  const show = (change: Partial<ReplayBarProps> = {}): void =>
    dom.show(
      h(ReplayBar, {
        steps,
        count: undefined,
        now,
        ...props,
        ...change,
        onChange: (count) => {
          counts.push(count);
          show({ count });
        },
      }),
    );
  show();
  const slider = () => dom.find("input") as HTMLInputElement;
  return { ...dom, show, counts, slider };
}

it("shows the newest step while it is live", () => {
  const bar = openBar();
  expect(bar.buttons()).toEqual(["Replay the session", "live"]);
  expect(bar.texts(".replay-step > *")).toEqual(["2 / 2", "stop → paused", "", "by ada"]);
  expect(bar.slider().getAttribute("aria-valuetext")).toBe("step 2 of 2: stop → paused ");
  expect([bar.slider().max, bar.slider().value]).toEqual(["2", "2"]);
  expect(bar.find("button.live").className).toBe("live on");
  expect(bar.find("button.live").getAttribute("aria-pressed")).toBe("true");
});

it("shows the session as it was after a step", () => {
  const bar = openBar({ count: 1 });
  const time = formatTime(now, now).replaceAll(/\s+/g, " ");
  expect(bar.texts(".replay-step > *")).toEqual(["1 / 2", "start → working.a", time]);
  expect(bar.find("button.live").className).toBe("live");
  expect(bar.find("button.live").getAttribute("aria-pressed")).toBe("false");
  bar.show({ count: 7 });
  expect(bar.text(".replay-step > *")).toBe("2 / 2");
});

it("shows that nothing has happened yet", () => {
  const bar = openBar({ steps: [] });
  expect(bar.buttons()).toEqual(["(Replay the session)", "live"]);
  expect(bar.texts(".replay-step > *")).toEqual(["0 / 0", "—", ""]);
  expect(bar.slider().disabled).toBe(true);
  expect(bar.slider().getAttribute("aria-valuetext")).toBe("step 0 of 0: no step yet ");
});

it("goes where the slider is, and is live at its end", async () => {
  const bar = openBar();
  await bar.type("input", "1");
  await bar.type("input", "0");
  await bar.type("input", "2");
  await bar.type("input", "1");
  await bar.press("live");
  expect(bar.counts).toEqual([1, 0, undefined, 1, undefined]);
});

it("plays a short session step by step, and is live after the last", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  const bar = openBar({ steps: [...steps, ...steps] });
  await bar.press("Replay the session");
  expect(bar.counts).toEqual([1]);
  expect(bar.buttons()[0]).toBe("Stop the replay");
  const after = (ms: number): Promise<void> => {
    vi.advanceTimersByTime(ms);
    return bar.settle();
  };
  await after(880);
  expect(bar.counts).toEqual([1]);
  await after(40);
  expect(bar.counts).toEqual([1, 2]);
  await after(960);
  expect(bar.counts).toEqual([1, 2, 3]);
  await after(960);
  expect(bar.counts).toEqual([1, 2, 3, undefined]);
  expect(bar.buttons()[0]).toBe("Replay the session");
  await after(5000);
  expect(bar.counts).toHaveLength(4);
  vi.useRealTimers();
});

it("plays a long session in about twelve seconds", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  const long = Array.from({ length: 1200 }, () => steps[0] as TimedStep);
  const bar = openBar({ steps: long, count: 600 });
  await bar.press("Replay the session");
  expect(bar.counts).toEqual([]);
  vi.advanceTimersByTime(40);
  await bar.settle();
  expect(bar.counts).toEqual([604]);
  await bar.press("Stop the replay");
  vi.advanceTimersByTime(400);
  await bar.settle();
  expect(bar.counts).toEqual([604]);
  await bar.press("Replay the session");
  await bar.type("input", "3");
  vi.advanceTimersByTime(400);
  await bar.settle();
  expect(bar.counts).toEqual([604, 3]);
  expect(bar.buttons()[0]).toBe("Replay the session");
  vi.useRealTimers();
});
