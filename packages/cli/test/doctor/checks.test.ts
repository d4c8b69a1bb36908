import { phases } from "@samocode/core";
import { expect, it } from "vitest";
import { createCheck } from "@samocode/channels/plugin";
import { checkNode, judgeSpace } from "../../src/doctor/machine-checks.ts";
import { judgePlugin } from "../../src/doctor/plugin-check.ts";

const agents = phases.map((phase) => `samocode:${phase}`);

it.each([
  ["20.19.0", "ok"],
  ["20.20.2", "ok"],
  ["22.0.0", "ok"],
  ["20.18.9", "fault"],
  ["18.99.0", "fault"],
])("takes Node.js %s for what it is: %s", (version, state) => {
  expect(checkNode(version)).toMatchObject({ state });
});

it.each([
  [5e9, "ok"],
  [5e8, "warning"],
  [5e7, "fault"],
])("takes %d free bytes for what they are: %s", (bytes, state) => {
  const check = judgeSpace("disk", "/code", bytes);
  expect(check).toMatchObject({ state });
  expect(check.cure === undefined).toBe(state === "ok");
});

it("takes a plugin with an agent for each phase as whole", () => {
  expect(judgePlugin({ agents, pluginErrors: [] })).toMatchObject({ state: "ok" });
});

it.each([
  [{ agents, pluginErrors: ["a corrupt manifest"] }, "fault", "a corrupt manifest"],
  [{ agents: agents.slice(1), pluginErrors: [] }, "fault", "agents investigation"],
  [undefined, "warning", "did not report"],
])("tells what is wrong with a plugin, and what to do (%#)", (init, state, words) => {
  const { found, cure, ...check } = judgePlugin(init);
  expect(check).toEqual({ name: "plugin", state });
  expect(found).toContain(words);
  expect(cure).toContain("claude update");
});

it("shows nothing that a terminal would take for a command", () => {
  expect(createCheck("x", "ok", "a\u001B[2Jb\nc").found).toBe("ab c");
});
