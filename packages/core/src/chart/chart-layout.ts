import type { ChartArrow } from "./chart-arrow.ts";
import type { ChartEdge } from "./chart.ts";

/** A point of a picture, in pixels from its left upper corner. */
export type Point = readonly [x: number, y: number];

/** A rectangle of a picture, in pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line of text; `x`, `y` is where its baseline begins, `length` how far it goes in Helvetica. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly length: number;
  /** The one edge that the text stands for, if there is one. */
  readonly edge?: ChartEdge;
}

/** A state in its place. */
export interface PlacedState extends Rectangle {
  readonly id: string;
  readonly label: PlacedText;
  readonly description: string;
  /** What runs or is waited for here: a tag of the state or of the one that it is in, or `final`. */
  readonly kind: string;
  /** True for a state with states in it. */
  readonly isGroup: boolean;
  /** Left upper corner of the small picture of its kind. */
  readonly icon?: Point;
  /** What may happen here, where it is told in words and not with an arrow. */
  readonly rows: readonly PlacedText[];
}

/** An arrow in its place. */
export interface PlacedArrow extends ChartArrow {
  /** The line from the source to the target, in pieces: it is broken where the words stand. */
  readonly line: readonly (readonly Point[])[];
  readonly texts: readonly PlacedText[];
}

/** A chart whose states, arrows and words have their places. */
export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  /** The line from the dot at which a session begins. */
  readonly start: readonly Point[];
  readonly states: readonly PlacedState[];
  readonly arrows: readonly PlacedArrow[];
}
