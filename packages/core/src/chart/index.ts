export { createChart, type Chart, type ChartEdge, type ChartNode } from "./chart.ts";
export { formatMermaid, type MermaidOptions } from "./chart-mermaid.ts";
export type { ChartArrow } from "./chart-arrow.ts";
export type {
  ChartLayout,
  PlacedArrow,
  PlacedState,
  PlacedText,
  Point,
  Rectangle,
} from "./chart-layout.ts";
export { outlineLayout } from "./chart-layout-outline.ts";
export { wholeLayout } from "./chart-layout-whole.ts";
export { formatChartLine } from "./chart-line.ts";
export { formatMachineJson, type MachineJsonOptions } from "./chart-json.ts";
export { findArrows } from "./chart-path.ts";
export { formatSvg, type SvgOptions } from "./chart-svg.ts";
export { formatArrowHead, formatArrowLine, stateIcons } from "./chart-svg-path.ts";
export { chartStyle } from "./chart-svg-style.ts";
export { editChart } from "./overview-chart.ts";
