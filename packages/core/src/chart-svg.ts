import type { ChartLayout, PlacedArrow, PlacedState, PlacedText, Point } from "./chart-layout.ts";
import { chartStyle } from "./chart-svg-style.ts";

/** What a picture of the chart shows. */
export interface SvgOptions {
  /** Id of the state that the session is in. It is filled. */
  readonly current?: string | undefined;
  /** Ids of the states that the session has been in. They are tinted. @default [] */
  readonly visited?: readonly string[];
  /** Ids of the arrows that the session has taken. @default [] */
  readonly taken?: readonly string[];
  /** Draw the arrows that leave the current state stronger than the rest. @default false */
  readonly showPossible?: boolean;
  /** What the picture is called for those who cannot see it. @default "Statechart of a session" */
  readonly title?: string;
  /** Carry the style sheet inside; without it the page needs `chartStyle`. @default true */
  readonly withStyle?: boolean;
}

/**
 * Draws a chart as an SVG picture, in light or dark as its reader prefers, without script or font from elsewhere.
 *
 * A state is a `g[data-state]`, an arrow a `g[data-edge]` with `data-source` and `data-target`; the classes
 * `current`, `visited`, `taken` and `possible` say how they look, so that a page can move them.
 *
 * @example
 * formatSvg(outlineLayout, { current: "working.planning", visited: ["working.investigation"] });
 */
export function formatSvg(layout: ChartLayout, options: SvgOptions = {}): string {
  const { width, height, start, states, arrows } = layout;
  const { title = "Statechart of a session", withStyle = true } = options;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="samocode-chart" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="graphics-document" aria-roledescription="statechart" aria-label="${escape(title)}">`,
    `<title>${escape(title)}</title>`,
    ...(withStyle ? [`<style>${chartStyle}</style>`] : []),
    `<rect class="canvas" width="${width}" height="${height}" rx="14"/>`,
    ...states.map((state) => formatState(state, options)),
    formatStart(start),
    ...arrows.map((arrow) => formatArrow(arrow, options)),
    "</svg>",
    "",
  ].join("\n");
}

function formatState(state: PlacedState, { current, visited = [] }: SvgOptions): string {
  const { id, kind, isGroup, description, x, y, width, height, label, rows } = state;
  const isCurrent = contains(id, current);
  const isVisited = visited.some((other) => contains(id, other));
  const classes = [
    "state",
    kind,
    ...(isGroup ? ["group"] : []),
    ...(isVisited ? ["visited"] : []),
    ...(isCurrent ? ["current"] : []),
  ];
  const marks = [...(isCurrent ? ["current"] : []), ...(isVisited ? ["visited"] : [])];
  const name = [`${label.text}: ${description}`, ...marks].join(" ");
  const inner = { x: x + 3.5, y: y + 3.5, width: width - 7, height: height - 7 };
  return [
    `<g class="${classes.join(" ")}" data-state="${escape(id)}" role="graphics-symbol" aria-label="${escape(name)}"${isCurrent ? ' aria-current="step"' : ""}>`,
    `<title>${escape(`${id}: ${description}`)}</title>`,
    `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="${isGroup ? 14 : 9}"/>`,
    ...(kind === "final"
      ? [
          `<rect class="inner" x="${inner.x}" y="${inner.y}" width="${inner.width}" height="${inner.height}" rx="6"/>`,
        ]
      : []),
    ...(label.x === x + 38 ? [formatIcon(kind, [x + 14, label.y - 12.5])] : []),
    formatText("name", label),
    ...rows.map((row) => formatText("row", row)),
    "</g>",
  ].join("");
}

function formatArrow(
  arrow: PlacedArrow,
  { current, taken = [], showPossible = false }: SvgOptions,
) {
  const { id, source, target, words, line, texts } = arrow;
  const classes = [
    "arrow",
    ...(taken.includes(id) ? ["taken"] : []),
    ...(showPossible && contains(source, current) ? ["possible"] : []),
  ];
  const name = `from ${source} to ${target}${words.length === 0 ? "" : ` on ${words.join(", ")}`}`;
  const path = line.map(formatLine).join("");
  return [
    `<g class="${classes.join(" ")}" data-edge="${escape(id)}" data-source="${escape(source)}" data-target="${escape(target)}" role="graphics-symbol" aria-label="${escape(name)}">`,
    `<title>${escape(name)}</title>`,
    `<path class="line" d="${path}"/>`,
    `<path class="head" d="${formatHead(line.at(-1) ?? [])}"/>`,
    `<path class="reach" d="${path}"/>`,
    ...texts.map((text) => formatText("word", text)),
    "</g>",
  ].join("");
}

function formatStart(points: readonly Point[]): string {
  const [[x, y] = [0, 0]] = points;
  return `<g class="start" aria-hidden="true"><circle class="dot" cx="${x}" cy="${y}" r="5"/><path class="line" d="${formatLine(points)}"/><path class="head" d="${formatHead(points)}"/></g>`;
}

function formatText(name: string, { text, x, y, length }: PlacedText): string {
  return `<text class="${name}" x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escape(text)}</text>`;
}

/** A line with round corners. */
function formatLine(points: readonly Point[]): string {
  return points
    .map(([x, y], index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (before === undefined) return `M${x} ${y}`;
      if (after === undefined) return `L${x} ${y}`;
      const from = toward([x, y], before);
      const to = toward([x, y], after);
      return `L${from[0]} ${from[1]}Q${x} ${y} ${to[0]} ${to[1]}`;
    })
    .join("");
}

/** A point at most 7 px from a corner, and at most half way to the next one. */
function toward([x, y]: Point, [toX, toY]: Point): Point {
  const distance = Math.hypot(toX - x, toY - y);
  const share = distance === 0 ? 0 : Math.min(7, distance / 2) / distance;
  return [x + (toX - x) * share, y + (toY - y) * share];
}

function formatHead(points: readonly Point[]): string {
  const [x, y] = points.at(-1) ?? [0, 0];
  const [fromX, fromY] = points.at(-2) ?? [x, y];
  const [dx, dy] = [Math.sign(x - fromX), Math.sign(y - fromY)];
  const [backX, backY] = [x - 8 * dx, y - 8 * dy];
  return `M${x} ${y}L${backX - 4.5 * dy} ${backY - 4.5 * dx}L${backX + 4.5 * dy} ${backY + 4.5 * dx}Z`;
}

const icons: Readonly<Record<string, string>> = {
  agent: "M4.5 3.5L12 8L4.5 12.5Z",
  tests: "M3 8.5L6.5 12L13 4.5",
  timer: "M8 2.5A5.5 5.5 0 1 1 7.99 2.5ZM8 5V8.2L10 9.6",
  person: "M8 2.5A2.6 2.6 0 1 1 7.99 2.5ZM3 13.5C3 10.8 5 9.6 8 9.6S13 10.8 13 13.5",
  rest: "M5.5 4V12M10.5 4V12",
  final: "M8 3A5 5 0 1 1 7.99 3ZM8 6.7A1.3 1.3 0 1 1 7.99 6.7Z",
};

function formatIcon(kind: string, [x, y]: Point): string {
  const icon = icons[kind];
  return icon === undefined
    ? ""
    : `<path class="icon" transform="translate(${x} ${y})" d="${icon}"/>`;
}

/** True for a state and the states that it is in. */
function contains(id: string, other: string | undefined): boolean {
  return other !== undefined && (id === other || other.startsWith(`${id}.`));
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
