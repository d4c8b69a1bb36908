import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { LogLine } from "../src/log-line.ts";
import { formatMoney, formatNumberOf, formatSpan } from "./figures.ts";

export interface LogViewProps {
  readonly lines: readonly LogLine[];
  /** What to say while there is no line. */
  readonly empty: string;
  /** What the paths of the agent begin with, and a person need not read each time. */
  readonly places: readonly string[];
}

/** What an agent says and does, to read along: it stays at the end as long as a person has not scrolled away. */
export function LogView({ lines, empty, places }: LogViewProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useEffect(() => {
    const { current } = box;
    if (current !== null && follows.current) current.scrollTop = current.scrollHeight;
  }, [lines]);
  const failed = new Set(
    lines.flatMap((line) => (line.kind === "answer" && line.isError ? [line.id] : [])),
  );
  const answered = new Set(lines.flatMap((line) => (line.kind === "answer" ? [line.id] : [])));
  return (
    <div
      class="log"
      ref={box}
      tabIndex={0}
      role="log"
      aria-label="What the agent says and does"
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < 40;
      }}
    >
      {lines.length === 0 && <p class="nothing">{empty}</p>}
      {lines.map((line, index) => (
        <Line key={index} line={line} places={places} failed={failed} answered={answered} />
      ))}
    </div>
  );
}

interface LineProps {
  readonly line: LogLine;
  readonly places: readonly string[];
  readonly failed: ReadonlySet<string>;
  readonly answered: ReadonlySet<string>;
}

function Line({ line, places, failed, answered }: LineProps): JSX.Element | null {
  switch (line.kind) {
    case "begin":
      return <p class="line note">starts with {line.model}</p>;
    case "say":
      return <p class={line.isSubagent ? "line say inner" : "line say"}>{line.text}</p>;
    case "think":
      return <p class="line note">thinks</p>;
    case "tool": {
      const mark = failed.has(line.id) ? "failed" : answered.has(line.id) ? "done" : "busy";
      return (
        <p class={`line tool ${mark}${line.isSubagent ? " inner" : ""}`}>
          <strong>{line.tool}</strong> <code>{withoutPlaces(line.target, places)}</code>
          {mark === "failed" && <span class="flag"> failed</span>}
        </p>
      );
    }
    case "answer":
      return null;
    case "note":
      return <p class="line note">{line.text}</p>;
    case "end":
      return (
        <p class={line.isError ? "line end failed" : "line end"}>
          {line.isError ? "ended with an error" : "ended"} · {formatNumberOf(line.turns, "turn")} ·{" "}
          {formatSpan(line.durationMs)}
          {line.costUsd !== undefined && ` · ${formatMoney(line.costUsd)}`}
        </p>
      );
  }
}

function withoutPlaces(target: string, places: readonly string[]): string {
  return places.reduce((text, place) => text.replaceAll(`${place}/`, ""), target);
}
