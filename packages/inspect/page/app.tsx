import type { JSX } from "preact";
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import type { ChartView } from "../src/chart-view.ts";
import { askChart } from "./ask.ts";
import { openLive, type Connection, type Live } from "./live.ts";
import { MachinePage } from "./machine-page.tsx";
import { emptyState, takeMessage, unknownSession } from "./page-state.ts";
import { hrefOf, parseRoute } from "./route.ts";
import { sayWhatToDo } from "./session-groups.ts";
import { SessionPage } from "./session-page.tsx";
import { SessionRows } from "./session-rows.tsx";
import { moodOf } from "./state-words.ts";

/** The whole page. */
export function App(): JSX.Element {
  const [state, dispatch] = useReducer(takeMessage, emptyState);
  const [connection, setConnection] = useState<Connection>({ type: "connecting" });
  const [chart, setChart] = useState<ChartView>();
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  const [now, setNow] = useState(() => Date.now());
  const live = useRef<Live | null>(null);
  const known = useRef<string | undefined>(undefined);
  known.current = state.session.known;
  const shown = route.page === "session" ? route.name : undefined;

  useEffect(() => {
    const tellConnection = (next: Connection): void =>
      // It is lost since the first try that failed.
      setConnection((last) => (next.type === "lost" && last.type === "lost" ? last : next));
    const opened = openLive(dispatch, tellConnection, () => known.current);
    live.current = opened;
    const follow = (): void => setRoute(parseRoute(location.hash));
    addEventListener("hashchange", follow);
    const clock = setInterval(() => setNow(Date.now()), 1000);
    return () => {
      opened.close();
      removeEventListener("hashchange", follow);
      clearInterval(clock);
    };
  }, []);
  useEffect(() => {
    live.current?.show(shown);
    // What is shown now begins at its top, however far the one before was read.
    scrollTo(0, 0);
  }, [shown, route.page]);
  useEffect(() => {
    if (chart === undefined) askChart().then(setChart, () => {});
  }, [chart === undefined && connection.type]);

  const asking = (state.rows ?? []).filter((row) => ["asks", "stuck"].includes(moodOf(row.state)));
  useEffect(() => {
    const name = shown ?? (route.page === "machine" ? "the machine" : "sessions");
    document.title = `${asking.length > 0 ? `(${asking.length}) ` : ""}${name} · samocode`;
  }, [asking.length, shown, route.page]);

  const isOffline = isLostForLong(connection, now);
  const rows = <SessionRows rows={state.rows} now={now} shown={shown} />;
  return (
    <div class={`page ${route.page}`}>
      <a class="skip" href="#main" onClick={skip}>
        Skip to content
      </a>
      <header class="top">
        <a class="mark" href={hrefOf({ page: "list" })}>
          samocode
        </a>
        {shown !== undefined && (
          <a class="back" href={hrefOf({ page: "list" })}>
            all sessions
          </a>
        )}
        <nav aria-label="Page">
          <a
            href={hrefOf({ page: "machine", path: [], verifies: false })}
            aria-current={route.page === "machine" ? "page" : undefined}
          >
            the machine
          </a>
        </nav>
        {state.readOnly && <span class="tag">read-only</span>}
        <ConnectionSign connection={connection} now={now} />
      </header>
      {route.page === "list" ? (
        <main id="main" class="rail">
          <h1>Sessions</h1>
          {rows}
        </main>
      ) : (
        <aside class="rail" aria-label="Sessions">
          <h2>Sessions</h2>
          {rows}
        </aside>
      )}
      {chart !== undefined && shown !== undefined && (
        <SessionPage
          key={shown}
          name={shown}
          // What is known of the session before is not of this one.
          session={state.session.name === shown ? state.session : unknownSession}
          view={chart}
          readOnly={state.readOnly}
          isOffline={isOffline || connection.type === "refused"}
          now={now}
        />
      )}
      {chart !== undefined && route.page === "machine" && (
        <MachinePage route={route} view={chart} />
      )}
      {route.page === "list" && (
        <section class="welcome" aria-label="What to do">
          <p>{sayWhatToDo(state.rows)}</p>
        </section>
      )}
    </div>
  );
}

function ConnectionSign({
  connection,
  now,
}: {
  readonly connection: Connection;
  readonly now: number;
}): JSX.Element {
  if (connection.type === "refused") {
    return (
      <p class="connection refused" role="alert">
        {connection.message}
      </p>
    );
  }
  return (
    <p class={`connection ${connection.type}`} role="status">
      {connection.type === "open"
        ? "live"
        : isLostForLong(connection, now)
          ? "not connected, retrying"
          : "connecting"}
    </p>
  );
}

/** A break that is over in a moment is not worth a word. */
function isLostForLong(connection: Connection, now: number): boolean {
  return connection.type === "lost" && now - connection.since > 3000;
}

/** The part behind the `#` says what the page shows, so a link there cannot only scroll. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  const main = document.getElementById("main");
  main?.setAttribute("tabindex", "-1");
  main?.focus();
}
