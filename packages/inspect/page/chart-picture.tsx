import type { ChartLayout, PlacedArrow, PlacedState, PlacedText } from "@samocode/core";
import type { JSX, TargetedKeyboardEvent } from "preact";
import { formatHead, formatLine, iconPaths } from "./chart-path.ts";
import { formatMoney, formatSpan } from "./figures.ts";
import type { Spent } from "./replay.ts";
import { withAncestors } from "./state-words.ts";

/** What heat shows. */
export type Heat = "none" | "time" | "money";

/** Called with what a person looks at, and where it is; with nothing once they look away. */
export type OnMark = (id: string | undefined, place?: Element) => void;

export interface ChartPictureProps {
  readonly layout: ChartLayout;
  /** The state that the session is in; absent where there is none. */
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
  const most = Math.max(
    ...states.filter(({ isGroup }) => !isGroup).map(({ id }) => heatOf(spent.get(id), heat)),
  );
  const stop = within.find((id) => states.some((state) => state.id === id)) ?? states[0]?.id;
  return (
    <svg
      class="samocode-chart"
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label="Statechart: the arrow keys go from state to state"
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
          heat={state.isGroup ? "none" : heat}
          share={state.isGroup ? 0 : share(heatOf(spent.get(state.id), heat), most)}
          isStop={state.id === stop}
          onMark={onMark}
          onPick={onPick}
        />
      ))}
      <g class="start" aria-hidden="true">
        <circle class="dot" cx={start[0]?.[0]} cy={start[0]?.[1]} r={5} />
        <path class="line" d={formatLine(start)} />
        <path class="head" d={formatHead(start)} />
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
  readonly onMark: OnMark;
  readonly onPick: (state: string) => void;
}

function StateShape(props: StateShapeProps): JSX.Element {
  const { state, isCurrent, isMarked, spent, heat, share, isStop, onMark, onPick } = props;
  const { id, kind, isGroup, x, y, width, height, label, rows } = state;
  const isVisited = (spent?.times ?? 0) > 0;
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
      {label.x === x + 38 && (
        <path
          class="icon"
          transform={`translate(${x + 14} ${label.y - 12.5})`}
          d={iconPaths.get(kind) ?? ""}
        />
      )}
      <Words name="name" text={label} />
      {rows.map((row) => (
        <Words key={row.text} name="row" text={row} />
      ))}
      {value !== "" && share > 0 && (
        <text class="worth" x={x + width - 7} y={y + height - 6} text-anchor="end">
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
  const path = arrow.line.map(formatLine).join("");
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
      <path class="head" d={formatHead(arrow.line.at(-1) ?? [])} />
      <path class="reach" d={path} />
      {arrow.texts.map((text) => (
        <Words key={text.text} name="word" text={text} />
      ))}
    </g>
  );
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
