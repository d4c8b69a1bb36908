import { expect, it } from "vitest";
import { createChart } from "../src/chart.ts";
import { placeChart } from "./layout/chart-placement.ts";
import { sketchOutline, sketchWhole } from "./layout/chart-sketch.ts";
import { formatLayoutModule } from "./layout/layout-module.ts";

it("ships the layout of the outline as the machine is (npx vitest run --project slow packages/core/test/chart-layout.slow.test.ts -u)", async () => {
  const layout = await placeChart(sketchOutline(createChart()));
  const comment = "The places of the outline: the chart as one explains it first.";
  await expect(formatLayoutModule("outlineLayout", comment, layout)).toMatchFileSnapshot(
    "../src/chart-layout-outline.ts",
  );
});

it("ships the layout of the whole chart as the machine is", async () => {
  const layout = await placeChart(sketchWhole(createChart()));
  const comment = "The places of the whole chart: every state and every edge.";
  await expect(formatLayoutModule("wholeLayout", comment, layout)).toMatchFileSnapshot(
    "../src/chart-layout-whole.ts",
  );
});
