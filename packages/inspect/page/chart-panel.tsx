import type { JSX } from "preact";
import { findArrows } from "@samocode/core/chart";
import { useMemo, useState } from "preact/hooks";
import type { ChartView } from "../src/chart-view.ts";
import type { Measure } from "../src/step.ts";
import { ChartFacts, FollowUps } from "./chart-facts.tsx";
import type { Heat } from "./chart-picture.tsx";
import { ChartStage } from "./chart-stage.tsx";
import type { TimedStep } from "./page-state.ts";
import { ReplayBar } from "./replay-bar.tsx";
import { createTrack } from "./replay.ts";
import { withAncestors } from "./state-words.ts";

export interface ChartPanelProps {
  readonly view: ChartView;
  readonly steps: readonly TimedStep[];
  /** The state that the session is in now. */
  readonly state: string;
  /** How many steps are replayed; absent for all, and for those that come. */
  readonly count: number | undefined;
  readonly now: number;
  readonly onCount: (count: number | undefined) => void;
  /** Show every state and every edge, and not the outline. */
  readonly isWhole: boolean;
  readonly onWhole: (isWhole: boolean) => void;
}

const heats: readonly { readonly heat: Heat; readonly label: string }[] = [
  { heat: "none", label: "path" },
  { heat: "time", label: "time" },
  { heat: "money", label: "money" },
];

/** The statechart with the path of a session on it, at any time of the session. */
export function ChartPanel(props: ChartPanelProps): JSX.Element {
  const { view, steps, state, count, now, onCount, isWhole, onWhole } = props;
  const [heat, setHeat] = useState<Heat>("none");
  const layout = isWhole ? view.whole : view.outline;
  const track = useMemo(() => createTrack(steps, findArrows(layout, steps)), [layout, steps]);
  const shown = Math.min(count ?? steps.length, steps.length);
  const isLive = count === undefined;
  // While it is live, the figures of the present state grow: every second is often enough.
  const second = isLive ? Math.floor(now / 1000) : 0;
  const replay = useMemo(() => {
    const played = track.replay(shown, isLive ? now : undefined);
    return isLive ? { ...played, state } : played;
  }, [track, shown, isLive, state, second]);
  const measure = measureAt(steps, shown);
  const gauge = { measure, limits: view.limits };
  return (
    <>
      <div class="chart-head">
        <h2>
          <code class="lit">{replay.state}</code>
          {!isLive && <span class="past">as it was</span>}
        </h2>
        <button type="button" class="quiet" onClick={() => onWhole(!isWhole)}>
          {isWhole ? "the outline" : "every edge"}
        </button>
        <div class="choice" role="group" aria-label="What colors show">
          {heats.map(({ heat: each, label }) => (
            <button
              key={each}
              type="button"
              aria-pressed={heat === each}
              onClick={() => setHeat(each)}
            >
              {label}
            </button>
          ))}
        </div>
      </div>
      <ChartStage
        layout={layout}
        replay={replay}
        heat={heat}
        onPick={(id) => {
          const last = steps.findLastIndex(({ to }) => withAncestors(to).includes(id));
          if (last !== -1) onCount(last + 1);
        }}
        tell={(id) => <ChartFacts view={view} replay={replay} gauge={gauge} of={id} />}
      />
      <ReplayBar steps={steps} count={count} now={now} onChange={onCount} />
      <div class="facts">
        <ChartFacts view={view} replay={replay} gauge={gauge} of={replay.state} />
        <FollowUps view={view} state={replay.state} gauge={gauge} />
      </div>
    </>
  );
}

/** What the limits were measured by after so many steps: not every record tells it. */
function measureAt(steps: readonly TimedStep[], count: number): Measure | undefined {
  for (let index = count - 1; index >= 0; index--) {
    const measure = steps[index]?.measure;
    if (measure !== undefined) return measure;
  }
  return undefined;
}
