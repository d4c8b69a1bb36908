import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openLive, type Live } from "../../page/live.ts";

/** A connection as the browser makes it, in the hands of the test. */
class TestSource {
  static readonly CLOSED = 2;
  readyState = 1;
  readonly url: string;
  readonly #listeners = new Map<string, (event: { readonly data: string }) => void>();
  constructor(url: string) {
    this.url = url;
    sources.push(this);
  }
  addEventListener(type: string, listener: (event: { readonly data: string }) => void): void {
    this.#listeners.set(type, listener);
  }
  emit(type: string, value: unknown = {}): void {
    this.#listeners.get(type)?.({ data: JSON.stringify(value) });
  }
  close(): void {
    this.readyState = TestSource.CLOSED;
  }
}

const sources: TestSource[] = [];
const page = new EventTarget() as EventTarget & { visibilityState: string };
const told: unknown[] = [];
let live: Live;
const isOpen = () => sources.map(({ readyState }) => readyState !== TestSource.CLOSED);
const see = (visibilityState: "visible" | "hidden"): void => {
  page.visibilityState = visibilityState;
  page.dispatchEvent(new Event("visibilitychange"));
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", TestSource);
  vi.stubGlobal("document", page);
  page.visibilityState = "visible";
  sources.length = 0;
  told.length = 0;
  live = openLive(
    (message) => told.push(message),
    (connection) => told.push(connection.type),
    () => "file.3",
  );
});
afterEach(() => {
  live.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("connects for what is shown, and tells what comes", () => {
  live.show("a b");
  live.show("a b");
  expect(sources.map(({ url }) => url)).toEqual(["/api/stream?session=a+b"]);
  sources[0]?.emit("open");
  sources[0]?.emit("list", [1]);
  sources[0]?.emit("hello", { readOnly: true });
  expect(told).toEqual([
    { type: "show", name: "a b" },
    "open",
    { type: "list", rows: [1] },
    { type: "hello", readOnly: true },
  ]);
  live.show(undefined);
  expect(sources.map(({ url }) => url)).toEqual(["/api/stream?session=a+b", "/api/stream?"]);
  expect(isOpen()).toEqual([false, true]);
  sources[0]?.emit("list", [2]);
  expect(told).toHaveLength(5);
});

it("keeps no connection while nobody sees the page, and comes back with what is known", () => {
  live.show("a");
  see("hidden");
  expect(isOpen()).toEqual([false]);
  see("visible");
  expect(sources.at(-1)?.url).toBe("/api/stream?session=a&known=file.3");
  expect(isOpen()).toEqual([false, true]);
  see("visible");
  expect(isOpen()).toEqual([false, true]);
});

it("takes a glance at the list while nobody sees it, and lets go again", () => {
  live.show("a");
  see("hidden");
  vi.advanceTimersByTime(20_000);
  expect(sources).toHaveLength(1);
  vi.advanceTimersByTime(5_000);
  expect(isOpen()).toEqual([false, true]);
  sources[1]?.emit("view");
  expect(isOpen()).toEqual([false, true]);
  sources[1]?.emit("list", []);
  expect(isOpen()).toEqual([false, false]);
});

it("keeps the connection at a list while somebody sees it", () => {
  live.show("a");
  sources[0]?.emit("list", []);
  expect(isOpen()).toEqual([true]);
});

it("takes a connection that is silent for dead, and each word for life", () => {
  live.show("a");
  vi.advanceTimersByTime(40_000);
  expect(sources).toHaveLength(1);
  sources[0]?.emit("tick");
  vi.advanceTimersByTime(40_000);
  expect(sources).toHaveLength(1);
  vi.advanceTimersByTime(5_000);
  expect(isOpen()).toEqual([false, true]);
});

it("says that it is lost, and why where the server does not know it", async () => {
  const message = "look for the link";
  vi.stubGlobal("fetch", async () => ({ status: 401, json: async () => ({ message }) }));
  live.show("a");
  const [source] = sources;
  source?.emit("error");
  expect(told.at(-1)).toBe("lost");
  source?.close();
  source?.emit("error");
  await vi.advanceTimersByTimeAsync(1);
  expect(told.at(-1)).toBe("refused");
});

it("tries again after an answer that was no stream", async () => {
  vi.stubGlobal("fetch", async () => Promise.reject(new Error("refused")));
  live.show("a");
  sources[0]?.close();
  sources[0]?.emit("error");
  await vi.advanceTimersByTimeAsync(2_999);
  expect(sources).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(sources.at(-1)?.url).toBe("/api/stream?session=a&known=file.3");
});

it("lets go of everything", () => {
  live.show("a");
  live.close();
  see("hidden");
  see("visible");
  vi.advanceTimersByTime(100_000);
  expect(isOpen()).toEqual([false]);
});
