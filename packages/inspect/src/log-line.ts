import type { AgentActivity } from "@samocode/core";

/** One line of what an agent says and does, for a person to read. */
export type LogLine =
  | { readonly kind: "begin"; readonly model: string }
  | { readonly kind: "say"; readonly text: string; readonly isSubagent: boolean }
  | { readonly kind: "think" }
  | {
      readonly kind: "tool";
      /** Names the call that an `answer` belongs to. */
      readonly id: string;
      readonly tool: string;
      readonly target: string;
      readonly isSubagent: boolean;
    }
  | { readonly kind: "answer"; readonly id: string; readonly isError: boolean }
  | { readonly kind: "note"; readonly text: string }
  | {
      readonly kind: "end";
      readonly isError: boolean;
      readonly turns: number;
      readonly durationMs: number;
      readonly costUsd?: number;
    };

/** How much of one thing that an agent says is shown, in characters. */
const maxText = 4000;

/** What a person reads of what an agent does; nothing if there is nothing to read. */
export function createLogLine(event: AgentActivity): LogLine | undefined {
  switch (event.type) {
    case "init":
      return { kind: "begin", model: event.model };
    case "text":
      if (event.text.trim() === "") return undefined;
      return {
        kind: "say",
        text: cut(event.text.trim()),
        isSubagent: event.subagent !== undefined,
      };
    case "thinking":
      return { kind: "think" };
    case "tool": {
      const { id, tool, target, subagent } = event;
      return { kind: "tool", id, tool, target: cut(target), isSubagent: subagent !== undefined };
    }
    case "toolResult":
      return { kind: "answer", id: event.id, isError: event.isError };
    case "retry":
      return note(`waits for the API, attempt ${event.attempt} of ${event.maxRetries}`);
    case "limit":
      return event.status === "allowed" ? undefined : note(`usage limit: ${event.status}`);
    case "fallback":
      return note(`continues with ${event.to} instead of ${event.from}`);
    case "apiError":
      return note(`API error: ${event.error} ${event.text}`.trim());
    case "result": {
      const { isError, turns, durationMs, costUsd } = event;
      return { kind: "end", isError, turns, durationMs, ...(costUsd !== undefined && { costUsd }) };
    }
    case "usage":
      return undefined;
  }
}

function note(text: string): LogLine {
  return { kind: "note", text: cut(text) };
}

function cut(text: string): string {
  return text.length <= maxText ? text : `${text.slice(0, maxText)}…`;
}
