import { formatNotice, phases, sessionMachine, type RunEvent } from "@samocode/core";
import { formatChartLine } from "@samocode/core/chart";
import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { readNotice } from "@samocode/channels";
import { formatForList, formatForParent } from "../../src/mcp/session-text.ts";
import {
  refusedDecision,
  formatReport,
  formatEvent,
  formatHappening,
  stateWords,
} from "@samocode/session";
import { formatList } from "../../src/terminal/session-list.ts";
import { createReport } from "../../../session/test/support/report.ts";
import {
  asking,
  blocked,
  createSessionsFolder,
  planned,
} from "../../../session/test/support/waiting-session.ts";

const plain = picocolors.createColors(false);
const states = ["working", "waiting"]
  .flatMap((group) =>
    Object.keys(sessionMachine.states[group]?.states ?? {}).map((id) => `${group}.${id}`),
  )
  .concat(Object.keys(sessionMachine.states).filter((id) => !["working", "waiting"].includes(id)));

/** The names that only the machine uses, and those of its events. */
const internal =
  /\b(?:working|waiting|signal|agent|tests|overview)\.[a-z]|\b(?:paused|limited|retrying|verifying|resuming|wake|backOff|limitReset|timedOut|unanswered)\b/;

/** All that is said of a session in a state, on every face that says it in words. */
function saidOf(state: string): readonly string[] {
  const report = createReport({ state });
  const view = { columns: 200, color: plain, now: 0 };
  return [
    stateWords(state),
    formatReport(report, 0),
    ...formatList([report], view),
    formatForParent(report),
    formatForList(report),
    ...phases.map((phase) => formatChartLine(phase, state)),
    formatEvent({ type: "waiting", state } as RunEvent, plain) ?? "",
    formatEvent({ type: "timer.started", state, until: 0 }, plain) ?? "",
    formatHappening({ event: "run", from: "", to: state }, plain),
    formatHappening({ event: "signal.continue", from: state, to: state, message: "m" }, plain),
  ];
}

describe("no name of the machine's is told to people", () => {
  it("knows the states of the machine", () => {
    expect(states).toEqual(
      expect.arrayContaining(["paused", "waiting.approval", "working.planning", "verifying"]),
    );
  });

  it.each(states.filter((state) => state !== "resuming"))("in `%s`", (state) => {
    for (const text of saidOf(state)) expect(text).not.toMatch(internal);
  });

  it.each(sessionMachine.events.filter((event) => !event.startsWith("xstate.")))(
    "of the event `%s`",
    (event) => {
      expect(formatHappening({ event, from: "paused", to: "paused" }, plain)).not.toMatch(internal);
    },
  );

  it("where a decision comes too late", async () => {
    await using folder = await createSessionsFolder();
    const { store } = folder.add("26-01-15-login", planned);
    for (const state of states.filter((each) => each !== "resuming")) {
      const { message } = refusedDecision(store, "login", "approve", state);
      expect(message).not.toMatch(internal);
      expect(message).toContain(`Its state now: ${stateWords(state)}.`);
    }
  });

  it.each([
    ["questions", asking],
    ["a plan", planned],
    ["a block", blocked],
    ["nothing to decide", { status: { Phase: "testing", Blocked: "no" } }],
  ])("in a notice: %s", async (_, files) => {
    await using folder = await createSessionsFolder();
    const { store } = folder.add("26-01-15-login", files);
    expect(formatNotice(readNotice(store, "login"))).not.toMatch(internal);
  });
});

it("has words for each state, and the phase where an agent works", () => {
  expect(stateWords("paused")).toBe("ready to continue");
  expect(stateWords("waiting.answers")).toBe("waits for answers");
  expect(stateWords("verifying")).toBe("the tests run");
  expect(stateWords("working.planning")).toBe("planning");
  expect(stateWords("blocked")).toBe("blocked");
});

it("says a state that it does not know without its dots, and fit for a terminal", () => {
  expect(stateWords("waiting.for\u001B[2J.godot")).toBe("waiting for godot");
  expect(stateWords("constructor")).toBe("constructor");
});
