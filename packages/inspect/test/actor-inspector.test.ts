import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sessionMachine, type SessionEvent } from "@samocode/core";
import { createChart, type ChartEdge } from "@samocode/core/chart";
import { parseOverview } from "@samocode/core/overview";
import { parseHistory } from "@samocode/core/store";
import { createInspector, type StatelyInspectionEvent } from "@statelyai/inspect";
import { createActor, createMachine, type InspectionEvent } from "xstate";
import { expect, it } from "vitest";
import { createActorInspector } from "../src/index.ts";

const gate: readonly SessionEvent[] = [
  { type: "signal.continue", phase: "planning" },
  { type: "signal.waiting", for: "plan_approval" },
];

const tell = ({ source, target, event, guard }: ChartEdge) =>
  [source, target, event, guard].join(" ");

async function createBench() {
  const faults: string[] = [];
  const inspector = await createActorInspector({ onFault: (message) => faults.push(message) });
  const origin = `http://127.0.0.1:${inspector.port}`;
  const entered = await fetch(inspector.link());
  const Cookie = entered.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const headers = { Cookie, Origin: origin, "Content-Type": "application/json" };
  return {
    ...inspector,
    faults,
    decide: async (session: string, decision: object) => {
      const body = JSON.stringify({ session, decision });
      const answer = await fetch(`${origin}/api/decision`, { method: "POST", headers, body });
      return { status: answer.status, ...((await answer.json()) as { readonly state: string }) };
    },
    /** The folder of the only session, as the page is told. */
    folder: async () => {
      const stream = await fetch(`${origin}/api/stream?session=example`, { headers });
      const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      while (!/"folder":"/.test(text)) text += (await reader?.read())?.value ?? "";
      await reader?.cancel();
      return /"folder":"([^"]+)"/.exec(text)?.[1] ?? "";
    },
    [Symbol.asyncDispose]: () => inspector.close(),
  };
}

it("shows an actor as a session: where it is, and how it came there", async () => {
  await using bench = await createBench();
  const actor = createActor(sessionMachine, {
    id: "example",
    input: {},
    inspect: bench.inspect,
  }).start();
  for (const event of gate) actor.send(event);
  actor.send({ type: "tests.passed" });
  const folder = await bench.folder();
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const { records } = parseHistory(read("_signal_history.jsonl"));
  expect(records.map(({ event, from, to }) => [event, from, to])).toEqual([
    ["created", "", "working.investigation"],
    ["signal.continue", "working.investigation", "working.planning"],
    ["signal.waiting", "working.planning", "waiting.approval"],
  ]);
  expect(parseOverview(read("_overview.md")).status).toMatchObject({
    phase: "planning",
    waitingFor: "plan_approval",
  });
  expect(bench.faults).toEqual([]);
});

it("sends the actor what a person decides on the page", async () => {
  await using bench = await createBench();
  const actor = createActor(sessionMachine, {
    id: "example",
    input: {},
    inspect: bench.inspect,
  }).start();
  expect(await bench.decide("example", { type: "approve" })).toMatchObject({ status: 409 });
  for (const event of gate) actor.send(event);
  expect(await bench.decide("example", { type: "approve" })).toMatchObject({
    status: 200,
    state: "working.implementation",
  });
  expect(actor.getSnapshot().value).toEqual({ working: "implementation" });
  expect(actor.getSnapshot().context.approval?.by).toBe("page");
  expect(await bench.decide("other", { type: "approve" })).toMatchObject({ status: 404 });
});

it("tells actors apart, and leaves out those of other machines", async () => {
  await using bench = await createBench();
  const { inspect } = bench;
  createActor(createMachine({ id: "other", initial: "a", states: { a: {} } }), { inspect }).start();
  for (const id of ["example", "example", undefined]) {
    createActor(sessionMachine.provide({}), { input: {}, inspect, ...(id && { id }) }).start();
  }
  const stop = { type: "stop", atOnce: false };
  for (const name of ["example", "example 2", "actor 3"]) {
    expect(await bench.decide(name, stop)).toMatchObject({ status: 200 });
  }
  for (const name of ["other", "actor 1", "actor 4"]) {
    expect(await bench.decide(name, stop)).toMatchObject({ status: 404 });
  }
});

it("leaves nothing behind, and never throws in the actor", async () => {
  const bench = await createBench();
  const actor = createActor(sessionMachine, {
    id: "example",
    input: {},
    inspect: bench.inspect,
  }).start();
  const folder = dirname(await bench.folder());
  expect(existsSync(folder)).toBe(true);
  await bench.close();
  expect(existsSync(folder)).toBe(false);
  for (const event of gate) actor.send(event);
  expect(actor.getSnapshot().value).toEqual({ waiting: "approval" });
  expect(bench.faults.join("\n")).toContain("cannot write");
});

it("goes with Stately's inspector: it is told the same chart and the same states", async () => {
  const seen: StatelyInspectionEvent[] = [];
  const { inspect } = createInspector({ send: (event) => seen.push(event) });
  const next = (event: InspectionEvent) => inspect.next?.(event);
  const actor = createActor(sessionMachine, { input: {}, inspect: next }).start();
  for (const event of gate) actor.send(event);
  await expect
    .poll(() => seen.flatMap((event) => ("snapshot" in event ? [event.snapshot] : [])).at(-1))
    .toMatchObject({ value: { waiting: "approval" } });
  const [definition = ""] = seen.flatMap((event) =>
    event.type === "@xstate.actor" ? [event.definition] : [],
  );
  const told = createChart(createMachine(JSON.parse(definition)));
  // Only the order of the states is another one.
  expect(new Set(told.edges.map(tell))).toEqual(new Set(createChart().edges.map(tell)));
});
