import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createBench, steps } from "./support/runner-cli.ts";

it("what an iteration has cost that was stopped before it told it is said to be unknown", async () => {
  await using bench = await createBench({
    calls: [[{ do: "say", text: "I look around." }, { do: "hang" }], steps.investigate],
  });
  const flags = ["--timeout", "1", "--max-retries", "0", "--notify", "cmd:tee notice.json"];
  const { exitCode, stderr } = await bench.run("t", "--task", "x", ...flags);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("1 iteration, at least $0.00");
  const notice = readFileSync(join(bench.project.root, "notice.json"), "utf8");
  expect(JSON.parse(notice)).toMatchObject({
    costIsLeast: true,
    text: expect.stringContaining("at least $0.00") as string,
  });
  expect(bench.records().at(-1)).toMatchObject({
    event: "agent.timedOut",
    costUnknown: true,
    memory: { costUsd: 0, costIsLeast: true },
  });
  // Once it is not known, it never is again.
  await bench.run("t", "--max-iterations", "1");
  const { stdout } = await bench.run("status", "t", "--json");
  expect(JSON.parse(stdout)).toMatchObject({ costIsLeast: true });
  expect((await bench.run("list")).stdout).toMatch(/≥ \$\d/);
});
