import type { ChartLayout } from "../../src/chart/chart-layout.ts";

/** The source text of a module that exports a layout, one state or arrow a line. */
export function formatLayoutModule(name: string, comment: string, layout: ChartLayout): string {
  return [
    "// Generated from the machine: npx -y pnpm@12 chart",
    'import type { ChartLayout } from "./chart-layout.ts";',
    "",
    `/** ${comment} */`,
    `export const ${name}: ChartLayout = {`,
    `  width: ${layout.width},`,
    `  height: ${layout.height},`,
    `  start: ${JSON.stringify(layout.start)},`,
    "  states: [",
    ...layout.states.map(formatItem),
    "  ],",
    "  arrows: [",
    ...layout.arrows.map(formatItem),
    "  ],",
    "};",
    "",
  ].join("\n");
}

function formatItem(item: unknown): string {
  return `    ${JSON.stringify(item)},`;
}
