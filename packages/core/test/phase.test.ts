import { describe, expect, it } from "vitest";
import { phaseRules, type Phase, type PhaseRule } from "../src/workflow/phase.ts";
import { protocol } from "./support/protocol.ts";
import { enter } from "./support/session-play.ts";

/** What only some of the phases have. */
const particulars: Partial<Record<Phase, Partial<PhaseRule>>> = {
  planning: { gate: "plan_approval" },
  testing: { rework: ["implementation"], evidence: ["quality", "done"] },
  quality: { evidence: ["done"] },
};
const writesCode: ReadonlySet<Phase> = new Set(["implementation", "testing", "quality"]);

describe("the phase rules", () => {
  it.each(protocol)("say of %s what the protocol says", (phase, next, signals, maxIterations) => {
    const { description, writes, ...rule } = phaseRules[phase];
    expect(description).toMatch(/^[A-Z].*\.$/);
    expect(writes).toBe(writesCode.has(phase) ? "code" : "session");
    expect(rule).toEqual({ next, signals, maxIterations, ...particulars[phase] });
  });

  it("are typed: a state that there is not does not compile", () => {
    const { snapshot } = enter();
    expect(snapshot.matches({ working: "investigation" })).toBe(true);
    // @ts-expect-error -- spelled wrong
    expect(snapshot.matches({ working: "investigaton" })).toBe(false);
    // @ts-expect-error -- no phase has this name
    expect(phaseRules["design"]).toBeUndefined();
  });
});
