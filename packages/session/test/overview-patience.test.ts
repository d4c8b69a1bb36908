import { OverviewError } from "@samocode/core/overview";
import { createTempFolder } from "@samocode/testkit";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { withReadableOverview } from "../src/overview-patience.ts";

const missing = new OverviewError({ found: "no file", expected: "a", file: "/no/such/file" });

/** Fails so many times. */
function failing(times: number, error: Error = missing) {
  let calls = 0;
  return vi.fn<() => string>(() => {
    if (calls++ < times) throw error;
    return "read";
  });
}

it("does it again until the overview can be read, and reports each fault", async () => {
  const action = failing(3);
  const onFault = vi.fn<(error: OverviewError) => void>();
  expect(await withReadableOverview(action, { pollMs: 1, maxMs: 60_000, onFault })).toBe("read");
  expect(action).toHaveBeenCalledTimes(4);
  expect(onFault.mock.calls).toEqual([[missing], [missing], [missing]]);
});

it("gives up when the time is over", async () => {
  const action = failing(9);
  await expect(withReadableOverview(action, { pollMs: 1, maxMs: 0 })).rejects.toBe(missing);
  expect(action).toHaveBeenCalledOnce();
});

it("gives up when it is cancelled", async () => {
  const cancel = new AbortController();
  const action = failing(9);
  const onFault = () => cancel.abort();
  const options = { maxMs: Number.POSITIVE_INFINITY, cancel: cancel.signal, onFault };
  await expect(withReadableOverview(action, options)).rejects.toBe(missing);
  expect(action).toHaveBeenCalledOnce();
});

it("ends a pause when it is cancelled", async () => {
  const cancel = new AbortController();
  const action = failing(9);
  const options = { maxMs: Number.POSITIVE_INFINITY, pollMs: 3_600_000, cancel: cancel.signal };
  const done = withReadableOverview(action, options);
  setTimeout(() => cancel.abort(), 5);
  await expect(done).rejects.toBe(missing);
});

it("does not wait for another fault", async () => {
  const action = failing(1, new TypeError("x"));
  await expect(withReadableOverview(action, { maxMs: 60_000 })).rejects.toThrow(TypeError);
  expect(action).toHaveBeenCalledOnce();
});

it("does not wait for a file that was wrong long before", async () => {
  await using folder = await createTempFolder("samocode-patience-");
  const file = join(folder.path, "_overview.md");
  writeFileSync(file, "");
  const error = new OverviewError({ found: "a", expected: "b", file });
  const action = failing(Number.POSITIVE_INFINITY, error);
  const countCalls = async (sinceSave: number): Promise<number> => {
    action.mockClear();
    // The time of its last change cannot be set: it is that of now, by a clock that may be set meanwhile.
    vi.setSystemTime(statSync(file).ctimeMs + sinceSave);
    await expect(withReadableOverview(action, { pollMs: 20, maxMs: 30 })).rejects.toBe(error);
    return action.mock.calls.length;
  };
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  expect(await countCalls(0)).toBeGreaterThanOrEqual(2);
  expect(await countCalls(31)).toBe(1);
});
