import { describe, expect, it } from "vitest";
import { formatEdge } from "../src/chart-arrow.ts";
import { outlineLayout } from "../src/chart-layout-outline.ts";
import type { PlacedState } from "../src/chart-layout.ts";
import { wholeLayout } from "../src/chart-layout-whole.ts";
import { createChart } from "../src/chart.ts";
import {
  boxOfText,
  findCrossings,
  isAround,
  isInside,
  overlap,
  pairs,
  runsThrough,
  stretches,
  stretchesOf,
} from "./layout/geometry.ts";
import { textLength } from "./layout/text-length.ts";

/** True for a group that an arrow leaves or enters, or goes about in. */
const isAtOrIn = (id: string, state: PlacedState) =>
  state.isGroup && `${id}.`.startsWith(`${state.id}.`);

describe.each([
  ["outline", outlineLayout],
  ["whole chart", wholeLayout],
])("the shipped layout of the %s", (_, { width, height, start, states, arrows }) => {
  const canvas = { x: 0, y: 0, width, height };
  const lines = [...arrows.flatMap(stretchesOf), ...stretches(start)];
  const wordsOfArrows = arrows.flatMap(({ texts }) => texts);
  const textsOfStates = states.flatMap((state) =>
    [state.label, ...state.rows].map((text) => ({ state, text })),
  );
  const texts = [...wordsOfArrows, ...textsOfStates.map(({ text }) => text)];
  const at = new Map(states.map((state) => [state.id, state]));
  const textsOf = (found: readonly { readonly text: string }[]) => found.map(({ text }) => text);

  it("has the width of each text from the table of its font", () => {
    const lengths = texts.map(({ text }) => [
      textLength(text, 11, "regular"),
      textLength(text, 13, "bold"),
    ]);
    const wrong = texts.filter(({ length }, index) => !lengths[index]?.includes(length));
    expect(textsOf(wrong)).toEqual([]);
  });

  it("has no text over a line", () => {
    const over = texts.filter((text) => lines.some((line) => runsThrough(line, boxOfText(text))));
    expect(textsOf(over)).toEqual([]);
  });

  it("has no text over another", () => {
    const over = pairs(texts).filter(([a, b]) => overlap(boxOfText(a), boxOfText(b)));
    expect(over.map(([a, b]) => `${a.text} / ${b.text}`)).toEqual([]);
  });

  it("has the texts of a state inside of its box and outside of the boxes in it", () => {
    const isWell = ({ state, text }: (typeof textsOfStates)[number]) =>
      isInside(boxOfText(text), state, 6) &&
      !states.some((other) => isAround(state, other) && overlap(boxOfText(text), other));
    expect(textsOf(textsOfStates.filter((item) => !isWell(item)).map(({ text }) => text))).toEqual(
      [],
    );
  });

  it("has the words on an arrow in or beside a state, never over its edge", () => {
    const isOverEdge = (state: PlacedState, text: (typeof texts)[number]) =>
      overlap(boxOfText(text), state) && !(state.isGroup && isInside(boxOfText(text), state, 4));
    const over = wordsOfArrows.filter((text) => states.some((state) => isOverEdge(state, text)));
    expect(textsOf(over)).toEqual([]);
  });

  it("has nothing outside of the picture", () => {
    const boxes = [...states, ...texts.map(boxOfText)];
    expect(boxes.filter((box) => !isInside(box, canvas, 16))).toEqual([]);
    const points = lines.flat();
    const isOut = ([x, y]: readonly [number, number]) =>
      x < 10 || y < 10 || x > width - 10 || y > height - 10;
    expect(points.filter(isOut)).toEqual([]);
  });

  it("has states apart from each other or well inside of each other", () => {
    const isWell = ([a, b]: readonly [PlacedState, PlacedState]) =>
      isAround(a, b) ? isInside(b, a, 12) : isAround(b, a) ? isInside(a, b, 12) : !overlap(a, b);
    const wrong = pairs(states).filter((pair) => !isWell(pair));
    expect(wrong.map(([a, b]) => `${a.id} / ${b.id}`)).toEqual([]);
  });

  it("has lines that go level or upright, and through no state but those they leave and enter", () => {
    const isOdd = ([[x1, y1], [x2, y2]]: (typeof lines)[number]) => x1 !== x2 && y1 !== y2;
    expect(lines.filter(isOdd)).toEqual([]);
    const through = arrows.flatMap((arrow) =>
      states
        .filter((state) => !(isAtOrIn(arrow.source, state) || isAtOrIn(arrow.target, state)))
        .filter((state) => stretchesOf(arrow).some((line) => runsThrough(line, state)))
        .map(({ id }) => `${arrow.id} through ${id}`),
    );
    expect(through).toEqual([]);
  });

  it("has each arrow begin and end at the edge of its states", () => {
    const isAtEdge = (box: PlacedState | undefined, [x, y] = [0, 0] as readonly [number, number]) =>
      box !== undefined &&
      ((x === box.x || x === box.x + box.width) && y > box.y && y < box.y + box.height) !==
        ((y === box.y || y === box.y + box.height) && x > box.x && x < box.x + box.width);
    const astray = arrows.filter(
      ({ source, target, line }) =>
        !isAtEdge(at.get(source), line[0]?.[0]) || !isAtEdge(at.get(target), line.at(-1)?.at(-1)),
    );
    expect(astray.map(({ id }) => id)).toEqual([]);
  });
});

it("no arrow of the outline crosses another", () => {
  expect(findCrossings(outlineLayout)).toEqual([]);
});

it("two arrows of the whole chart cross", () => {
  expect(findCrossings(wholeLayout)).toEqual([
    "working.implementation>working.quality × working.testing>verifying",
  ]);
});

it("the whole chart tells every edge of the machine once", () => {
  const { edges } = createChart();
  const { states, arrows } = wholeLayout;
  const told = [...states.flatMap(({ rows }) => rows), ...arrows.flatMap(({ texts }) => texts)];
  const tell = (edge: (typeof edges)[number]) =>
    `${edge.source} ${formatEdge(edge)} ${edge.target}`;
  expect(told.map(({ edge }) => edge && tell(edge)).toSorted()).toEqual(edges.map(tell).toSorted());
});
