import {
  formatArrowHead,
  formatArrowLine,
  stateIcons,
  type ChartEdge,
  type ChartLayout,
  type PlacedArrow,
  type PlacedState,
  type PlacedText,
} from "@samocode/core/chart";
import type { JSX, TargetedKeyboardEvent } from "preact";
import { formatMoney, formatSpan } from "./figures.ts";
import type { Spent } from "./replay.ts";
import { withAncestors } from "./state-words.ts";

/** What heat shows. */
export type Heat = "none" | "time" | "money";

/** Called with what a person looks at, and where it is; with nothing once they look away. */
export type OnMark = (id: string | undefined, place?: Element) => void;

export interface ChartPictureProps {
  readonly layout: ChartLayout;
  /** The state that the session is in; absent if there is none. */
  readonly current: string | undefined;
  readonly spent: ReadonlyMap<string, Spent>;
  readonly taken: ReadonlySet<string>;
  readonly heat: Heat;
  /** Draw what may follow stronger than the rest. */
  readonly showPossible: boolean;
  /** The state or the arrow that a person looks at. */
  readonly marked: string | undefined;
  readonly onMark: OnMark;
  /** Called when a person clicks a state. */
  readonly onPick: (state: string) => void;
}

/** The statechart as a picture: where the session is, where it was, and what may follow. */
export function ChartPicture(props: ChartPictureProps): JSX.Element {
  const { layout, current, spent, taken, heat, showPossible, marked, onMark, onPick } = props;
  const { width, height, start, states, arrows } = layout;
  const within = current === undefined ? [] : withAncestors(current).slice(0, -1);
  const most = Math.max(...states.filter(hasHeat).map(({ id }) => heatOf(spent.get(id), heat)));
  const isOver = states.some(({ id, kind }) => id === current && kind === "final");
  const isPossible = ({ edge }: PlacedText): boolean =>
    showPossible &&
    !isOver &&
    edge !== undefined &&
    (edge.source === "" || within.includes(edge.source));
  const isTaken = ({ edge }: PlacedText): boolean => edge !== undefined && taken.has(idOf(edge));
  const stop = within.find((id) => states.some((state) => state.id === id)) ?? states[0]?.id;
  return (
    <svg
      class="samocode-chart"
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label="Statechart: use the arrow keys to move between states"
      data-current={current}
      onKeyDown={goToNeighbour}
      onMouseLeave={() => onMark(undefined)}
    >
      {states.map((state) => (
        <StateShape
          key={state.id}
          state={state}
          isCurrent={within.includes(state.id)}
          isMarked={marked === state.id}
          spent={spent.get(state.id)}
          heat={hasHeat(state) ? heat : "none"}
          share={hasHeat(state) ? share(heatOf(spent.get(state.id), heat), most) : 0}
          isStop={state.id === stop}
          isPossible={isPossible}
          isTaken={isTaken}
          onMark={onMark}
          onPick={onPick}
        />
      ))}
      <g class="start" aria-hidden="true">
        <circle class="dot" cx={start[0]?.[0]} cy={start[0]?.[1]} r={5} />
        <path class="line" d={formatArrowLine(start)} />
        <path class="head" d={formatArrowHead(start)} />
      </g>
      {arrows.map((arrow) => (
        <ArrowShape
          key={arrow.id}
          arrow={arrow}
          isTaken={taken.has(arrow.id)}
          isPossible={showPossible && within.includes(arrow.source)}
          isMarked={marked === arrow.id}
          onMark={onMark}
        />
      ))}
    </svg>
  );
}

const keySteps = new Map([
  ["ArrowDown", 1],
  ["ArrowRight", 1],
  ["ArrowUp", -1],
  ["ArrowLeft", -1],
]);

/** The arrow keys go from state to state, in the order in which the chart has them. */
function goToNeighbour(event: TargetedKeyboardEvent<SVGSVGElement>): void {
  const step = keySteps.get(event.key);
  if (step === undefined) return;
  const all = [...event.currentTarget.querySelectorAll<SVGElement>("[data-state]")];
  const at = all.findIndex((each) => each === document.activeElement);
  event.preventDefault();
  all.at((at + step) % all.length)?.focus();
}

interface StateShapeProps {
  readonly state: PlacedState;
  readonly isCurrent: boolean;
  readonly isMarked: boolean;
  readonly spent: Spent | undefined;
  readonly heat: Heat;
  readonly share: number;
  readonly isStop: boolean;
  readonly isPossible: (row: PlacedText) => boolean;
  readonly isTaken: (row: PlacedText) => boolean;
  readonly onMark: OnMark;
  readonly onPick: (state: string) => void;
}

