import { describe, expect, it } from "vitest";
import { formatSvg } from "../src/chart/chart-svg.ts";
import { createChart } from "../src/chart/chart.ts";
import { placeChart } from "./layout/chart-placement.ts";
import { sketchOutline, sketchWhole } from "./layout/chart-sketch.ts";
import { formatLayoutModule } from "./layout/layout-module.ts";
import { formatChartDocument } from "./support/chart-document.ts";

describe("what is generated from the machine (npx -y pnpm@12 chart)", () => {
  it("shows the outline as the machine is", async () => {
    const layout = await placeChart(sketchOutline(createChart()));
    const comment = "The places of the outline: the chart as one explains it first.";
    await expect(formatLayoutModule("outlineLayout", comment, layout)).toMatchFileSnapshot(
      "../src/chart/chart-layout-outline.ts",
    );
    await expect(formatSvg(layout)).toMatchFileSnapshot("../../../docs/statechart.svg");
  });

  it("shows the whole chart as the machine is", async () => {
    const layout = await placeChart(sketchWhole(createChart()));
    const comment = "The places of the whole chart: every state and every edge.";
    await expect(formatLayoutModule("wholeLayout", comment, layout)).toMatchFileSnapshot(
      "../src/chart/chart-layout-whole.ts",
    );
    await expect(formatSvg(layout)).toMatchFileSnapshot("../../../docs/statechart-whole.svg");
  });

  it("describes both in docs/statechart.md", async () => {
    await expect(formatChartDocument()).toMatchFileSnapshot("../../../docs/statechart.md");
  });
});
