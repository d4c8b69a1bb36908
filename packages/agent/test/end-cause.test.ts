import { describe, expect, test } from "vitest";
import type { StreamProgress } from "@samocode/agent";
import { findEndCause, type AgentState } from "../src/end-cause.ts";

const limits = { deadlineAt: 0, idleMs: 900_000 };
const progress: StreamProgress = {
  hasBegun: true,
  hasResult: false,
  atRest: false,
  costUsd: 0,
  isUnauthorized: false,
};
const working: AgentState = {
  progress,
  isCancelled: false,
  leftMs: 1000,
  silentMs: 0,
  logBytes: 0,
};
const atRest = { ...progress, hasResult: true, atRest: true };
const refused = { ...progress, isUnauthorized: true };

describe("why an agent is stopped", () => {
  test.each([
    ["nothing", {}, undefined],
    ["a cancel, whatever else", { isCancelled: true, leftMs: -1 }, "cancelled"],
    ["a login that is refused", { progress: refused }, "unauthorized"],
    ["a cancel before that", { progress: refused, isCancelled: true }, "cancelled"],
    ["the deadline", { leftMs: 0 }, "timeout"],
    ["silence", { silentMs: 900_000 }, "idle"],
    ["silence that is not long enough", { silentMs: 899_999 }, undefined],
    ["the deadline before silence", { leftMs: 0, silentMs: 900_000 }, "timeout"],
    ["a log that is too large", { logBytes: 5 * 1024 ** 3 }, "flood"],
    [
      "half a minute of silence after the result",
      { progress: atRest, silentMs: 30_000 },
      "settled",
    ],
    ["less of it", { progress: atRest, silentMs: 29_999 }, undefined],
    ["the deadline after the result", { progress: atRest, leftMs: 0 }, "settled"],
  ])("%s", (_, change, cause) => {
    expect(findEndCause({ ...working, ...change }, limits)).toBe(cause);
  });

  test("a cost above its limit, but only where it goes on after the result that tells of it", () => {
    const dear = { ...working, progress: { ...progress, hasResult: true, costUsd: 2 } };
    expect(findEndCause(dear, { ...limits, maxCostUsd: 1.99 })).toBe("budget");
    expect(findEndCause(dear, { ...limits, maxCostUsd: 2 })).toBeUndefined();
    expect(findEndCause(dear, limits)).toBeUndefined();
    const done = { ...working, progress: { ...atRest, costUsd: 2 } };
    expect(findEndCause(done, { ...limits, maxCostUsd: 1 })).toBeUndefined();
  });

  test("an idle limit of 0 is none", () => {
    const silent = { ...working, silentMs: 1e9 };
    expect(findEndCause(silent, { ...limits, idleMs: 0 })).toBeUndefined();
  });
});
