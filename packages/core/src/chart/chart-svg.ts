import type {
  ChartLayout,
  PlacedArrow,
  PlacedState,
  PlacedText,
  Point,
  Rectangle,
} from "./chart-layout.ts";
import { formatArrowHead, formatArrowLine, formatIcon } from "./chart-svg-path.ts";
import { chartStyle } from "./chart-svg-style.ts";
import { escapeText, formatElement } from "./svg-element.ts";

/** What a picture of the chart shows. */
export interface SvgOptions {
  /** Id of the state that the session is in. It is filled. */
  readonly current?: string | undefined;
  /** Ids of the states that the session has been in. They are tinted. @default [] */
  readonly visited?: readonly string[];
  /** Ids of the arrows that the session has taken. @default [] */
  readonly taken?: readonly string[];
  /** Draw what may follow from the current state stronger than the rest. @default false */
  readonly showPossible?: boolean;
  /** What the picture is called for those who cannot see it. @default "Statechart of a session" */
  readonly title?: string;
  /** Carry the style sheet inside; without it the page needs `chartStyle`. @default true */
  readonly withStyle?: boolean;
}

/**
 * Draws a chart as an SVG picture, in light or dark as its reader prefers, without script or font from elsewhere.
 *
 * For a page: a state is a `g.state[data-state]`, an arrow a `g.arrow[data-edge]`, a row in the box of a state a
 * `text.row[data-edge]`, each with `data-source` and `data-target`; rows and words that stand for one edge have
 * `data-event` and `data-guard`. The classes `current`, `visited`, `taken` and `possible` say how they look.
 *
 * @example
 * formatSvg(outlineLayout, { current: "working.planning", visited: ["working.investigation"] });
 */
export function formatSvg(layout: ChartLayout, asked: SvgOptions = {}): string {
  const { width, height, start, states, arrows } = layout;
  const { title = "Statechart of a session", withStyle = true, current } = asked;
  const isOver = states.some(({ id, kind }) => id === current && kind === "final");
  const options = isOver ? { ...asked, showPossible: false } : asked;
  const children = [
    formatElement("title", {}, [escapeText(title)]),
    ...(withStyle ? [formatElement("style", {}, [chartStyle])] : []),
    formatElement("rect", { class: "canvas", width, height, rx: 14 }),
    ...states.map((state) => formatState(state, options)),
    formatStart(start),
    ...arrows.map((arrow) => formatArrow(arrow, options)),
  ];
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    class: "samocode-chart",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "graphics-document",
    "aria-roledescription": "statechart",
    "aria-label": title,
  };
  return `${formatElement("svg", attributes, ["\n", children.join("\n"), "\n"])}\n`;
}

function formatState(state: PlacedState, options: SvgOptions): string {
  const { id, kind, isGroup, description, icon, x, y, width, height, label, rows } = state;
  const { current, visited = [] } = options;
  const marks = {
    current: isIn(current, id),
    visited: visited.some((other) => isIn(other, id)),
  };
  const name = [`${label.text}: ${description}`, ...wordsOf(marks)].join(" ");
  const attributes = {
    class: ["state", kind, ...wordsOf({ group: isGroup, ...marks })].join(" "),
    "data-state": id,
    role: "graphics-symbol",
    "aria-label": name,
    "aria-current": marks.current ? "step" : undefined,
  };
  const inner = { x: x + 3.5, y: y + 3.5, width: width - 7, height: height - 7, rx: 6 };
  return formatElement("g", attributes, [
    formatElement("title", {}, [escapeText(`${id || label.text}: ${description}`)]),
    formatElement("rect", { class: "box", x, y, width, height, rx: isGroup ? 14 : 9 }),
    ...(kind === "final" ? [formatElement("rect", { class: "inner", ...inner })] : []),
    ...(icon === undefined ? [] : [formatIcon(kind, icon)]),
    formatText("name", label, isCentred(label, state) ? "middle" : "start"),
    ...rows.map((row) => formatText(classOfRow(row, options), row, "start", true)),
  ]);
}

function formatArrow(arrow: PlacedArrow, options: SvgOptions): string {
  const { id, source, target, words, line, texts } = arrow;
  const { current, taken = [], showPossible = false } = options;
  const marks = { taken: taken.includes(id), possible: showPossible && isIn(current, source) };
  const name = `from ${source} to ${target}${words.length === 0 ? "" : ` on ${words.join(", ")}`}`;
  const attributes = {
    class: ["arrow", ...wordsOf(marks)].join(" "),
    "data-edge": id,
    "data-source": source,
    "data-target": target,
    role: "graphics-symbol",
    "aria-label": name,
  };
  const d = line.map(formatArrowLine).join("");
  return formatElement("g", attributes, [
    formatElement("title", {}, [escapeText(name)]),
    formatElement("path", { class: "line", d }),
    formatElement("path", { class: "head", d: formatArrowHead(line.at(-1) ?? []) }),
    // Wide enough for a pointer.
    formatElement("path", { class: "reach", d }),
    ...texts.map((text) => formatText("word", text, "middle")),
  ]);
}

function formatStart(points: readonly Point[]): string {
  const [[cx, cy] = [0, 0]] = points;
  return formatElement("g", { class: "start", "aria-hidden": "true" }, [
    formatElement("circle", { class: "dot", cx, cy, r: 5 }),
    formatElement("path", { class: "line", d: formatArrowLine(points) }),
    formatElement("path", { class: "head", d: formatArrowHead(points) }),
  ]);
}

/** Whether a text stands in the middle of a box. */
function isCentred({ x, length }: PlacedText, box: Rectangle): boolean {
  return Math.abs(x + length / 2 - (box.x + box.width / 2)) < 1;
}

function formatText(
  name: string,
  { text, x, y, length, edge }: PlacedText,
  anchor: "start" | "middle",
  isRow = false,
): string {
  const attributes = {
    class: name,
    // A program that knows no `textLength` shows a wider font: what is centred stays so.
    ...(anchor === "middle"
      ? { x: Math.round(10 * (x + length / 2)) / 10, y, "text-anchor": anchor }
      : { x, y }),
    // Keeps the text in its place if another font stands in.
    textLength: length,
    lengthAdjust: "spacingAndGlyphs",
    ...(isRow &&
      edge && {
        "data-edge": `${edge.source}>${edge.target}`,
        "data-source": edge.source,
        "data-target": edge.target,
      }),
    ...(edge && { "data-event": edge.event, "data-guard": edge.guard }),
  };
  return formatElement("text", attributes, [escapeText(text)]);
}

function classOfRow(
  { edge }: PlacedText,
  { current, taken = [], showPossible = false }: SvgOptions,
): string {
  if (edge === undefined) return "row";
  const { source, target } = edge;
  const marks = {
    taken: taken.includes(`${source}>${target}`),
    possible: showPossible && current !== undefined && (source === "" || isIn(current, source)),
  };
  return ["row", ...wordsOf(marks)].join(" ");
}

function wordsOf(marks: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.entries(marks).flatMap(([word, isSet]) => (isSet ? [word] : []));
}

/** True for a state, and for one that is in it. */
function isIn(id: string | undefined, state: string): boolean {
  return id !== undefined && (id === state || id.startsWith(`${state}.`));
}
