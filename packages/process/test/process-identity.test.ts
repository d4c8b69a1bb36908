import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import {
  identifyProcess,
  isAlive,
  livenessOf,
  ownIdentity,
  ProcessIdentity,
} from "../src/process-identity.ts";

test("this process is alive, also after a round trip through JSON", () => {
  const read = ProcessIdentity.parse(JSON.parse(JSON.stringify(ownIdentity())));
  expect(read).toMatchObject({ pid: process.pid, host: hostname() });
  expect(livenessOf(read)).toBe("alive");
});

test("a process is alive until it is killed, then dead", async () => {
  const child = spawn("sleep", ["60"]);
  const identity = identifyProcess(child.pid ?? 0);
  expect(identity && isAlive(identity)).toBe(true);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(identity && livenessOf(identity)).toBe("dead");
  expect(identifyProcess(child.pid ?? 0)).toBeUndefined();
});

test("a pid that was given to another process is dead: its start time differs", () => {
  expect(livenessOf({ ...ownIdentity(), startTime: "1" })).toBe("dead");
});

test("a process of an earlier boot of this machine is dead, whatever has its pid now", () => {
  expect(livenessOf({ ...ownIdentity(), bootId: "earlier" })).toBe("dead");
});

test("a process of another machine is elsewhere", () => {
  const other = { ...ownIdentity(), host: "another-host", bootId: "another-boot" };
  expect(livenessOf(other)).toBe("elsewhere");
  expect(livenessOf({ ...other, bootId: null })).toBe("elsewhere");
});

test("a machine that changed its name since is known by its boot id", () => {
  expect(livenessOf({ ...ownIdentity(), host: "old-name" })).toBe("alive");
});

test("a process of another container is elsewhere, for its pids mean nothing here", () => {
  expect(livenessOf({ ...ownIdentity(), pidNamespace: "pid:[1]" })).toBe(
    process.platform === "linux" ? "elsewhere" : "alive",
  );
});

test("where nothing but the pid is known, a process with that pid counts as alive", () => {
  const bare = { ...ownIdentity(), startTime: null, bootId: null, pidNamespace: null };
  expect(livenessOf(bare)).toBe("alive");
});

test.runIf(process.platform === "linux")("a zombie is dead", async () => {
  // The shell becomes `sleep`, which never waits for the child that it inherited.
  const parent = spawn("sh", ["-c", "sleep 0.1 & echo $!; exec sleep 60"]);
  try {
    const [chunk] = await once(parent.stdout, "data");
    const pid = Number(String(chunk));
    const identity = identifyProcess(pid);
    while (!readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ")) await sleep(10);
    expect(identity && livenessOf(identity)).toBe("dead");
    expect(identifyProcess(pid)).toBeUndefined();
  } finally {
    parent.kill("SIGKILL");
  }
});

test.runIf(process.platform === "linux")(
  "a process whose name holds spaces and brackets is told apart all the same",
  async () => {
    const child = spawn(process.execPath, [
      "-e",
      "process.title = 'a) R 1 (b'; console.log('named'); setInterval(() => {}, 1000)",
    ]);
    try {
      await once(child.stdout, "data");
      const identity = identifyProcess(child.pid ?? 0);
      expect(Number(identity?.startTime)).toBeGreaterThan(Number(ownIdentity().startTime));
    } finally {
      child.kill("SIGKILL");
    }
  },
);
