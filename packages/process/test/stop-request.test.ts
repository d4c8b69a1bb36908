import { afterEach, describe, expect, test } from "vitest";
import { listenForStop, type StopRequest } from "../src/stop-request.ts";

let request: StopRequest | undefined;
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

afterEach(() => {
  request?.release();
});

function counts(): readonly number[] {
  return signals.map((signal) => process.listenerCount(signal));
}

describe.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 143],
] as const)("%s", (signal, code) => {
  test("asks for a clean stop, and a second one for an end at once", () => {
    request = listenForStop({ ignoresHangup: false });
    expect([request.cancel.aborted, request.kill.aborted, request.exitCode()]).toEqual([
      false,
      false,
      undefined,
    ]);
    process.emit(signal);
    expect([request.cancel.aborted, request.kill.aborted, request.exitCode()]).toEqual([
      true,
      false,
      code,
    ]);
    process.emit(signal);
    expect([request.cancel.aborted, request.kill.aborted, request.exitCode()]).toEqual([
      true,
      true,
      code,
    ]);
  });
});

test("the exit code is that of the first signal", () => {
  request = listenForStop({ ignoresHangup: false });
  process.emit("SIGTERM");
  process.emit("SIGINT");
  expect(request.exitCode()).toBe(143);
  expect(request.kill.aborted).toBe(true);
});

test("a hangup that is to be ignored stops nothing, and the other signals do", () => {
  const [, , hangups = 0] = counts();
  request = listenForStop({ ignoresHangup: true });
  expect(process.listenerCount("SIGHUP")).toBe(hangups);
  process.emit("SIGHUP");
  expect(request.cancel.aborted).toBe(false);
  process.emit("SIGTERM");
  expect(request.exitCode()).toBe(143);
});

test("a key that interrupts is a SIGINT", () => {
  request = listenForStop({ ignoresHangup: false });
  request.interrupt();
  expect(request.exitCode()).toBe(130);
});

test("nothing listens any more once it is released", () => {
  const before = counts();
  request = listenForStop({ ignoresHangup: false });
  expect(counts()).toEqual(before.map((count) => count + 1));
  request.release();
  expect(counts()).toEqual(before);
});
