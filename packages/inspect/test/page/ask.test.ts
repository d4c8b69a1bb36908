import { afterEach, expect, it, vi } from "vitest";
import { askChart, askDocument, askLog, askSimulation, sendDecision } from "../../page/ask.ts";
import { Refused, stubServer } from "../support/page-dom.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

it("asks by address, with nothing of a name left to be misread", async () => {
  const asked = stubServer((url) => url);
  await askChart();
  await askDocument("a b", "x&y.md");
  await askLog("a", "_logs/1");
  await askSimulation(["signal.done", "stop"], true);
  expect(await askSimulation([], false)).toBe("/api/simulation?path=&verifies=no");
  expect(asked.map(([url]) => url)).toEqual([
    "/api/chart",
    "/api/document?session=a+b&name=x%26y.md",
    "/api/log?session=a&log=_logs%2F1",
    "/api/simulation?path=signal.done%2Cstop&verifies=yes",
    "/api/simulation?path=&verifies=no",
  ]);
});

it("says why there is no answer", async () => {
  stubServer(() => new Refused(404, { message: "there is no such file" }));
  await expect(askDocument("a", "b")).rejects.toThrow("there is no such file");
  stubServer(() => new Error("connection refused"));
  await expect(askChart()).rejects.toThrow("The server cannot be reached.");
});

it("hands in a decision as JSON; a refused one is a reply, too", async () => {
  const fetched = vi.fn<(url: string, options: unknown) => Promise<unknown>>();
  vi.stubGlobal("fetch", fetched);
  const reply = { taken: true, message: "Done.", state: "paused" };
  fetched.mockResolvedValue({ ok: true, status: 200, json: async () => reply });
  expect(await sendDecision("login", { type: "resume" })).toBe(reply);
  expect(fetched).toHaveBeenCalledWith("/api/decision", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: '{"session":"login","decision":{"type":"resume"}}',
  });
  stubServer(() => new Refused(409, { ...reply, taken: false }));
  expect(await sendDecision("login", { type: "resume" })).toMatchObject({ taken: false });
  stubServer(() => new Refused(403, { message: "this page only shows" }));
  await expect(sendDecision("login", { type: "resume" })).rejects.toThrow("this page only shows");
  stubServer(() => new Error("connection refused"));
  await expect(sendDecision("login", { type: "resume" })).rejects.toThrow(
    "The server cannot be reached. Nothing was sent.",
  );
});
