import { createMachine } from "xstate";
import { createChart, formatMermaid, formatSvg, wholeLayout } from "@samocode/core/chart";
import { expect, it } from "vitest";
import { createBench, steps } from "./support/runner-cli.ts";

const { ask, investigate, plan } = steps;

it("prints the chart as Mermaid text, as a picture and as JSON, from anywhere", async () => {
  await using bench = await createBench({ calls: [] });
  const mermaid = await bench.run("graph");
  expect(mermaid).toMatchObject({ exitCode: 0, stderr: "" });
  expect(`${mermaid.stdout}\n`).toBe(formatMermaid(createChart(), { compact: true }));
  const svg = await bench.run("graph", "--format", "svg", "--full");
  expect(`${svg.stdout}\n`).toBe(formatSvg(wholeLayout));
  const json = await bench.run("graph", "--format", "json");
  expect(createChart(createMachine(JSON.parse(json.stdout)))).toEqual(createChart());
});

it("marks where a session is, where it has been and which way it came", async () => {
  await using bench = await createBench({ calls: [ask, investigate, plan] });
  await bench.run("t", "--task", "x", "--accept-suggestions");
  expect(bench.status().phase).toBe("planning");
  const { stdout: mermaid } = await bench.run("graph", "t");
  expect(mermaid).toContain("class approval current");
  expect(mermaid).toMatch(/class .*investigation.* visited/);
  const { stdout: json } = await bench.run("graph", "t", "--format", "json");
  expect(JSON.parse(json).meta).toMatchObject({ current: "waiting.approval" });
  const { stdout: svg } = await bench.run("graph", "t", "--format", "svg");
  const classOf = (attribute: string) =>
    new RegExp(`class="([^"]*)" data-[a-z]+="${attribute}"`).exec(svg)?.[1];
  expect(classOf("waiting.approval")).toBe("state person current visited");
  expect(classOf("working.planning")).toBe("state agent visited");
  expect(classOf("working.testing")).toBe("state agent");
  expect(classOf("working.investigation&#62;working.planning")).toBe("arrow taken");
  expect(classOf("waiting&#62;working")).toBe("arrow taken possible");
  expect(classOf("blocked&#62;working")).toBe("arrow");
  expect(svg).toContain("Statechart of the session t: waits for approval of the plan");
  const { stdout: status } = await bench.run("status", "t");
  expect(status).toContain("investigation ✓ → planning ● (waiting for approval) → implementation");
});

it("says what can be asked for", async () => {
  await using bench = await createBench({ calls: [] });
  const format = await bench.run("graph", "--format", "png");
  expect(format.exitCode).toBe(2);
  expect(format.stderr).toContain("mermaid, svg, json");
  const session = await bench.run("graph", "nobody");
  expect(session.exitCode).toBe(2);
  expect(session.stderr).toContain("nobody");
});
