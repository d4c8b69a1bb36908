import { findArrows } from "@samocode/core/chart";
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { ChartView } from "../src/chart-view.ts";
import type { Simulation } from "../src/simulation.ts";
import { askSimulation } from "./ask.ts";
import { ChartFacts } from "./chart-facts.tsx";
import { ChartStage } from "./chart-stage.tsx";
import { ChoiceList } from "./choice-list.tsx";
import type { Gauge } from "./guard-words.ts";
import { createTrack } from "./replay.ts";
import { hrefOf, type Route } from "./route.ts";

export interface MachinePageProps {
  readonly route: Extract<Route, { readonly page: "machine" }>;
  readonly view: ChartView;
}

/** The bare machine, to be tried out: what is clicked happens to it, and it says what it makes of each. */
export function MachinePage({ route, view }: MachinePageProps): JSX.Element {
  const { path, verifies } = route;
  const [simulation, setSimulation] = useState<Simulation>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let isWanted = true;
    askSimulation(path, verifies).then(
      (found) => isWanted && setSimulation(found),
      (error: Error) => isWanted && setProblem(error.message),
    );
    return () => {
      isWanted = false;
      setProblem(undefined);
    };
  }, [path.join(","), verifies]);
  const replay = useMemo(() => {
    const { states = [], events = [] } = simulation ?? {};
    const steps = states.map((to, index) => ({
      event: events[index - 1] ?? "",
      from: states[Math.max(0, index - 1)] ?? to,
      to,
    }));
    return createTrack(steps, findArrows(view.outline, steps)).replay(steps.length);
  }, [simulation, view]);

  const go = (next: readonly string[]): void => {
    location.hash = hrefOf({ page: "machine", path: next, verifies });
  };
  if (simulation === undefined || problem !== undefined) {
    return (
      <main id="main" class="machine">
        <h1>The machine</h1>
        {problem !== undefined && (
          <p class="nothing">
            {problem} <a href={hrefOf({ page: "machine", path: [], verifies })}>Start over</a>
          </p>
        )}
      </main>
    );
  }
  const gauge: Gauge = { measure: simulation.measure, limits: view.limits };
  return (
    <main id="main" class="machine">
      <header class="head">
        <h1>The machine</h1>
        <p class="headline">
          Let things happen to it, below or with a click on the state to go to. Nothing runs, and no
          session is touched: it only says what it would make of each.
        </p>
      </header>
      <section class="card chart" aria-label="Statechart">
        <div class="chart-head">
          <h2 aria-live="polite">
            <code class="lit">{simulation.state}</code>
          </h2>
          <label class="check">
            <input
              type="checkbox"
              checked={verifies}
              onChange={() => {
                location.hash = hrefOf({ page: "machine", path, verifies: !verifies });
              }}
            />
            with a TEST_COMMAND
          </label>
        </div>
        <ChartStage
          layout={view.outline}
          replay={replay}
          heat="none"
          onPick={(state) => {
            const way = simulation.choices.find(
              ({ to, isTaken, refusal }) => to === state && isTaken && refusal === undefined,
            );
            if (way !== undefined) go([...path, way.id]);
          }}
          tell={(id) => <ChartFacts view={view} replay={replay} gauge={gauge} of={id} />}
        />
        {simulation.hold !== undefined && <p class="reason">{simulation.hold}</p>}
      </section>
      <section class="card choices" aria-label="What may happen">
        <h2>What may happen</h2>
        <ChoiceList simulation={simulation} gauge={gauge} onPick={(id) => go([...path, id])} />
      </section>
      <section class="card walk" aria-label="What has happened">
        <h2>
          What has happened
          <span>
            <button
              type="button"
              class="quiet"
              disabled={path.length === 0}
              onClick={() => go(path.slice(0, -1))}
            >
              undo the last
            </button>
            <button type="button" class="quiet" disabled={path.length === 0} onClick={() => go([])}>
              start over
            </button>
          </span>
        </h2>
        <ol>
          <li>
            <code>{simulation.states[0]}</code>
          </li>
          {path.map((id, index) => (
            <li key={index}>
              {id.replaceAll("_", " ")} → <code>{simulation.states[index + 1]}</code>
            </li>
          ))}
        </ol>
      </section>
    </main>
  );
}
