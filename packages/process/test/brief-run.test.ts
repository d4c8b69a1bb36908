import { closeSync, copyFileSync, openSync } from "node:fs";
import { join } from "node:path";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import { runBriefly } from "../src/brief-run.ts";

const shell = (script: string, more: Partial<Parameters<typeof runBriefly>[0]> = {}) =>
  runBriefly({
    path: "/bin/sh",
    args: ["-c", script],
    env: { PATH: process.env["PATH"] },
    timeoutMs: 60_000,
    ...more,
  });

it("reads what a program says, line by line, and how it ended", async () => {
  expect(await shell("echo one; echo two; exit 3")).toEqual({ lines: ["one", "two"], code: 3 });
  expect(await shell("printf end")).toEqual({ lines: ["end"], code: 0 });
  expect(await shell(":")).toEqual({ lines: [], code: 0 });
});

it("hands on input, environment and folder, and nothing else", async () => {
  expect(await shell("cat", { input: "said" })).toEqual({ lines: ["said"], code: 0 });
  expect(await shell("cat")).toEqual({ lines: [], code: 0 });
  const { lines } = await shell("pwd; echo $ONE; echo $HOME", { cwd: "/", env: { ONE: "1" } });
  expect(lines).toEqual(["/", "1", ""]);
});

const isEnough = (line: string): boolean => line === "two";

it("ends it as soon as it has said enough, with no code", async () => {
  expect(await shell("echo one; echo two; sleep 600", { isEnough })).toEqual({
    lines: ["one", "two"],
  });
});

it("ends it when its time is over", async () => {
  const answer = await shell("echo one; sleep 600 & sleep 600", { timeoutMs: 300 });
  expect(answer).not.toHaveProperty("code");
});

it("says why a program cannot be started, and gives no code to one that was killed", async () => {
  const answer = await shell("", { path: "/nowhere/claude" });
  expect(answer).toEqual({ lines: [], failure: expect.stringContaining("ENOENT") });
  expect(await shell("kill -9 $$")).toEqual({ lines: [] });
});

it.runIf(process.platform === "linux")("says so if a program is being written", async () => {
  await using folder = await createTempFolder();
  const path = join(folder.path, "program");
  copyFileSync("/bin/sh", path);
  const file = openSync(path, "r+");
  const answer = await shell("", { path });
  closeSync(file);
  expect(answer).toEqual({ lines: [], failure: expect.stringContaining("ETXTBSY") });
});

it.each(["before it starts", "while it runs"])("ends it when it is cancelled %s", async (when) => {
  const controller = new AbortController();
  const cancel = controller.signal;
  if (when === "before it starts") controller.abort();
  else setTimeout(() => controller.abort(), 100);
  const answer = await shell("sleep 600", { cancel });
  expect(answer).toEqual({ lines: [] });
});
