import { expect, it } from "vitest";
import { createChart } from "../src/chart.ts";
import { outlineChart } from "../src/chart-outline.ts";
import { placeChart } from "./layout/chart-placement.ts";
import { formatLayoutModule } from "./layout/layout-module.ts";

it("ships the layout of the outline as the machine is (npx vitest run --project slow packages/core/test/chart-layout.slow.test.ts -u)", async () => {
  const layout = await placeChart(outlineChart(createChart()));
  await expect(
    formatLayoutModule(
      "outlineLayout",
      "The places of the outline: the chart as one explains it first.",
      layout,
    ),
  ).toMatchFileSnapshot("../src/chart-layout-outline.ts");
});
