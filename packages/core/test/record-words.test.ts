import { describe, expect, it, test } from "vitest";
import { parseHistory } from "../src/history/history.ts";
import { scanTail } from "../src/store/history-file.ts";
import { createRecord } from "../src/history/session-record.ts";
import { findUnknownWord } from "../src/history/record-words.ts";
import {
  agentEvents,
  personEvents,
  runnerEvents,
  signalEvents,
} from "../src/testing/sample-events.ts";
import { reach, stateNames } from "./support/situations.ts";

const memory = {
  phase: "planning",
  iteration: 2,
  counts: { investigation: 1, planning: 1, implementation: 0, testing: 0, quality: 0, done: 0 },
  rework: 0,
  failures: 0,
  costUsd: 0,
  notes: [],
};
const known = { seq: 1, event: "run", from: "paused", to: "paused", phase: "planning", memory };

/** What a record says with these words in the place of known ones. */
function unknownIn(more: object): string | undefined {
  return findUnknownWord({ ...known, ...more });
}

function tailOf(...records: readonly object[]) {
  const bytes = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  return scanTail(bytes.length, (from, length) => bytes.subarray(from, from + length));
}

describe("a record", () => {
  it.each([
    [{ event: "review.done" }, "the event `review.done`"],
    [{ event: "" }, "the event ``"],
    [{ phase: "review" }, "the phase `review`"],
    [{ to: "working.review" }, "the state `working.review`"],
    [{ to: "waiting" }, "the state `waiting`"],
    [{ for: "legal" }, "the kind of wait `legal`"],
    [{ memory: { ...memory, phase: "review" } }, "the phase `review`"],
    [{ memory: { ...memory, next: "review" } }, "the phase `review`"],
    [
      { memory: { ...memory, hold: { kind: "waiting", for: "legal" } } },
      "the kind of wait `legal`",
    ],
    [
      { memory: { ...memory, hold: { kind: "blocked", waitedFor: "legal" } } },
      "the kind of wait `legal`",
    ],
    [{ memory: { ...memory, hold: { kind: "parked" } } }, "the kind of hold `parked`"],
    [{ phase: "x".repeat(61) }, `the phase \`${"x".repeat(60)}\``],
    [{ phase: "constructor" }, "the phase `constructor`"],
  ])("with %j names what is not known", (more, word) => {
    expect(unknownIn(more)).toBe(word);
  });

  it.each([
    {},
    { phase: "requirements" },
    { event: "created" },
    { event: "edit.stale" },
    { event: "backOff" },
    { event: "limitReset" },
    { for: "qa_answers", to: "waiting.answers" },
    { for: 7 },
    { memory: "none" },
    { memory: { ...memory, hold: { kind: "blocked", reason: "no", needs: "clarification" } } },
    { extra: "review" },
  ])("with %j is known", (more) => {
    expect(unknownIn(more)).toBeUndefined();
  });

  it.each([undefined, 7, null, [], "run", { event: 7, phase: "review" }, { phase: "review" }])(
    "of another program decides nothing: %j",
    (value) => {
      expect(findUnknownWord(value)).toBeUndefined();
    },
  );

  it.each(stateNames)("of every event that leads to %s is known", (state) => {
    for (const event of [...signalEvents, ...agentEvents, ...runnerEvents, ...personEvents]) {
      const record = createRecord({ seq: 1, at: 0, event, from: "paused" }, reach(state).snapshot);
      expect(findUnknownWord(record)).toBeUndefined();
    }
  });
});

test("a newest record with an unknown word is never skipped", () => {
  const review = { ...known, seq: 2, memory: { ...memory, phase: "review" } };
  expect(tailOf(known, review)).toMatchObject({ state: { seq: 1 }, unknown: "the phase `review`" });
  expect(tailOf(review).unknown).toBe("the phase `review`");
  expect(tailOf(known, { ...known, event: "merged" }).unknown).toBe("the event `merged`");
});

test("an unknown word from before the newest state is past", () => {
  const review = { ...known, seq: 2, memory: { ...memory, phase: "review" } };
  expect(tailOf(review, { ...known, seq: 3 })).not.toHaveProperty("unknown");
});

test("a history says where it has an unknown word, whether the rest can be read or not", () => {
  const lines = [known, { ...known, event: "merged" }, { ...known, memory: { phase: "review" } }];
  const { records, problems } = parseHistory(lines.map((line) => JSON.stringify(line)).join("\n"));
  expect(records).toHaveLength(2);
  expect(problems).toEqual([
    { line: 2, message: "this version does not know the event `merged`" },
    { line: 3, message: "this version does not know the phase `review`" },
  ]);
});
