import { describe, expect, it } from "vitest";
import { outlineLayout } from "../src/chart/chart-layout-outline.ts";
import { wholeLayout } from "../src/chart/chart-layout-whole.ts";
import { findArrows } from "../src/chart/chart-path.ts";
import { readMoves } from "../src/history/session-move.ts";
import { parseHistory } from "../src/history/history.ts";

const move = (event: string, from: string, to: string) => ({ event, from, to });
const moves = [
  move("created", "", "paused"),
  move("run", "paused", "working.planning"),
  move("signal.continue", "working.planning", "working.planning"),
  move("signal.continue", "working.planning", "waiting.approval"),
  move("approve", "waiting.approval", "working.implementation"),
  move("agent.failed", "working.implementation", "retrying"),
  move("wake", "retrying", "working.implementation"),
  move("signal.continue", "working.implementation", "working.testing"),
  move("signal.continue", "working.testing", "verifying"),
  move("tests.passed", "verifying", "working.done"),
  move("stop", "working.done", "working.done"),
  move("signal.done", "working.done", "finished"),
];

const read = (...records: object[]) =>
  readMoves(parseHistory(records.map((record) => JSON.stringify(record)).join("\n")).records);

describe("the way of a session", () => {
  it("goes along arrows of the outline, also via a state outside", () => {
    expect(findArrows(outlineLayout, moves)).toEqual([
      [],
      ["paused>working"],
      [],
      ["working>waiting"],
      ["waiting>working", "working.planning>working.implementation"],
      ["working>retrying"],
      ["retrying>working"],
      ["working.implementation>working.testing"],
      ["working>verifying"],
      ["verifying>working", "working.testing>working.done"],
      [],
      ["working>finished"],
    ]);
  });

  it("is the same with the names that older versions had for the end of a pause", () => {
    for (const [event, from] of [
      ["backOff", "retrying"],
      ["limitReset", "limited"],
    ]) {
      const [move] = read({ event, from, to: "working.planning" });
      expect(move).toEqual({ event: "wake", from, to: "working.planning" });
    }
  });

  it("is via a state outside also where it rests on the way back, as after a decision while no run is on", () => {
    const decided = [
      move("signal.waiting", "working.planning", "waiting.approval"),
      move("approve", "waiting.approval", "paused"),
      move("run", "paused", "working.implementation"),
      move("agent.interrupted", "working.implementation", "paused"),
      move("run", "paused", "working.implementation"),
    ];
    expect(findArrows(outlineLayout, decided)).toEqual([
      ["working>waiting"],
      [],
      ["paused>working", "working.planning>working.implementation"],
      ["working>paused"],
      ["paused>working"],
    ]);
  });

  it("goes along edges of the whole chart, and through the states that it only passes", () => {
    expect(findArrows(wholeLayout, moves)).toEqual([
      ["resuming>paused"],
      ["resuming>working.planning"],
      ["working.planning>working.planning"],
      ["working.planning>waiting.approval"],
      ["waiting.approval>resuming", "resuming>working.implementation"],
      ["working>retrying"],
      ["retrying>resuming", "resuming>working.implementation"],
      ["working.implementation>working.testing"],
      ["working.testing>verifying"],
      ["verifying>resuming", "resuming>working.done"],
      ["working>working"],
      ["working>finished"],
    ]);
  });

  it("goes along an edge that counts in every state", () => {
    const edit = move("edit", "blocked", "working.testing");
    expect(findArrows(wholeLayout, [edit])).toEqual([[">resuming", "resuming>working.testing"]]);
  });

  it("takes no way back via a state for one that the session has not been to", () => {
    const back = move("approve", "waiting.approval", "working.implementation");
    expect(findArrows(outlineLayout, [back])).toEqual([["waiting>working"]]);
    const before = move("signal.waiting", "working.investigation", "waiting.answers");
    const after = move("answer", "waiting.answers", "working.planning");
    expect(findArrows(outlineLayout, [before, after])).toEqual([
      ["working>waiting"],
      ["waiting>working"],
    ]);
  });

  it("has no arrows for what the chart does not know", () => {
    expect(findArrows(outlineLayout, [move("odd", "nowhere", "elsewhere")])).toEqual([[]]);
    expect(findArrows(wholeLayout, [move("odd", "nowhere", "elsewhere")])).toEqual([[]]);
  });
});

describe("the moves of a session", () => {
  it("are those of its records", () => {
    const record = { event: "approve", from: "waiting.approval", to: "working.implementation" };
    expect(read(record)).toEqual([record]);
  });

  it("are told from the signals where the Python samocode wrote the history", () => {
    expect(
      read(
        { phase: "init", status: "continue" },
        { phase: "investigation", status: "waiting", for: "qa_answers" },
        { phase: "requirements", status: "continue" },
        { phase: "planning", status: "waiting", for: "something" },
        { phase: "implementation", status: "blocked" },
        { phase: "odd", status: "continue" },
        { note: "odd" },
        { phase: "done", status: "done" },
      ),
    ).toEqual([
      move("signal.continue", "", "working.investigation"),
      move("signal.waiting", "working.investigation", "waiting.answers"),
      move("signal.continue", "waiting.answers", "working.planning"),
      move("signal.waiting", "working.planning", "waiting.action"),
      move("signal.blocked", "waiting.action", "blocked"),
      move("signal.continue", "blocked", "blocked"),
      move("record", "blocked", "blocked"),
      move("signal.done", "blocked", "finished"),
    ]);
  });
});
