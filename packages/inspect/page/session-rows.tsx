import type { JSX } from "preact";
import type { SessionRow } from "../src/session-list.ts";
import { formatCost, formatNumberOf, formatSpan, parseTime } from "./figures.ts";
import { hrefOf } from "./route.ts";
import { groupSessions } from "./session-groups.ts";
import { moodOf, sayState } from "./state-words.ts";

export interface SessionRowsProps {
  readonly rows: readonly SessionRow[] | undefined;
  readonly now: number;
  /** Name of the session that is shown. */
  readonly shown: string | undefined;
}

/** All sessions: where each is, what it waits for and since when, what it has cost, and how old it is. */
export function SessionRows({ rows, now, shown }: SessionRowsProps): JSX.Element {
  if (rows === undefined) return <p class="nothing">Loading sessions…</p>;
  if (rows.length === 0) {
    return (
      <p class="nothing">
        There are no sessions yet. Start one: <code>samocode-run NAME --task "…"</code>
      </p>
    );
  }
  return (
    <>
      {groupSessions(rows).map(({ title, rows: group }) => (
        <section key={title} aria-label={title}>
          <p class="group">
            {title} <span>{group.length}</span>
          </p>
          <ul class="sessions">
            {group.map((row) => (
              <Row key={row.name} row={row} now={now} isShown={row.name === shown} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

interface RowProps {
  readonly row: SessionRow;
  readonly now: number;
  readonly isShown: boolean;
}

function Row({ row, now, isShown }: RowProps): JSX.Element {
  return (
    <li>
      <a
        href={hrefOf({ page: "session", name: row.name })}
        aria-current={isShown ? "page" : undefined}
      >
        <span class={`mood ${moodOf(row.state)}${row.isRunning ? " running" : ""}`} />
        <span class="name">{row.name}</span>
        {row.task !== undefined && <span class="task-line">{row.task}</span>}
        <span class="state">
          {sayState(row.state, row.isRunning)}
          {row.stopRequested === true && ", then stops"}
          {row.state === "waiting.answers" && ` (${formatNumberOf(row.openQuestions, "question")})`}
        </span>
        <span class="row-facts">
          {since(row.since, now)}
          <span>{formatCost(row)}</span>
          <span>{formatNumberOf(row.iteration, "iteration")}</span>
          {age(row.began, now)}
        </span>
      </a>
    </li>
  );
}

function since(text: string | undefined, now: number): JSX.Element | null {
  const at = parseTime(text);
  return at === undefined ? null : <span>for {formatSpan(now - at)}</span>;
}

function age(text: string | undefined, now: number): JSX.Element | null {
  const at = parseTime(text);
  return at === undefined ? null : <span>{formatSpan(now - at)} old</span>;
}
