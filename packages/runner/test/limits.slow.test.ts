import { expect, it } from "vitest";
import { createBench, limitedUntil, steps } from "./support/runner-cli.ts";

const { investigate, plan } = steps;

it("waits out a subscription limit, also after an interruption, and goes on by itself", async () => {
  // Half a minute is waited beyond the reset; a limit that ended a while ago makes that short.
  const resetsAt = Date.now() - 20_000;
  await using bench = await createBench({ calls: [limitedUntil(resetsAt), investigate, plan] });
  const first = bench.start("t", "--task", "x");
  await expect
    .poll(() => bench.file("_overview.md"), { timeout: 8000 })
    .toContain("Limited Until: ");
  first.kill("SIGINT");
  expect(await first).toMatchObject({ exitCode: 130 });
  expect(bench.claude.calls()).toHaveLength(1);

  expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
  expect(Date.now()).toBeGreaterThanOrEqual(resetsAt + 29_000);
  expect(bench.claude.calls()).toHaveLength(3);
  expect(bench.file("_overview.md")).not.toContain("Limited Until");
  expect(bench.records().map(({ event }) => event)).toContain("agent.limited");
});
