import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readLockHolder, isAlive } from "@samocode/process";
import { createMcpBench } from "./mcp-bench.ts";

const hang = [{ do: "hang" }] as const;
const task = "Add JWT login.";

it("has one runner and one agent, however many servers start the same session at once", async () => {
  await using mcp = await createMcpBench({ calls: [hang, hang, hang, hang] });
  const { bench } = mcp;
  const parents = await Promise.all([1, 2, 3, 4].map(() => mcp.connect()));
  for (const [before, name] of ["login", "logout", "refund"].entries()) {
    const started = await Promise.all(
      parents.flatMap(({ call }) => [
        call("start", { session: name, task }),
        call("start", { session: name, task }),
      ]),
    );
    const folder = readdirSync(bench.project.sessions).find((entry) => entry.endsWith(name)) ?? "";
    const holder = readLockHolder(join(bench.project.sessions, folder, ".run.lock"));
    expect(holder !== undefined && isAlive(holder)).toBe(true);
    for (const { text, isError } of started) {
      expect({ text, isError }).toMatchObject({ isError: false });
      expect(text).toContain(`pid ${holder?.pid}`);
    }
    expect(started.filter(({ text }) => /^It runs \(/m.test(text))).toHaveLength(1);
    await expect.poll(() => bench.claude.calls().length).toBe(before + 1);
    await parents[0]?.call("stop", { session: name, now: true });
  }
  expect(bench.claude.calls()).toHaveLength(3);
  const log = await bench.project.git("worktree", "list");
  expect(log.split("\n")).toHaveLength(4);
});

it("has one runner when a person types `run` in the moment in which a parent starts the same session", async () => {
  await using mcp = await createMcpBench({ calls: [hang, hang, hang] });
  const { bench } = mcp;
  const { call } = await mcp.connect();
  for (const [before, name] of ["login", "logout", "refund"].entries()) {
    const typed = bench.start("run", name, "--task", task, "--wait");
    const { isError, text } = await call("start", { session: name, task });
    expect({ isError, text }).toMatchObject({ isError: false });
    await expect.poll(() => bench.claude.calls().length).toBe(before + 1);
    await call("stop", { session: name, now: true });
    // Either was first: the one that was not is told so, and does nothing.
    expect([5, 130]).toContain((await typed).exitCode);
  }
  expect(bench.claude.calls()).toHaveLength(3);
});
