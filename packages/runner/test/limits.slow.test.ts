import { expect, it } from "vitest";
import { createBench, steps } from "./support/runner-cli.ts";
import type { Step } from "@samocode/testkit";

const { investigate, plan } = steps;

/** What the CLI prints when a limit of the subscription is hit that ends at this moment. */
const limitedUntil = (resetsAt: number): Step[] => [
  {
    do: "print",
    line: {
      type: "rate_limit_event",
      rate_limit_info: {
        status: "rejected",
        resetsAt: Math.round(resetsAt / 1000),
        rateLimitType: "five_hour",
      },
    },
  },
  {
    do: "result",
    with: {
      is_error: true,
      api_error_status: 429,
      result: "You've hit your session limit · resets 7:24pm (UTC)",
    },
  },
  { do: "exit", code: 1 },
];

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