function StateShape(props: StateShapeProps): JSX.Element {
  const { state, isCurrent, isMarked, spent, heat, share, isStop, onMark, onPick } = props;
  const { isPossible, isTaken } = props;
  const { id, kind, isGroup, icon, x, y, width, height, label, rows } = state;
  const isVisited = id !== "" && (spent?.times ?? 0) > 0;
  const classes = [
    "state",
    kind,
    isGroup && "group",
    isVisited && "visited",
    isCurrent && "current",
    isMarked && "marked",
    heat !== "none" && "heated",
  ];
  const value = spent === undefined || heat === "none" ? "" : formatHeat(spent, heat);
  return (
    <g
      class={classes.filter((each) => each !== false).join(" ")}
      data-state={id}
      role="img"
      tabIndex={isStop ? 0 : -1}
      aria-label={describe(state, isCurrent, spent)}
      aria-current={isCurrent ? "step" : undefined}
      onMouseEnter={({ currentTarget }) => onMark(id, currentTarget)}
      onFocus={({ currentTarget }) => onMark(id, currentTarget)}
      onBlur={() => onMark(undefined)}
      onClick={() => onPick(id)}
      onKeyDown={({ key }) => {
        if (key === "Enter") onPick(id);
      }}
    >
      <rect class="box" x={x} y={y} width={width} height={height} rx={isGroup ? 14 : 9} />
      {kind === "final" && (
        <rect class="inner" x={x + 3.5} y={y + 3.5} width={width - 7} height={height - 7} rx={6} />
      )}
      {share > 0 && (
        <rect class="heat" x={x} y={y} width={width} height={height} rx={9} fill-opacity={share} />
      )}
      {icon !== undefined && (
        <path
          class="icon"
          transform={`translate(${icon[0]} ${icon[1]})`}
          d={stateIcons[kind] ?? ""}
        />
      )}
      <Words name="name" text={label} />
      {rows.map((row) => (
        <Row
          key={row.text}
          row={row}
          isPossible={isPossible(row)}
          isTaken={isTaken(row)}
          onMark={onMark}
        />
      ))}
      {value !== "" && share > 0 && (
        <text class="worth" x={x + width - 7} y={y - 4} text-anchor="end">
          {value}
        </text>
      )}
    </g>
  );
}

interface ArrowShapeProps {
  readonly arrow: PlacedArrow;
  readonly isTaken: boolean;
  readonly isPossible: boolean;
  readonly isMarked: boolean;
  readonly onMark: OnMark;
}

function ArrowShape(props: ArrowShapeProps): JSX.Element {
  const { arrow, isTaken, isPossible, isMarked, onMark } = props;
  const path = arrow.line.map(formatArrowLine).join("");
  const classes = [
    "arrow",
    isTaken && "taken",
    isPossible && "possible",
    isMarked && "marked",
  ].filter((each) => each !== false);
  return (
    <g
      class={classes.join(" ")}
      data-edge={arrow.id}
      aria-hidden="true"
      onMouseEnter={({ currentTarget }) => onMark(arrow.id, currentTarget)}
      onMouseLeave={() => onMark(undefined)}
    >
      <path class="line" d={path} />
      <path class="head" d={formatArrowHead(arrow.line.at(-1) ?? [])} />
      <path class="reach" d={path} />
      {arrow.texts.map((text) => (
        <Words key={text.text} name="word" text={text} />
      ))}
    </g>
  );
}

interface RowProps {
  readonly row: PlacedText;
  readonly isPossible: boolean;
  readonly isTaken: boolean;
  readonly onMark: OnMark;
}

/** An edge that is told in words, in the box of its state. */
function Row({ row, isPossible, isTaken, onMark }: RowProps): JSX.Element {
  const { edge } = row;
  return (
    <g
      onMouseEnter={({ currentTarget }) => edge && onMark(idOf(edge), currentTarget)}
      onMouseLeave={() => onMark(undefined)}
    >
      <Words name={`row${isTaken ? " taken" : ""}${isPossible ? " possible" : ""}`} text={row} />
    </g>
  );
}

function idOf({ source, target }: ChartEdge): string {
  return `${source}>${target}`;
}

function Words({ name, text }: { readonly name: string; readonly text: PlacedText }): JSX.Element {
  return (
    <text
      class={name}
      x={text.x}
      y={text.y}
      textLength={text.length}
      lengthAdjust="spacingAndGlyphs"
    >
      {text.text}
    </text>
  );
}

function describe(state: PlacedState, isCurrent: boolean, spent: Spent | undefined): string {
  const { id, description } = state;
  const figures =
    spent === undefined || spent.times === 0
      ? "not visited"
      : `visited ${spent.times} times, ${formatSpan(spent.ms)}, ${formatMoney(spent.usd)}`;
  return `${id}${isCurrent ? ", the session is here" : ""}: ${description} ${figures}`;
}

/** What is spent in a state with others in it is shown there. */
function hasHeat({ id, isGroup }: PlacedState): boolean {
  return id !== "" && !isGroup;
}

function heatOf(spent: Spent | undefined, heat: Heat): number {
  if (spent === undefined || heat === "none") return 0;
  return heat === "time" ? spent.ms : spent.usd;
}

function formatHeat(spent: Spent, heat: Heat): string {
  return heat === "money" ? formatMoney(spent.usd) : formatSpan(spent.ms);
}

/** From 0 to 0.75, so that what is below can still be read; what is little can still be seen. */
function share(value: number, most: number): number {
  return value <= 0 || most <= 0 ? 0 : 0.12 + 0.63 * (value / most);
}
