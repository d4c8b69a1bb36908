import type { AnyStateNode } from "xstate";
import { describe, expect, it } from "vitest";
import { sessionMachine } from "../src/machine/machine.ts";
import { formatState } from "../src/machine/session-state.ts";
import { reach, stateNames } from "./support/situations.ts";
import { formatTransitions } from "./support/transition-document.ts";

function atomsOf(node: AnyStateNode): readonly string[] {
  const children = Object.values(node.states);
  if (children.length === 0) return [node.path.join(".")];
  return children.flatMap(atomsOf);
}

describe("the transition table", () => {
  it("is what docs/transitions.md says", { timeout: 60_000 }, async () => {
    await expect(formatTransitions()).toMatchFileSnapshot("../../../docs/transitions.md");
  });

  it("knows every state of the statechart", () => {
    const atoms = atomsOf(sessionMachine.root).filter((id) => id !== "resuming");
    expect(new Set(stateNames)).toEqual(new Set(atoms));
  });

  it.each(stateNames)("reaches %s", (state) => {
    expect(formatState(reach(state).snapshot.value)).toBe(state);
  });
});
