import { h } from "preact";
import { expect, it, vi } from "vitest";
import { App } from "../../page/app.tsx";
import { createChartView } from "../../src/chart-view.ts";
import type { SessionRow } from "../../src/session-list.ts";
import { openPageDom, Refused, stubServer } from "../support/page-dom.ts";

const chart = createChartView({ maxRetries: 3 });
const row = (name: string, state: string): SessionRow => ({
  name,
  state,
  phase: "planning",
  openQuestions: 0,
  iteration: 1,
  costUsd: 0,
  isRunning: false,
});

async function openApp(hash = "", answer: unknown = chart) {
  const dom = openPageDom(hash);
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"], now: 1_000_000 });
  const listeners = new Map<string, (event: { readonly data: string }) => void>();
  const urls: string[] = [];
  vi.stubGlobal(
    "EventSource",
    class {
      static readonly CLOSED = 2;
      readyState = 1;
      constructor(url: string) {
        urls.push(url);
      }
      addEventListener(type: string, listener: (event: { readonly data: string }) => void): void {
        listeners.set(type, listener);
      }
      close(): void {}
    },
  );
  const server = { chart: answer };
  const asked = stubServer((url) => (url === "/api/chart" ? server.chart : { states: [] }));
  const emit = async (type: string, value: unknown = {}): Promise<void> => {
    listeners.get(type)?.({ data: JSON.stringify(value) });
    await dom.settle();
  };
  const wait = async (ms: number): Promise<void> => {
    vi.advanceTimersByTime(ms);
    await dom.settle();
  };
  dom.show(h(App, {}));
  await dom.settle();
  return { ...dom, emit, wait, urls, asked, server };
}
const rows = [row("cart", "paused"), row("login", "blocked"), row("pay", "waiting.answers")];
const view = { ...row("login", "paused"), folder: "/s/login", questions: [] };

it("shows the sessions on the start page, and says what to do there", async () => {
  const app = await openApp();
  expect(app.find(".page").className).toBe("page list");
  expect(app.text("main h1")).toBe("Sessions");
  expect(app.text("main")).toBe("SessionsLoading sessions…");
  expect(app.text(".welcome")).toBe("");
  await app.emit("list", rows);
  expect(app.texts(".sessions .name")).toEqual(["login", "pay", "cart"]);
  expect(app.text(".welcome")).toContain("2 sessions need you.");
  expect(document.title).toBe("(2) sessions · samocode");
  expect(app.urls).toEqual(["/api/stream?"]);
  expect(app.has(".back, .tag")).toBe(false);
});

it("shows a session, beside the others, and begins at its top", async () => {
  const app = await openApp();
  await app.emit("list", []);
  expect(document.title).toBe("sessions · samocode");
  await app.go("#/session/login");
  expect(app.find(".page").className).toBe("page session");
  expect(app.urls.at(-1)).toBe("/api/stream?session=login");
  expect(scrollTo).toHaveBeenLastCalledWith(0, 0);
  expect(app.text("aside h2")).toBe("Sessions");
  expect(app.text("main")).toBe("");
  expect(document.title).toBe("login · samocode");
  await app.emit("view", { view });
  expect(app.text("main h1")).toBe("login");
  expect(app.text(".back")).toBe("all sessions");
  expect(app.has(".welcome")).toBe(false);
  const scrolls = vi.mocked(scrollTo).mock.calls.length;
  await app.go("#/session/cart");
  expect(app.text("main")).toBe("");
  expect(vi.mocked(scrollTo).mock.calls.length).toBe(scrolls + 1);
});

it("shows the machine", async () => {
  const app = await openApp("#/machine");
  expect(app.text("main h1")).toBe("The machine");
  expect(document.title).toBe("the machine · samocode");
  expect(app.find("nav a").getAttribute("aria-current")).toBe("page");
  await app.go("#/");
  expect(app.find("nav a").getAttribute("aria-current")).toBe(null);
});

it("says whether it is connected, and only after a while that it is not", async () => {
  const app = await openApp();
  const sign = () => app.text(".connection");
  expect(sign()).toBe("connecting");
  await app.emit("open");
  expect(sign()).toBe("live");
  expect(app.find(".connection").className).toBe("connection open");
  await app.emit("error");
  expect(sign()).toBe("connecting");
  await app.wait(3000);
  expect(sign()).toBe("connecting");
  // It is lost since the first try that failed.
  await app.emit("error");
  await app.wait(1000);
  expect(sign()).toBe("not connected, retrying");
  await app.emit("open");
  expect(sign()).toBe("live");
});

it("takes no decision while it is not connected", async () => {
  const app = await openApp("#/session/login");
  await app.emit("open");
  await app.emit("view", { view: { ...view, state: "blocked" } });
  expect(app.find(".now button").matches(":disabled")).toBe(false);
  await app.emit("error");
  await app.wait(3000);
  expect(app.find(".now button").matches(":disabled")).toBe(false);
  await app.wait(1000);
  expect(app.find(".now button").matches(":disabled")).toBe(true);
});

it("says that it only shows", async () => {
  const app = await openApp();
  await app.emit("hello", { readOnly: true });
  expect(app.text(".tag")).toBe("read-only");
});

it("asks again for the chart once it is connected, if it has none", async () => {
  const app = await openApp("#/session/login");
  expect(app.has("main")).toBe(true);
  await app.emit("open");
  expect(app.asked).toHaveLength(1);
});

it("shows no session without the chart, and asks for it again", async () => {
  const app = await openApp("#/session/login", new Refused(500, { message: "broken" }));
  expect(app.has("main")).toBe(false);
  expect(app.asked).toHaveLength(1);
  app.server.chart = chart;
  await app.emit("open");
  await app.settle();
  expect(app.asked).toHaveLength(2);
  expect(app.has("main")).toBe(true);
});

it("leads past the sessions to the content, without a change of the address", async () => {
  const app = await openApp("#/session/login");
  await app.emit("view", { view });
  await app.click(".skip");
  expect(document.activeElement).toBe(app.find("main"));
  expect(app.find("main").getAttribute("tabindex")).toBe("-1");
  expect(location.hash).toBe("#/session/login");
});
