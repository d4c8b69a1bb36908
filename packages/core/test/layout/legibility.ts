import type { ChartLayout, PlacedArrow, PlacedState, Point } from "../../src/chart/chart-layout.ts";
import {
  boxOfText,
  isInside,
  overlap,
  pairs,
  runsThrough,
  stretches,
  stretchesOf,
} from "./geometry.ts";
import { textLength } from "./text-length.ts";

/** Everything that makes a picture hard to read, as sentences. */
export function findFaults(layout: ChartLayout): readonly string[] {
  return [textFaults, textOfStateFaults, stateFaults, arrowFaults, canvasFaults].flatMap((find) =>
    find(layout),
  );
}

function textFaults({ arrows, states, start }: ChartLayout): readonly string[] {
  const lines = [...arrows.flatMap(stretchesOf), ...stretches(start)];
  const words = arrows.flatMap(({ texts }) => texts);
  const texts = [...words, ...states.flatMap(({ label, rows }) => [label, ...rows])];
  return [
    ...texts
      .filter(({ text, length }) => !lengthsOf(text).includes(length))
      .map(({ text }) => `${text} is longer or shorter than its font makes it`),
    ...texts
      .filter((text) => lines.some((line) => runsThrough(line, boxOfText(text))))
      .map(({ text }) => `${text} stands over a line`),
    ...pairs(texts)
      .filter(([a, b]) => overlap(boxOfText(a), boxOfText(b)))
      .map(([a, b]) => `${a.text} stands over ${b.text}`),
    ...words.flatMap((word) =>
      states
        .filter((state) => overlap(boxOfText(word), state))
        .filter((state) => !(state.isGroup && isInside(boxOfText(word), state, 4)))
        .map(({ id }) => `${word.text} stands over the edge of ${id}`),
    ),
  ];
}

function textOfStateFaults({ states }: ChartLayout): readonly string[] {
  const own = states.flatMap((state) =>
    [state.label, ...state.rows].map(({ text, ...place }) => ({
      state,
      text,
      box: boxOfText({ text, ...place }),
    })),
  );
  return [
    ...own
      .filter(({ state, box }) => !isInside(box, state, 6))
      .map(({ state, text }) => `${text} stands outside of ${state.id}`),
    ...own.flatMap(({ state, text, box }) =>
      states
        .filter((other) => isAround(state, other) && overlap(box, other))
        .map(({ id }) => `${text} of ${state.id} stands in ${id}`),
    ),
  ];
}

function stateFaults({ states }: ChartLayout): readonly string[] {
  return pairs(states)
    .filter((pair) => !isWell(pair))
    .map(([a, b]) => `${a.id} and ${b.id} overlap`);
}

function lengthsOf(text: string): readonly number[] {
  return [textLength(text, 11, "regular"), textLength(text, 13, "bold")];
}

function isWell([a, b]: readonly [PlacedState, PlacedState]): boolean {
  if (isAround(a, b)) return isInside(b, a, 12);
  if (isAround(b, a)) return isInside(a, b, 12);
  return !overlap(a, b);
}

function arrowFaults({ states, arrows }: ChartLayout): readonly string[] {
  const at = new Map(states.map((state) => [state.id, state]));
  return arrows.flatMap((arrow) => {
    const parts = stretchesOf(arrow);
    const isAstray =
      !isAtEdge(at.get(arrow.source), arrow.line[0]?.[0]) ||
      !isAtEdge(at.get(arrow.target), arrow.line.at(-1)?.at(-1));
    return [
      ...(parts.some(([[x1, y1], [x2, y2]]) => x1 !== x2 && y1 !== y2)
        ? [`${arrow.id} is neither level nor upright`]
        : []),
      ...(isAstray ? [`${arrow.id} does not begin and end at the edge of its states`] : []),
      ...states
        .filter((state) => !goesAboutIn(arrow, state))
        .filter((state) => parts.some((part) => runsThrough(part, state)))
        .map(({ id }) => `${arrow.id} runs through ${id}`),
    ];
  });
}

function canvasFaults({ width, height, states, arrows, start }: ChartLayout): readonly string[] {
  const canvas = { x: 0, y: 0, width, height };
  const points = [...arrows.flatMap(({ line }) => line.flat()), ...start];
  const texts = arrows.flatMap(({ texts }) => texts);
  return [
    ...states.filter((box) => !isInside(box, canvas, 16)).map(({ id }) => `${id} is cut off`),
    ...texts
      .filter((text) => !isInside(boxOfText(text), canvas, 16))
      .map(({ text }) => `${text} is cut off`),
    ...points
      .filter(([x, y]) => !isInside({ x, y, width: 0, height: 0 }, canvas, 10))
      .map(([x, y]) => `a line is cut off at ${x} ${y}`),
  ];
}

/** True for a group that an arrow leaves, enters, or stays in. */
function goesAboutIn({ source, target }: PlacedArrow, state: PlacedState): boolean {
  return state.isGroup && [source, target].some((id) => `${id}.`.startsWith(`${state.id}.`));
}

/** True if a line ends at a side of a box, and not at a corner. */
function isAtEdge(box: PlacedState | undefined, [x, y]: Point = [0, 0]): boolean {
  if (box === undefined) return false;
  const isBeside = x === box.x || x === box.x + box.width;
  const isAbove = y === box.y || y === box.y + box.height;
  return (
    (isBeside && y > box.y && y < box.y + box.height) ||
    (isAbove && x > box.x && x < box.x + box.width)
  );
}

function isAround(outer: PlacedState, inner: PlacedState): boolean {
  return inner.id.startsWith(`${outer.id}.`);
}
