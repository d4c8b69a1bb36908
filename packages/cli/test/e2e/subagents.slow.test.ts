import { text, toolUse, type ApiRequest } from "@samocode/testkit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createClaudeBench, signal, type Agent, type ClaudeBench } from "./support/claude-bench.ts";

const start = (kind: string, prompt: string) =>
  toolUse("Agent", { description: "Propose", prompt, subagent_type: kind });

/** Asks two proposers in one message, then one that is not for it, and ends. */
const implementer: Agent = (told, { agentId }) =>
  agentId === undefined
    ? [
        [
          start("samocode:proposer", "The smallest change."),
          start("samocode:proposer", "The cleanest structure."),
        ],
        start("general-purpose", "Do it all."),
        signal(told, { status: "blocked", reason: "x", needs: "human_decision" }),
      ]
    : [text("A proposal.")];

const move =
  (end: object): Agent =>
  (told) => [signal(told, { ...end })];

let bench: ClaudeBench;
let proposals: readonly ApiRequest[];

beforeAll(async () => {
  bench = await createClaudeBench([
    move({ status: "continue", phase: "planning" }),
    move({ status: "waiting", phase: "planning", for: "plan_approval" }),
    implementer,
  ]);
  await bench.run("t", "--task", "Do it.", "--auto-approve");
  proposals = bench.api.requests.filter(({ agentId }) => agentId !== undefined);
});

afterAll(async () => {
  await bench[Symbol.asyncDispose]();
});

it("two proposers work each for themselves, with no tool that writes files", () => {
  expect(proposals.map(({ prompt }) => prompt).toSorted()).toEqual([
    expect.stringContaining("The cleanest structure."),
    expect.stringContaining("The smallest change."),
  ]);
  for (const { system, tools } of proposals) {
    expect(system.at(-1)?.text).toMatch(/^You propose how to build one step of a coding task\./);
    expect(tools.map(({ name }) => name).toSorted()).toEqual(["Bash", "Read"]);
  }
});

it("their answers are in hand before the agent goes on: nothing is in the background", () => {
  const [, second] = bench.api.requests.filter(
    ({ prompt, agentId }) => prompt.includes("\nPhase: implementation\n") && agentId === undefined,
  );
  expect(JSON.stringify(second?.messages).match(/A proposal\./g)).toHaveLength(2);
});

it("no other agent can be started", () => {
  const last = JSON.stringify(bench.api.requests.at(-1)?.messages);
  expect(last).toContain(
    "Agent type 'general-purpose' not found. Available agents: samocode:proposer",
  );
});
