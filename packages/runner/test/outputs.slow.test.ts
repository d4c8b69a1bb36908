import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createBench, steps } from "./support/runner-cli.ts";

const { investigate, plan } = steps;

it("goes on where nobody reads its events any more", async () => {
  await using bench = await createBench({
    calls: [[{ do: "sleep", ms: 500 }, ...investigate], plan],
  });
  const run = bench.start("t", "--task", "x", "--json");
  run.stdout?.once("data", () => run.stdout?.destroy());
  const { exitCode, stderr } = await run;
  expect(exitCode).toBe(3);
  expect(stderr).not.toContain("EPIPE");
  expect(bench.claude.calls()).toHaveLength(2);
});

it("says which file is in its way, without a stack", async () => {
  await using bench = await createBench({ calls: [investigate, plan] });
  await bench.run("t", "--task", "x", "--max-iterations", "1");
  const logs = join(bench.folder(), "_logs");
  rmSync(logs, { recursive: true });
  writeFileSync(logs, "");
  const { exitCode, stderr } = await bench.run("t");
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`\`${logs}\`: something else has that name`);
  expect(stderr).not.toMatch(/bug|^ {4}at /m);
});
