import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PersonEvent } from "@samocode/core";
import { openStore } from "@samocode/core/store";
import type { Step } from "@samocode/testkit";
import { describe, expect, it } from "vitest";
import { decide } from "@samocode/session";
import { createBench, steps, type Bench } from "./support/runner-cli.ts";

const { ask, investigate, plan } = steps;
const { poll } = expect;

const fails: Step[] = [{ do: "exit", code: 1 }];
/** A subscription limit that nobody wants to wait for. */
const limited: Step[] = [
  {
    do: "print",
    line: {
      type: "rate_limit_event",
      rate_limit_info: { status: "rejected", resetsAt: 4_000_000_000, rateLimitType: "five_hour" },
    },
  },
  { do: "result", with: { is_error: true, api_error_status: 429, result: "limit" } },
  { do: "exit", code: 1 },
];
const never = { SAMOCODE_RETRY_DELAY: "3600" };

const tell = (bench: Bench, event: PersonEvent) => decide(openStore(bench.folder()), event);
const stateOf = (bench: Bench) => () => {
  try {
    return bench.records().at(-1)?.to;
  } catch {
    return undefined;
  }
};
const reach = (bench: Bench, state: string) => poll(stateOf(bench)).toBe(state);

/** One record after the other, and never two agents. */
function expectOrder(bench: Bench): void {
  expect(bench.records().map(({ seq }) => seq)).toEqual(bench.records().map((_, i) => i + 1));
  expect(bench.claude.calls().flatMap(({ alongside }) => alongside)).toEqual([]);
}

describe.each([
  ["retrying", fails],
  ["limited", limited],
])("a run that is %s", (state, trouble) => {
  it("goes on at once if a command resumes it", async () => {
    await using bench = await createBench({ calls: [trouble, investigate, plan] }, { env: never });
    const run = bench.start("t", "--task", "x");
    await reach(bench, state);
    expect(await bench.run("resume", "t", "--note", "the net is back")).toMatchObject({
      exitCode: 0,
    });
    expect(await run).toMatchObject({ exitCode: 3 });
    expect(bench.claude.calls()[1]?.prompt).toContain("> the net is back");
    expect(bench.status()).toMatchObject({ waitingFor: "plan_approval" });
    expectOrder(bench);
  });

  it("goes where a person's edit of the overview sends it", async () => {
    await using bench = await createBench({ calls: [trouble, plan] }, { env: never });
    const run = bench.start("t", "--task", "x");
    await reach(bench, state);
    const path = join(bench.folder(), "_overview.md");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace("Phase: investigation", "Phase: planning"));
    expect(await run).toMatchObject({ exitCode: 3 });
    expect(bench.claude.calls()[1]?.phase).toBe("planning");
    expectOrder(bench);
  });

  it("ends where it is asked to stop", async () => {
    await using bench = await createBench({ calls: [trouble] }, { env: never });
    const run = bench.start("t", "--task", "x", "--wait");
    await reach(bench, state);
    expect(await tell(bench, { type: "stop" })).toMatchObject({ taken: true, from: state });
    expect(await run).toMatchObject({ exitCode: 3 });
    expect(bench.records().at(-1)).toMatchObject({ event: "stop", to: "paused" });
    expectOrder(bench);
  });
});

it("lets its agent end its work when it is asked to stop, and starts no other", async () => {
  await using bench = await createBench({ calls: [[{ do: "sleep", ms: 2000 }, ...investigate]] });
  const run = bench.start("t", "--task", "x", "--json");
  await poll(() => bench.claude.calls().length).toBe(1);
  expect(await tell(bench, { type: "stop", by: "ada" })).toMatchObject({
    taken: true,
    to: "working.investigation",
  });
  const { exitCode, stdout } = await run;
  expect(exitCode).toBe(3);
  expect(bench.claude.calls()).toHaveLength(1);
  expect(bench.records().slice(-2)).toMatchObject([
    { event: "stop", by: "ada" },
    { event: "signal.continue", to: "paused" },
  ]);
  expect(bench.status()).toMatchObject({ phase: "planning" });
  expect(stdout).toContain('"event":"stop"');
  expectOrder(bench);
});

it("that waits for a person ends where it is asked to stop, and the session waits on", async () => {
  await using bench = await createBench({ calls: [ask] });
  const run = bench.start("t", "--task", "x", "--wait");
  await reach(bench, "waiting.answers");
  await tell(bench, { type: "stop" });
  expect(await run).toMatchObject({ exitCode: 3 });
  expect(bench.status()).toMatchObject({ waitingFor: "qa_answers" });
  expectOrder(bench);
});
