import type { Phase } from "@samocode/core";
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { ChartView } from "../src/chart-view.ts";
import type { LogLine } from "../src/log-line.ts";
import { askLog } from "./ask.ts";
import { ChartPanel } from "./chart-panel.tsx";
import { DecisionPanel } from "./decision-panel.tsx";
import { Documents } from "./documents.tsx";
import { formatCost, formatNumberOf, formatSpan, formatTime, parseTime } from "./figures.ts";
import { listIterations, type Iteration } from "./iterations.ts";
import { LogView } from "./log-view.tsx";
import type { ShownSession, TimedStep } from "./page-state.ts";
import { moodOf, sayState } from "./state-words.ts";
import { Timeline } from "./timeline.tsx";

export interface SessionPageProps {
  readonly name: string;
  readonly session: ShownSession;
  readonly view: ChartView;
  readonly readOnly: boolean;
  /** True while the server cannot be reached. */
  readonly isOffline: boolean;
  readonly now: number;
}

/** The stream of an iteration that is over. */
interface OldLog {
  readonly log: string;
  readonly lines: readonly LogLine[];
}

/** One session: where it is, what a person can do about it, how it got there, and what it made. */
export function SessionPage(props: SessionPageProps): JSX.Element {
  const { name, session, view: chart, readOnly, isOffline, now } = props;
  const { view, files, lines, gone } = session;
  // A long history comes in pieces: it is shown once it is whole.
  const steps = session.isWhole ? session.steps : noSteps;
  const [count, setCount] = useState<number>();
  const [isWhole, setWhole] = useState(false);
  const [document, setDocument] = useState("_overview.md");
  const [old, setOld] = useState<OldLog>();
  const iterations = useMemo(() => listIterations(steps), [steps]);

  const readOld = (log: string): void => {
    askLog(name, log).then(
      (found) => setOld({ log, lines: found.lines }),
      () => setOld({ log, lines: [] }),
    );
  };
  // An agent that begins is read along; while none works, the last one is what there is to read.
  const latestLog = iterations.at(-1)?.log;
  useEffect(() => {
    if (session.log !== undefined) setOld(undefined);
    else if (latestLog !== undefined) readOld(latestLog);
  }, [session.log, latestLog]);
  const readFile = (file: string): void => {
    setDocument(file);
    globalThis.document.getElementById("documents")?.scrollIntoView({ behavior: "smooth" });
  };

  // The slider moves the chart many times a second: what does not follow it is not looked at again.
  const decisions = useMemo(
    () =>
      view && (
        <DecisionPanel
          view={view}
          files={files}
          phases={Object.keys(chart.limits.maxIterations) as readonly Phase[]}
          readOnly={readOnly}
          isOffline={isOffline}
          onName={readFile}
        />
      ),
    [view, files, chart, readOnly, isOffline],
  );
  const stream = useMemo(
    () => (
      <LogView
        lines={old?.lines ?? lines}
        places={[view?.folder, view?.workingDir].filter((place) => place !== undefined)}
        empty={session.log === undefined ? "No agent is working." : "No output yet."}
      />
    ),
    [old, lines, view?.folder, view?.workingDir, session.log],
  );
  // Only a slider that is not at its end points at an iteration.
  const pointedAt =
    count === undefined ? undefined : iterations.findLast(({ step }) => step < count)?.step;
  const isRunning = session.log !== undefined && view !== undefined;
  const timeline = useMemo(
    () => (
      <Timeline
        iterations={iterations}
        running={
          isRunning
            ? { number: view.iteration, phase: view.phase, beganAt: steps.at(-1)?.time }
            : undefined
        }
        now={now}
        log={old?.log}
        step={pointedAt}
        onRead={readOld}
        onGoTo={setCount}
      />
    ),
    [iterations, isRunning, view, now, old?.log, pointedAt],
  );
  const documents = useMemo(
    () => <Documents session={name} files={files} now={now} name={document} onName={setDocument} />,
    [name, files, now, document],
  );

  if (gone !== undefined) {
    return (
      <main id="main" class="session">
        <h1>{name}</h1>
        <p class="nothing">{gone}</p>
      </main>
    );
  }
  if (view === undefined) return <main id="main" class="session" aria-busy="true" />;
  return (
    <main id="main" class={isWhole ? "session whole" : "session"}>
      <header class="head">
        <h1>
          <span class={`mood ${moodOf(view.state)}${view.run === undefined ? "" : " running"}`} />
          {name}
        </h1>
        <p class="headline" role="status">
          {sayState(view.state, view.run !== undefined)}
          {view.stopRequested === true && ", then stops"}
          <Since text={view.since} now={now} />
        </p>
        {view.task !== undefined && (
          <p class="task" title={view.task}>
            {view.task}
          </p>
        )}
        <dl class="key-figures">
          <Figure name="phase" value={view.phase} />
          <Figure name="iterations" value={String(view.iteration)} />
          <Figure name="cost" value={formatCost(view)} />
          <Figure
            name="agent time"
            value={formatSpan(iterations.reduce((sum, { ms }) => sum + ms, 0))}
          />
        </dl>
      </header>
      <section class="card now" aria-label="What you can do">
        {decisions}
      </section>
      <section class="card chart" aria-label="Statechart">
        <ChartPanel
          view={chart}
          steps={steps}
          state={view.state}
          count={count}
          now={now}
          onCount={setCount}
          isWhole={isWhole}
          onWhole={setWhole}
        />
      </section>
      <section class="card stream" aria-label="Stream of an agent">
        <h2>
          {old === undefined ? "The agent" : nameLog(old.log, iterations)}
          {old !== undefined && session.log !== undefined && (
            <button type="button" class="quiet" onClick={() => setOld(undefined)}>
              back to now
            </button>
          )}
        </h2>
        {stream}
      </section>
      <section class="card iterations" aria-label="Iterations">
        <h2>{formatNumberOf(iterations.length, "iteration")}</h2>
        {timeline}
      </section>
      <section class="card files" id="documents" aria-label="Files">
        <h2>Files</h2>
        {documents}
      </section>
    </main>
  );
}

const noSteps: readonly TimedStep[] = [];

/** What the stream of an iteration is called: by its number, or by its file if no record names it. */
function nameLog(log: string, iterations: readonly Iteration[]): string {
  const found = iterations.find((each) => each.log === log);
  if (found === undefined) return `The agent of ${log.replace(/^_logs\//, "")}`;
  return `The agent of iteration ${found.number}, ${found.phase}`;
}

function Figure({ name, value }: { readonly name: string; readonly value: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Since({
  text,
  now,
}: {
  readonly text: string | undefined;
  readonly now: number;
}): JSX.Element | null {
  const at = parseTime(text);
  if (at === undefined) return null;
  return (
    <span class="since" aria-hidden="true">
      {" "}
      since {formatTime(at, now)}, for {formatSpan(now - at)}
    </span>
  );
}
