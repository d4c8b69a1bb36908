import type { JSX } from "preact";
import type { ChartView } from "../src/chart-view.ts";
import { formatMoney, formatNumberOf, formatSpan } from "./figures.ts";
import { findEdges, listFollowUps } from "./follow-ups.ts";
import { sayGuard, sayLimitsOf, type Gauge } from "./guard-words.ts";
import type { Replay } from "./replay.ts";
import { lastPart } from "./state-words.ts";

export interface ChartFactsProps {
  readonly view: ChartView;
  readonly replay: Replay;
  readonly gauge: Gauge;
  /** A state, or an arrow. */
  readonly of: string;
}

/** What there is to know of a state or an arrow: figures, limits and conditions with their present values. */
export function ChartFacts({ view, replay, gauge, of }: ChartFactsProps): JSX.Element {
  return of.includes(">") ? (
    <ArrowFacts view={view} arrow={of} gauge={gauge} />
  ) : (
    <StateFacts view={view} state={of} replay={replay} gauge={gauge} />
  );
}

interface StateFactsProps {
  readonly view: ChartView;
  readonly state: string;
  readonly replay: Replay;
  readonly gauge: Gauge;
}

function StateFacts({ view, state, replay, gauge }: StateFactsProps): JSX.Element {
  const placed = view.outline.states.find(({ id }) => id === state);
  const spent = replay.spent.get(state);
  const figures = [
    ...(spent === undefined || spent.times === 0
      ? ["not visited"]
      : [formatNumberOf(spent.times, "visit"), formatSpan(spent.ms), formatMoney(spent.usd)]),
    ...sayLimitsOf(state, gauge),
  ];
  return (
    <div class="fact">
      <h3>
        {state === "" ? "no state yet" : state}
        {state === replay.state && <span class="here">here</span>}
      </h3>
      <p>{placed?.description.replaceAll("`", "")}</p>
      <p class="figures">{figures.join(" · ")}</p>
    </div>
  );
}

interface ArrowFactsProps {
  readonly view: ChartView;
  readonly arrow: string;
  readonly gauge: Gauge;
}

function ArrowFacts({ view, arrow, gauge }: ArrowFactsProps): JSX.Element {
  const [source = "", target = ""] = arrow.split(">");
  const byGuard = new Map<string, Set<string>>();
  for (const { event, guard } of findEdges(view.chart, arrow)) {
    byGuard.set(
      guard,
      (byGuard.get(guard) ?? new Set()).add(event === "" ? "automatically" : event),
    );
  }
  return (
    <div class="fact">
      <h3>
        {lastPart(source)} → {lastPart(target)}
      </h3>
      <ul class="edges">
        {[...byGuard].map(([guard, events]) => (
          <li key={guard}>
            <code>{[...events].join(", ")}</code>
            <Condition guard={guard} gauge={gauge} />
          </li>
        ))}
      </ul>
    </div>
  );
}

export interface FollowUpsProps {
  readonly view: ChartView;
  readonly state: string;
  readonly gauge: Gauge;
}

/** Everything that may follow from a state, as a list: what the strong arrows say, for those who cannot see them. */
export function FollowUps({ view, state, gauge }: FollowUpsProps): JSX.Element {
  const followUps = listFollowUps(view.chart, state).filter(({ event }) => event !== "");
  return (
    <details class="follow-ups">
      <summary>
        What may follow from <code>{state}</code>
      </summary>
      <dl>
        {followUps.map(({ event, edges }) => (
          <div key={event}>
            <dt>
              <code>{event}</code>
            </dt>
            {edges.map((edge) => (
              <dd key={`${edge.source} ${edge.guard} ${edge.target}`}>
                → {edge.target === edge.source ? "stays" : edge.target}
                <Condition guard={edge.guard} gauge={gauge} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </details>
  );
}

interface ConditionProps {
  readonly guard: string;
  readonly gauge: Gauge;
}

function Condition({ guard, gauge }: ConditionProps): JSX.Element | null {
  return guard === "" ? null : <span class="guard">if {sayGuard(guard, gauge)}</span>;
}
