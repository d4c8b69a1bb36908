import { blockNeeds, phaseRules, phases, type Phase } from "@samocode/core";
import { describe, expect, it } from "vitest";
import {
  formatPhaseProtocol,
  formatSignals,
  legalSignals,
} from "../../src/texts/phase-protocol.ts";

// Typed by hand from the contract, not read from the phase table: the one place where the two are held together.
const expected: Record<Phase, readonly string[]> = {
  investigation: [
    "continue investigation",
    "continue planning",
    "waiting investigation qa_answers",
    "waiting investigation file_update",
    "waiting investigation human_action",
    "blocked investigation",
  ],
  planning: [
    "continue planning",
    "waiting planning qa_answers",
    "waiting planning plan_approval",
    "waiting planning file_update",
    "waiting planning human_action",
    "blocked planning",
  ],
  implementation: [
    "continue implementation",
    "continue testing",
    "continue quality",
    "waiting implementation qa_answers",
    "waiting implementation file_update",
    "waiting implementation human_action",
    "blocked implementation",
  ],
  testing: [
    "continue testing",
    "continue quality",
    "continue done",
    "continue implementation",
    "waiting testing qa_answers",
    "waiting testing file_update",
    "waiting testing human_action",
    "blocked testing",
  ],
  quality: [
    "continue quality",
    "continue testing",
    "continue done",
    "waiting quality qa_answers",
    "waiting quality file_update",
    "waiting quality human_action",
    "blocked quality",
  ],
  done: ["done done", "blocked done"],
};

function signalsIn(text: string, iteration: string): Record<string, unknown>[] {
  return [...text.matchAll(/`(\{[^`]*\})`/g)].map(([, json = ""]) =>
    JSON.parse(json.replace(`"iteration":${iteration}`, '"iteration":7')),
  );
}

function name(signal: Record<string, unknown>): string {
  return [signal["status"], signal["phase"], signal["for"]].filter(Boolean).join(" ");
}

describe.each(phases)("the protocol of %s", (phase) => {
  it("offers every legal signal and no other", () => {
    expect(signalsIn(formatPhaseProtocol(phase), "N").map(name)).toEqual(expected[phase]);
  });

  it("shows each signal as JSON with the iteration number", () => {
    const signals = signalsIn(formatSignals(phase, 7), "7");
    expect(signals.map(({ iteration }) => iteration)).toEqual(signals.map(() => 7));
    expect(signals).toMatchObject(legalSignals(phase));
  });

  it("names everything that a blocked session may need", () => {
    expect(formatPhaseProtocol(phase)).toContain(`needs is one of ${blockNeeds.join(", ")}`);
  });

  it("tells the limit of the phase", () => {
    expect(formatPhaseProtocol(phase)).toContain(
      `At most ${phaseRules[phase].maxIterations} iterations here`,
    );
  });
});

it("reads to the planner as a gate that no signal opens", () => {
  expect(formatPhaseProtocol("planning")).toMatchInlineSnapshot(`
    "## Signals in planning

    N is your iteration's number. Anything else is refused.

    - Stay in planning: \`{"status":"continue","phase":"planning","iteration":N}\`
    - Questions in \`_qa.md\` are open: \`{"status":"waiting","phase":"planning","for":"qa_answers","iteration":N}\`
    - The plan is ready for approval: \`{"status":"waiting","phase":"planning","for":"plan_approval","iteration":N}\`
    - A person must change the file in \`Next\`: \`{"status":"waiting","phase":"planning","for":"file_update","iteration":N}\`
    - A person must do what \`Next\` says: \`{"status":"waiting","phase":"planning","for":"human_action","iteration":N}\`
    - Cannot go on; needs is one of human_decision, clarification, error_resolution, investigation: \`{"status":"blocked","phase":"planning","reason":"…","needs":"human_decision","iteration":N}\`

    Only a person's approval leads to implementation; no signal does.
    At most 20 iterations here; then a person is asked.
    "
  `);
});

it("tells the tester which way is on, which is back, and how often", () => {
  const moves = formatSignals("testing", 3).split("\n").slice(0, 4);
  expect(moves).toMatchInlineSnapshot(`
    [
      "- Stay in testing: \`{"status":"continue","phase":"testing","iteration":3}\`",
      "- On to quality: \`{"status":"continue","phase":"quality","iteration":3}\`",
      "- On to done: \`{"status":"continue","phase":"done","iteration":3}\`",
      "- Back to implementation, at most 3 times a session: \`{"status":"continue","phase":"implementation","iteration":3}\`",
    ]
  `);
});
