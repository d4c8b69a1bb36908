/**
 * The style sheet of a chart drawn by `formatSvg`, for a page that may not carry styles inside a picture.
 * Colours are custom properties of `.samocode-chart`: a page may set its own.
 */
export const chartStyle = withPlainColors(
  `
.samocode-chart {
  color-scheme: light dark;
  --chart-canvas: #fbfbfd; --chart-group: #f1f3f9; --chart-state: #ffffff; --chart-frame: #c9cfdd;
  --chart-ink: #1f2533; --chart-word: #5b6478; --chart-line: #9aa3b8;
  --chart-accent: #2f5fe0; --chart-on-accent: #ffffff; --chart-visited: #e6edff;
  --chart-agent: #2f5fe0; --chart-tests: #0c8577; --chart-timer: #b06a00; --chart-person: #9333c8;
  --chart-rest: #667085; --chart-final: #1d8a4b;
  font-family: Helvetica, Arial, "Liberation Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  .samocode-chart {
    --chart-canvas: #12151d; --chart-group: #1a1f2b; --chart-state: #232a39; --chart-frame: #3d465a;
    --chart-ink: #e8ebf3; --chart-word: #a3acc0; --chart-line: #6b758c;
    --chart-accent: #7ea2ff; --chart-on-accent: #0d1220; --chart-visited: #26345c;
    --chart-agent: #7ea2ff; --chart-tests: #3fc7b4; --chart-timer: #eaa74a; --chart-person: #cd8dfa;
    --chart-rest: #98a2b6; --chart-final: #56c98a;
  }
}
.samocode-chart .canvas { fill: var(--chart-canvas); }
.samocode-chart .state > .box { fill: var(--chart-state); stroke: var(--chart-frame); stroke-width: 1.25; }
.samocode-chart .group > .box { fill: var(--chart-group); }
.samocode-chart .state > .inner { fill: none; stroke: var(--chart-frame); }
.samocode-chart .name { fill: var(--chart-ink); font-size: 13px; font-weight: bold; }
.samocode-chart .row, .samocode-chart .word { fill: var(--chart-word); font-size: 11px; }
.samocode-chart .icon { fill: none; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
.samocode-chart .agent { --kind: var(--chart-agent); }
.samocode-chart .agent > .icon { stroke: var(--chart-agent); }
.samocode-chart .tests { --kind: var(--chart-tests); }
.samocode-chart .tests > .icon { stroke: var(--chart-tests); }
.samocode-chart .timer { --kind: var(--chart-timer); }
.samocode-chart .timer > .icon { stroke: var(--chart-timer); }
.samocode-chart .person { --kind: var(--chart-person); }
.samocode-chart .person > .icon { stroke: var(--chart-person); }
.samocode-chart .rest { --kind: var(--chart-rest); }
.samocode-chart .rest > .icon { stroke: var(--chart-rest); }
.samocode-chart .final { --kind: var(--chart-final); }
.samocode-chart .final > .icon { stroke: var(--chart-final); }
.samocode-chart .line { fill: none; stroke: var(--chart-line); stroke-width: 1.25; }
.samocode-chart .head, .samocode-chart .dot { fill: var(--chart-line); }
.samocode-chart .reach { fill: none; stroke: transparent; stroke-width: 14; }
.samocode-chart .visited > .box { stroke: var(--chart-accent); }
.samocode-chart .visited:not(.group) > .box { fill: var(--chart-visited); stroke-width: 1.75; }
.samocode-chart .taken .line { stroke: var(--chart-accent); stroke-width: 1.75; }
.samocode-chart .taken .head { fill: var(--chart-accent); }
.samocode-chart .possible .line { stroke: var(--chart-ink); stroke-width: 2.25; }
.samocode-chart .possible .head { fill: var(--chart-ink); }
.samocode-chart .row.taken { fill: var(--chart-accent); }
.samocode-chart .possible .word, .samocode-chart .row.possible { fill: var(--chart-ink); }
.samocode-chart .current > .box { stroke: var(--chart-accent); stroke-width: 2.5; }
.samocode-chart .current:not(.group) > .box { fill: var(--chart-accent); }
.samocode-chart .current:not(.group) > .inner, .samocode-chart .current:not(.group) > .icon { stroke: var(--chart-on-accent); }
.samocode-chart .current:not(.group) > .name, .samocode-chart .current:not(.group) > .row { fill: var(--chart-on-accent); }
`.trim(),
);

/**
 * The style sheet with the plain colours of a light page besides: programs that draw pictures without being browsers
 * know no custom properties. Some of them take the last declaration even if they do not understand it, so each
 * custom property stands in a block that only those read who do.
 */
function withPlainColors(style: string): string {
  const light = new Map<string, string>();
  for (const [, name = "", color = ""] of style.matchAll(/(--chart-[\w-]+): (#[\da-f]{6});/g)) {
    if (!light.has(name)) light.set(name, color);
  }
  const declaration = /(?<=[{;] )([a-z]+): var\((--chart-[\w-]+)\);/g;
  const plain = style.replaceAll(
    declaration,
    (_, property: string, name: string) => `${property}: ${light.get(name) ?? ""};`,
  );
  const rules = style.split("\n").flatMap((line) => {
    const [selector = ""] = line.split(" {", 1);
    const own = [...line.matchAll(declaration)].map(([whole]) => whole);
    return own.length === 0 ? [] : [`  ${selector} { ${own.join(" ")} }`];
  });
  return `${plain}\n@supports (fill: var(--chart-ink)) {\n${rules.join("\n")}\n}`;
}
