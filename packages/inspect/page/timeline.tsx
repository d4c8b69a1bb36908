import type { JSX } from "preact";
import { formatCount, formatMoney, formatNumberOf, formatSpan, formatTime } from "./figures.ts";
import type { Iteration } from "./iterations.ts";

/** An iteration that has not ended. */
interface RunningIteration {
  readonly number: number;
  readonly phase: string;
  readonly beganAt: number | undefined;
}

export interface TimelineProps {
  readonly iterations: readonly Iteration[];
  /** The one that runs. */
  readonly running: RunningIteration | undefined;
  readonly now: number;
  /** The log that is read now. */
  readonly log: string | undefined;
  /** The step of the iteration that the chart shows as it was. */
  readonly step: number | undefined;
  readonly onRead: (log: string) => void;
  /** Shows the chart as it was when an iteration ended. */
  readonly onGoTo: (step: number) => void;
}

/** How many iterations are listed at first; the newest are the ones that are looked for. */
const maxListed = 200;

/** The iterations of a session, the newest first: how long they took, what they cost and what they left. */
export function Timeline(props: TimelineProps): JSX.Element {
  const { iterations, running, now, log, step, onRead, onGoTo } = props;
  const longest = Math.max(1, ...iterations.map(({ ms }) => ms));
  const listed = iterations.slice(-maxListed).toReversed();
  if (listed.length === 0 && running === undefined)
    return <p class="nothing">No iteration has ended yet.</p>;
  return (
    <ol class="timeline" tabIndex={0} aria-label="Iterations, the newest first">
      {running !== undefined && (
        <li>
          <div class="iteration">
            <span class="number">#{running.number}</span>
            <span class="phase">{running.phase}</span>
            <span class="elapsed">
              {running.beganAt === undefined
                ? "runs"
                : `runs, ${formatSpan(now - running.beganAt)}`}
            </span>
          </div>
        </li>
      )}
      {listed.map((iteration) => (
        <li
          key={iteration.step}
          class={log !== undefined && iteration.log === log ? "read" : ""}
          aria-current={iteration.step === step ? "step" : undefined}
        >
          <div class="iteration">
            <button
              type="button"
              class="number"
              onClick={() => onGoTo(iteration.step + 1)}
              title="Show the chart as it was then"
            >
              #{iteration.number}
            </button>
            <span class="phase">{iteration.phase}</span>
            <span class="outcome">{iteration.event}</span>
            <span class="when">
              {iteration.beganAt === undefined ? "" : formatTime(iteration.beganAt, now)}
            </span>
          </div>
          <div class="bar" aria-hidden="true">
            <span style={{ width: `${Math.max(0.5, (100 * iteration.ms) / longest)}%` }} />
          </div>
          <div class="spent">
            {iteration.ms > 0 && <span>{formatSpan(iteration.ms)}</span>}
            {iteration.usd > 0 && <span>{formatMoney(iteration.usd)}</span>}
            {iteration.turns !== undefined && (
              <span>{formatNumberOf(iteration.turns, "turn")}</span>
            )}
            {(iteration.tokens ?? 0) > 0 && (
              <span>{formatCount(iteration.tokens ?? 0)} tokens</span>
            )}
            {iteration.log !== undefined && (
              <button type="button" class="quiet" onClick={() => onRead(iteration.log ?? "")}>
                show its output
              </button>
            )}
          </div>
          {iteration.message !== undefined && <p class="message">{iteration.message}</p>}
          {iteration.commits.length > 0 && (
            <ul class="commits" aria-label="Commits">
              {iteration.commits.map((commit) => (
                <li key={commit}>
                  <code>{commit.slice(0, 7)}</code>
                  {commit.slice(commit.indexOf(" "))}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
      {iterations.length > maxListed && (
        <li class="nothing">and {iterations.length - maxListed} before them</li>
      )}
    </ol>
  );
}
