import { expect, it } from "vitest";
import {
  emptyState,
  takeMessage,
  unknownSession,
  type PageMessage,
} from "../../page/page-state.ts";

const step = (event: string) => ({ event, from: "paused", to: "paused" });
const after = (...messages: readonly PageMessage[]) => messages.reduce(takeMessage, emptyState);
const steps = (from: number, events: readonly string[], isWhole = true, file = 7): PageMessage => ({
  type: "steps",
  file,
  from,
  steps: events.map(step),
  isWhole,
});
const line = (text: string) => ({ kind: "say", text, isSubagent: false }) as const;
const eventsOf = (state: ReturnType<typeof after>) =>
  state.session.steps.map(({ event }) => event).join("");

it("puts steps where they belong, however they come", () => {
  const state = after(steps(0, ["a", "b"], false), steps(2, ["c"]), steps(3, ["d"]));
  expect(eventsOf(state)).toBe("abcd");
  expect(state.session).toMatchObject({ isWhole: true, known: "7.4" });
  expect(eventsOf(takeMessage(state, steps(2, ["x"])))).toBe("abx");
  expect(eventsOf(takeMessage(state, steps(0, ["n"], true, 8)))).toBe("n");
  expect(takeMessage(state, steps(0, ["n"], true, 8)).session.known).toBe("8.1");
});

it("reads the time of a step, that of the Python samocode as well", () => {
  const state = after({
    type: "steps",
    file: 1,
    from: 0,
    isWhole: true,
    steps: [
      { ...step("a"), at: "2026-01-15T14:30:00.000+00:00" },
      { ...step("b"), at: "2026-01-15 14:30:00" },
      { ...step("c"), at: "yesterday" },
    ],
  });
  const [one, two, three] = state.session.steps;
  expect(one?.time).toBe(Date.UTC(2026, 0, 15, 14, 30));
  expect(two?.time).toBe(new Date(2026, 0, 15, 14, 30).getTime());
  expect(three).not.toHaveProperty("time");
});

it("keeps the last lines of a log, and begins again with another one", () => {
  const state = after(
    { type: "log", log: "_logs/1.jsonl", isNew: true, lines: [line("a")] },
    { type: "log", log: "_logs/1.jsonl", isNew: false, lines: [line("b")] },
  );
  expect(state.session).toMatchObject({ log: "_logs/1.jsonl", lines: [line("a"), line("b")] });
  const long = takeMessage(state, {
    type: "log",
    log: "_logs/1.jsonl",
    isNew: false,
    lines: Array.from({ length: 3000 }, (_, index) => line(String(index))),
  });
  expect(long.session.lines.length).toBe(1000);
  expect(long.session.lines.at(-1)).toEqual(line("2999"));
  const over = takeMessage(state, { type: "log", isNew: true, lines: [] });
  expect(over.session).not.toHaveProperty("log");
  expect(over.session.lines).toEqual([]);
});

it("shows nothing of one session on the page of another", () => {
  const state = after({ type: "show", name: "login" }, steps(0, ["a"]), {
    type: "gone",
    message: "it is gone",
  });
  expect(state.session).toMatchObject({ name: "login", gone: "it is gone" });
  const cart = takeMessage(state, { type: "show", name: "cart" });
  expect(cart.session).toEqual({ ...unknownSession, name: "cart" });
  expect(takeMessage(cart, { type: "show", name: undefined }).session).toEqual(unknownSession);
});

it("shows a session again that had gone", () => {
  const view = { name: "login", folder: "/x", phase: "planning", state: "paused" };
  const full = { ...view, questions: [], iteration: 1, costUsd: 0 };
  const state = after({ type: "gone", message: "it is gone" }, { type: "view", view: full });
  expect(state.session).not.toHaveProperty("gone");
});

it("keeps the last 1000 lines of a log", () => {
  const log = (count: number, isNew: boolean): PageMessage => ({
    type: "log",
    log: "_logs/a",
    isNew,
    lines: Array.from({ length: count }, (_, index) => line(String(index))),
  });
  expect(after(log(1000, true)).session.lines).toHaveLength(1000);
  const { lines } = after(log(1000, true), log(1, false)).session;
  expect(lines).toHaveLength(1000);
  expect(lines.at(0)).toEqual(line("1"));
  expect(lines.at(-1)).toEqual(line("0"));
  expect(after(log(1000, true), log(2, true)).session.lines).toHaveLength(2);
});
