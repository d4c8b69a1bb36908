import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createCrashBench } from "./crash/support/crash-bench.ts";
import { createBench, steps } from "./support/runner-cli.ts";

const { investigate, plan } = steps;

it("spends no iteration that it interrupts before its agent says a word, and leaves no trace of it", async () => {
  await using bench = await createBench({ calls: [investigate, plan] });
  const silent = join(bench.project.root, "silent.sh");
  const started = join(bench.project.root, "started");
  const isAsked = '[ "$1" = --version ] && exit';
  writeFileSync(silent, `#!/bin/sh\n${isAsked}\n: >"${started}"\nexec sleep 60\n`);
  chmodSync(silent, 0o755);
  const first = bench.start("t", "--task", "x", "--claude-path", silent);
  await expect.poll(() => existsSync(started)).toBe(true);
  first.kill("SIGINT");
  expect(await first).toMatchObject({ exitCode: 130 });
  expect(bench.records().at(-1)).toMatchObject({
    event: "agent.interrupted",
    to: "paused",
    memory: { iteration: 0, counts: { investigation: 0 } },
  });
  expect(
    readdirSync(join(bench.folder(), "_logs")).filter((name) => !name.endsWith(".txt")),
  ).toEqual([]);
  expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
  expect(bench.claude.calls().map(({ iteration }) => iteration)).toEqual(["1", "2"]);
  expect(bench.status()).toMatchObject({ waitingFor: "plan_approval" });
});

it("ends a program that does not say its version, and makes no session", async () => {
  await using bench = await createBench({ calls: [] });
  const silent = join(bench.project.root, "silent.sh");
  const started = join(bench.project.root, "started");
  writeFileSync(silent, `#!/bin/sh\necho $$ >"${started}"\nexec sleep 60\n`);
  chmodSync(silent, 0o755);
  const run = bench.start("t", "--task", "x", "--claude-path", silent);
  await expect.poll(() => existsSync(started) && readFileSync(started, "utf8")).toMatch(/\n/);
  run.kill("SIGTERM");
  expect(await run).toMatchObject({ exitCode: 143 });
  const pid = Number(readFileSync(started, "utf8"));
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  expect(readdirSync(bench.project.sessions)).toEqual([]);
});

it("starts no agent any more where it is interrupted while it makes one ready", async () => {
  await using bench = await createCrashBench();
  const [calls = []] = bench.calls;
  const spawnAt = calls.findIndex(
    ({ name }) => name.includes("agent.sh") && !name.includes("--version"),
  );
  // From the record of the iteration on, up to the last file that is opened for its agent.
  const begun = calls
    .slice(0, spawnAt)
    .filter(({ name }) => /history|prompt|jsonl|stderr/.test(name));
  expect(begun.length).toBeGreaterThan(3);
  for (const call of begun.slice(-6)) {
    await bench.restore("0");
    const fault = { call: call.name, at: call.at, mode: "before", signal: "SIGINT" } as const;
    const { exitCode } = await bench.run(["run", "login", "--task", "Add JWT login."], { fault });
    expect([call.name, exitCode]).toEqual([call.name, 130]);
    const { started, memory } = await bench.trace();
    expect([call.name, started, memory?.iteration]).toEqual([call.name, [], 0]);
  }
});
