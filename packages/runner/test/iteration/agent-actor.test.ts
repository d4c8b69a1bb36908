import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Agent, AgentIteration, AgentTask } from "@samocode/agent";
import { formatState, sessionMachine, type Phase } from "@samocode/core";
import { formatOverview } from "@samocode/core/overview";
import { openStore } from "@samocode/core/store";
import { createAgentActor } from "@samocode/runner";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import { createActor, toPromise, waitFor } from "xstate";

const signals: Record<Phase, object> = {
  investigation: { status: "continue", phase: "planning" },
  planning: { status: "waiting", for: "plan_approval" },
  implementation: { status: "continue", phase: "testing" },
  testing: { status: "continue", phase: "quality" },
  quality: { status: "continue", phase: "done" },
  done: { status: "done", summary: "It works." },
};

/** A session folder, and an actor whose agent is a function. */
async function createPlace(work: (iteration: AgentIteration) => void | Promise<void>) {
  const folder = await createTempFolder("samocode-actor-");
  const store = openStore(folder.path);
  const task = { name: "t", started: "01-15 14:30", workingDir: folder.path, task: "x" };
  writeFileSync(join(folder.path, "_overview.md"), formatOverview(task));
  const tasks: AgentTask[] = [];
  let stopped = false;
  const agent: Agent = {
    name: "function",
    log: { parseLine: () => [], largeLinesWith: "" },
    async run(iteration, { cancel }) {
      tasks.push(iteration.task);
      cancel.addEventListener("abort", () => (stopped = true));
      await work(iteration);
      const outcome = { type: "finished", conversation: "own" } as const;
      return { outcome, refusals: [], exitCode: 0, exitSignal: null };
    },
  };
  const actor = createAgentActor({
    agent,
    store,
    settings: { timeoutMs: 1000, idleTimeoutMs: 0, budgetUsd: undefined },
    project: { mainRepo: folder.path },
    workingDir: folder.path,
    env: {},
    cancel: new AbortController().signal,
    kill: new AbortController().signal,
    tell: () => {},
  });
  const signal = (text: string): void => writeFileSync(join(folder.path, "_signal.json"), text);
  return {
    tasks,
    signal,
    isStopped: () => stopped,
    machine: sessionMachine.provide({ actors: { agent: actor } }),
    [Symbol.asyncDispose]: () => folder.dispose(),
  };
}

it("takes an actor of the statechart from its start to its end, past the gate by a human alone", async () => {
  await using place = await createPlace(({ phase }) =>
    place.signal(JSON.stringify(signals[phase])),
  );
  const actor = createActor(place.machine, { input: {} }).start();
  await waitFor(actor, (snapshot) => snapshot.matches({ waiting: "approval" }));
  actor.send({ type: "approve", by: "ada" });
  expect(await toPromise(actor)).toMatchObject({ summary: "It works.", iterations: 6 });
});

it("repairs a signal in the conversation that its agent reported", async () => {
  await using place = await createPlace(() => place.signal("{}"));
  const actor = createActor(place.machine, { input: {} }).start();
  await waitFor(actor, (snapshot) => snapshot.matches("blocked"));
  expect(place.tasks).toEqual([
    { type: "work", conversation: expect.any(String), notes: [] },
    { type: "repair", conversation: "own", problem: expect.stringContaining("status") },
  ]);
});

it("blocks if its agent throws, and stops its agent when it is stopped", async () => {
  await using broken = await createPlace(() => {
    throw new Error("no such program");
  });
  const failed = createActor(broken.machine, { input: {} }).start();
  const { value, context } = await waitFor(failed, (snapshot) => !snapshot.hasTag("agent"));
  expect([formatState(value), JSON.stringify(context)]).toEqual([
    "blocked",
    expect.stringContaining("no such program"),
  ]);
  await using endless = await createPlace(() => new Promise(() => {}));
  const actor = createActor(endless.machine, { input: {} }).start();
  await expect.poll(() => endless.tasks.length).toBe(1);
  actor.stop();
  expect(endless.isStopped()).toBe(true);
});
