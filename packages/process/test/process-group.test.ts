import { spawn } from "node:child_process";
import { expect, test, vi } from "vitest";
import { waitForGroup } from "../src/process-group.ts";

/** Starts a shell that leads a group; settles with its exit once its output is closed. */
function lead(script: string) {
  const child = spawn("/bin/sh", ["-c", script], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (data: Buffer) => (said += data.toString()));
  const ended = new Promise<string>((resolve) => {
    child.once("close", (code, signal) => resolve(String(signal ?? code)));
  });
  return Object.assign(ended, { pid: child.pid, said: () => said });
}

async function begun(group: { said: () => string }): Promise<void> {
  await vi.waitFor(() => expect(group.said()).toContain("begun"), { timeout: 10_000 });
}

test("gives the result of a group that ends by itself, and leaves no timer", async () => {
  const cancel = new AbortController();
  const waited = await waitForGroup(lead("exit 3"), { cancel: cancel.signal, timeoutMs: 60_000 });
  expect(waited).toEqual({ result: "3", isOverTime: false });
  // Nothing is signalled afterwards: the id may be another group's.
  cancel.abort();
});

test("ends the leader and what it has started when it is cancelled", async () => {
  const cancel = new AbortController();
  const group = lead("sleep 300 & echo begun; wait");
  const waiting = waitForGroup(group, { cancel: cancel.signal });
  await begun(group);
  cancel.abort();
  expect(await waiting).toEqual({ result: "SIGTERM", isOverTime: false });
});

test("ends at once what is begun after it was cancelled", async () => {
  const waiting = waitForGroup(lead("sleep 300"), { cancel: AbortSignal.abort() });
  expect((await waiting).result).toBe("SIGTERM");
});

test("kills what does not end on SIGTERM after a grace", async () => {
  const cancel = new AbortController();
  const group = lead("trap '' TERM; echo begun; sleep 300; sleep 300");
  const waiting = waitForGroup(group, { cancel: cancel.signal, graceMs: 50 });
  await begun(group);
  cancel.abort();
  expect((await waiting).result).toBe("SIGKILL");
});

test("ends what takes too long, and says so", async () => {
  const waited = await waitForGroup(lead("sleep 300"), { timeoutMs: 20 });
  expect(waited).toEqual({ result: "SIGTERM", isOverTime: true });
});

test("has nothing to end if nothing was started", async () => {
  const never = Object.assign(Promise.resolve("none"), { pid: undefined });
  expect((await waitForGroup(never, { cancel: AbortSignal.abort() })).result).toBe("none");
});

test("hands a failure on", async () => {
  const failed = Object.assign(Promise.reject(new Error("no luck")), { pid: undefined });
  await expect(waitForGroup(failed, {})).rejects.toThrow("no luck");
});
