import type { ChartLayout } from "@samocode/core/chart";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ChartPicture, type Heat, type OnMark } from "./chart-picture.tsx";
import type { Replay } from "./replay.ts";

export interface ChartStageProps {
  readonly layout: ChartLayout;
  readonly replay: Replay;
  readonly heat: Heat;
  /** Called when a person clicks a state. */
  readonly onPick: (state: string) => void;
  /** What to tell of the state or the arrow that a person looks at. */
  readonly tell: (id: string) => ComponentChildren;
}

interface Mark {
  readonly id: string;
  readonly left: number;
  readonly top: number;
  /** True if what is told stands above the place. */
  readonly isAbove: boolean;
}

/** How wide what is told may be, in pixels. */
const tipWidth = 320;

/** The chart, with a word on whatever a person looks at; where it is wider than its place, it shows the present state. */
export function ChartStage(props: ChartStageProps): JSX.Element {
  const { layout, replay, heat, onPick, tell } = props;
  const [mark, setMark] = useState<Mark>();
  const stage = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = scroller;
    const lit = current?.querySelector(".current:not(.group)")?.getBoundingClientRect();
    if (current === null || lit === undefined) return;
    const place = current.getBoundingClientRect();
    const isSeen = lit.left >= place.left && lit.right <= place.right;
    if (!isSeen) current.scrollLeft += lit.left - place.left - (place.width - lit.width) / 2;
  }, [replay.state]);
  const onMark: OnMark = (id, element) => {
    const place = stage.current?.getBoundingClientRect();
    if (id === undefined || element === undefined || place === undefined) {
      setMark(undefined);
      return;
    }
    const { left, top, bottom, width } = element.getBoundingClientRect();
    const middle = left - place.left + width / 2 - tipWidth / 2;
    const isAbove = bottom - place.top > place.height * 0.6;
    setMark({
      id,
      left: Math.max(0, Math.min(middle, place.width - tipWidth)),
      top: isAbove ? top - place.top - 8 : bottom - place.top + 8,
      isAbove,
    });
  };
  return (
    <div class="stage" ref={stage}>
      <div class="picture" ref={scroller} role="group" aria-label="Picture" tabIndex={0}>
        <ChartPicture
          layout={layout}
          current={replay.state}
          spent={replay.spent}
          taken={replay.taken}
          heat={heat}
          showPossible
          marked={mark?.id}
          onMark={onMark}
          onPick={onPick}
        />
      </div>
      {mark !== undefined && (
        <div
          class={mark.isAbove ? "tip above" : "tip"}
          role="tooltip"
          style={{ left: `${mark.left}px`, top: `${mark.top}px`, maxWidth: `${tipWidth}px` }}
        >
          {tell(mark.id)}
        </div>
      )}
    </div>
  );
}
