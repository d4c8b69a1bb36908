import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { formatTime } from "./figures.ts";
import type { TimedStep } from "./page-state.ts";

export interface ReplayBarProps {
  readonly steps: readonly TimedStep[];
  /** How many steps are shown; absent for all, and for those that come. */
  readonly count: number | undefined;
  readonly now: number;
  readonly onChange: (count: number | undefined) => void;
}

/** A whole session is played in about this time, in ms; a short one more slowly. */
const playMs = 12_000;
const slowestMs = 900;
const frameMs = 40;

/** The time of the session as a slider: where it was after each of its steps. */
export function ReplayBar({ steps, count, now, onChange }: ReplayBarProps): JSX.Element {
  const [isPlaying, setPlaying] = useState(false);
  const last = steps.length;
  const at = Math.min(count ?? last, last);
  const step = steps[at - 1];

  useEffect(() => {
    if (!isPlaying) return undefined;
    const perStep = Math.min(slowestMs, playMs / Math.max(1, last));
    const began = performance.now();
    const timer = setInterval(() => {
      const next = at + Math.floor((performance.now() - began) / perStep);
      if (next === at) return;
      if (next >= last) {
        setPlaying(false);
        onChange(undefined);
      } else onChange(next);
    }, frameMs);
    return () => clearInterval(timer);
  }, [isPlaying, at, last]);

  const play = (): void => {
    if (!isPlaying && at >= last) onChange(1);
    setPlaying(!isPlaying);
  };
  const time = step?.time === undefined ? "" : formatTime(step.time, now);
  const what = step === undefined ? "no step yet" : `${step.event} → ${step.to}`;
  return (
    <div class="replay">
      <button
        type="button"
        class="play"
        onClick={play}
        disabled={last === 0}
        aria-label={isPlaying ? "Stop the replay" : "Replay the session"}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d={isPlaying ? "M4.5 3V13M11.5 3V13" : "M4.5 3L13 8L4.5 13Z"} />
        </svg>
      </button>
      <input
        type="range"
        min={0}
        max={last}
        value={at}
        disabled={last === 0}
        aria-label="Time of the session"
        aria-valuetext={`step ${at} of ${last}: ${what} ${time}`}
        onInput={(event) => {
          const value = Number(event.currentTarget.value);
          setPlaying(false);
          onChange(value >= last ? undefined : value);
        }}
      />
      <button
        type="button"
        class={count === undefined ? "live on" : "live"}
        aria-pressed={count === undefined}
        onClick={() => {
          setPlaying(false);
          onChange(undefined);
        }}
      >
        live
      </button>
      <p class="replay-step">
        <span>
          {at} / {last}
        </span>
        <span class="what">
          <code>{step?.event ?? "—"}</code> {step === undefined ? "" : `→ ${step.to}`}
        </span>
        <span>{time}</span>
        {step?.by !== undefined && <span>by {step.by}</span>}
      </p>
    </div>
  );
}
