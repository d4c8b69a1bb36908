import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createBench, steps, type Bench } from "./support/runner-cli.ts";

const { ask, investigate, plan, implement } = steps;
const settings = { OVERVIEW_CHART: "yes" };

const marked = (bench: Bench) =>
  [...bench.file("_overview.md").matchAll(/^ {2}class (\w+) current$/gm)].map(([, state]) => state);

it("keeps a chart in the overview, with the state that the session is in", async () => {
  // What stands there while an agent works, the agent itself copies.
  const copy = { do: "bash", command: "cp {session}/_overview.md {session}/seen.md" } as const;
  await using bench = await createBench(
    { calls: [[copy, ...ask], investigate, plan, implement] },
    { settings },
  );
  await bench.run("t", "--task", "x");
  expect(bench.file("seen.md")).toContain("class investigation current");
  expect(marked(bench)).toEqual(["answers"]);
  await bench.run("answer", "t", "Q1=A");
  expect(marked(bench)).toEqual(["paused"]);
  await bench.run("t");
  expect(marked(bench)).toEqual(["approval"]);
  await bench.run("reject", "t", "--feedback", "smaller");
  expect(marked(bench)).toEqual(["paused"]);
});

it("replaces what somebody wrote between the fences, and no byte outside of them", async () => {
  await using bench = await createBench({ calls: [ask, investigate, plan] }, { settings });
  await bench.run("t", "--task", "x");
  const path = join(bench.folder(), "_overview.md");
  const [above = "", below = ""] = readFileSync(path, "utf8").split(/^ {2}class answers current$/m);
  writeFileSync(path, `${above}  class mine current${below}\n## Notes\n*  mine\n`);
  await bench.run("answer", "t", "Q1=A");
  expect(marked(bench)).toEqual(["paused"]);
  expect(bench.file("_overview.md").endsWith("```\n\n## Notes\n*  mine\n")).toBe(true);
});

it("leaves the overview without a chart, or with an old one, if nobody asks for it", async () => {
  await using bench = await createBench({ calls: [ask, investigate, plan] }, { settings });
  await bench.run("t", "--task", "x");
  const { config } = bench.project;
  writeFileSync(config, readFileSync(config, "utf8").replace("OVERVIEW_CHART=yes\n", ""));
  await bench.run("answer", "t", "Q1=A");
  expect(bench.status().blocked).toBe("no");
  expect(marked(bench)).toEqual(["answers"]);
  const path = join(bench.folder(), "_overview.md");
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.slice(0, text.indexOf("\n## Statechart")));
  await bench.run("t");
  expect(bench.file("_overview.md")).not.toContain("mermaid");
  appendFileSync(config, "OVERVIEW_CHART=yes\n");
  await bench.run("approve", "t");
  expect(marked(bench)).toEqual(["paused"]);
});
