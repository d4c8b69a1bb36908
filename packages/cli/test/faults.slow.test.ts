import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createBench, signal, steps } from "./support/runner-cli.ts";

const { investigate, plan, implement } = steps;

describe("the known faults of the Python samocode", () => {
  it("does not open the gate for a signal that waits in another phase, nor after a restart", async () => {
    const sneaky = [signal({ status: "waiting", phase: "implementation" })];
    await using bench = await createBench({ calls: [investigate], otherwise: sneaky });
    expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 4 });
    expect(await bench.run("t")).toMatchObject({ exitCode: 4 });
    expect(bench.status()).toMatchObject({ phase: "planning", blocked: "yes" });
    expect(bench.claude.calls().map(({ phase }) => phase)).not.toContain("implementation");
  });

  it("waits for approval when an agent continues to implementation", async () => {
    const go = [signal({ status: "continue", phase: "implementation" })];
    await using bench = await createBench({ calls: [investigate, go] });
    expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 3 });
    expect(bench.status()).toMatchObject({ phase: "planning", waitingFor: "plan_approval" });
  });

  it("puts back the lines that an agent changed, records it and tells the next agent", async () => {
    await using bench = await createBench({
      calls: [
        [
          {
            do: "replace",
            path: "{session}/_overview.md",
            from: "Phase: investigation",
            to: "Phase: done",
          },
          {
            do: "replace",
            path: "{session}/_overview.md",
            from: "Blocked: no",
            to: "Blocked: yes",
          },
          signal({ status: "continue" }),
        ],
        investigate,
        plan,
      ],
    });
    expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 3 });
    expect(bench.claude.calls().map(({ phase }) => phase)).toEqual([
      "investigation",
      "investigation",
      "planning",
    ]);
    expect(bench.claude.calls()[1]?.prompt).toContain(
      "> phase: done -> investigation\n> blocked: yes -> no\n",
    );
    expect(bench.records().some((record) => "putBack" in record)).toBe(true);
  });

  it("takes a person's edit between iterations as far as the plan gate, and records it", async () => {
    await using bench = await createBench({ calls: [investigate, plan] });
    await bench.run("t", "--task", "x");
    const path = join(bench.folder(), "_overview.md");
    const edited = readFileSync(path, "utf8")
      .replace("Phase: planning", "Phase: implementation")
      .replace("Blocked: waiting_human", "Blocked: no");
    writeFileSync(path, edited);
    const { exitCode, stderr } = await bench.run("t");
    expect(exitCode).toBe(3);
    expect(stderr).toContain("editing the overview does not open the plan gate");
    expect(stderr).toContain("approve t");
    expect(bench.claude.calls()).toHaveLength(2);
    expect(bench.file("_overview.md")).toContain("Phase: planning\n");
    expect(bench.records().find(({ event }) => event === "edit")).toMatchObject({
      from: "waiting.approval",
      to: "waiting.approval",
    });
  });

  it("ends a hang after half a line at the time limit", async () => {
    await using bench = await createBench(
      { calls: [], otherwise: [{ do: "printPart", text: '{"type":"assis' }, { do: "hang" }] },
      { env: { CLAUDE_TIMEOUT: "1", SAMOCODE_MAX_RETRIES: "1" } },
    );
    expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 1 });
    expect(bench.claude.calls()).toHaveLength(2);
    expect(bench.records().map(({ event }) => event)).toContain("agent.timedOut");
  });

  it("asks once to repair a missing signal, in the same conversation, and then blocks", async () => {
    await using bench = await createBench({ calls: [], otherwise: [{ do: "say", text: "Done!" }] });
    expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 4 });
    const [first, second, ...more] = bench.claude.calls();
    expect(more).toEqual([]);
    expect(second?.argv).toContain("--resume");
    expect(second?.sessionId).toBe(first?.sessionId);
    expect(bench.status()).toMatchObject({ blocked: "yes", needs: "error_resolution" });
  });
});

describe("a run", () => {
  it("gives up on an agent that fails again and again, and the next run tries again", async () => {
    await using bench = await createBench(
      { calls: [[{ do: "exit", code: 1 }], [{ do: "exit", code: 1 }], investigate, plan] },
      { env: { SAMOCODE_MAX_RETRIES: "1" } },
    );
    expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 1 });
    expect(bench.status()).toMatchObject({ blocked: "no" });
    expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
  });

  it("blocks with the reason that the agent gives, and goes on when a person lets it", async () => {
    const stuck = [signal({ status: "blocked", reason: "no access", needs: "human_decision" })];
    await using bench = await createBench({ calls: [stuck, investigate, plan] });
    expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 4 });
    expect(bench.status()).toMatchObject({ reason: "no access", needs: "human_decision" });
    expect(await bench.run("resume", "t", "--note", "you have it now")).toMatchObject({
      exitCode: 0,
    });
    expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
    expect(bench.claude.calls()[1]?.prompt).toContain("> you have it now");
  });

  it("names the run that holds the session, and exits with 5", async () => {
    await using bench = await createBench({ calls: [[{ do: "hang" }]] });
    const first = bench.start("t", "--task", "x");
    await expect.poll(() => bench.claude.calls().length, { timeout: 20_000 }).toBe(1);
    const second = await bench.run("t");
    expect(second.exitCode).toBe(5);
    expect(second.stderr).toContain(String(first.pid));
    first.kill("SIGINT");
    expect(await first).toMatchObject({ exitCode: 130 });
  });

  it("records an interruption, leaves no agent, and goes on in the next run", async () => {
    await using bench = await createBench({ calls: [[{ do: "hang" }], investigate, plan] });
    const first = bench.start("t", "--task", "x");
    await expect.poll(() => bench.claude.calls().length, { timeout: 20_000 }).toBe(1);
    first.kill("SIGTERM");
    expect(await first).toMatchObject({ exitCode: 143 });
    expect(bench.records().at(-1)).toMatchObject({ event: "agent.interrupted", to: "paused" });
    expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
    expect(bench.claude.calls().flatMap(({ alongside }) => alongside)).toEqual([]);
  });

  it("takes over the agent of a runner that was killed", async () => {
    await using bench = await createBench({
      calls: [[{ do: "sleep", ms: 1500 }, ...investigate], plan],
    });
    const first = bench.start("t", "--task", "x");
    await expect.poll(() => bench.claude.calls().length, { timeout: 20_000 }).toBe(1);
    first.kill("SIGKILL");
    await first;
    const second = await bench.run("t");
    expect(second).toMatchObject({ exitCode: 3 });
    expect(second.stderr).toContain("reattached");
    expect(bench.claude.calls()).toHaveLength(2);
    expect(bench.claude.calls().flatMap(({ alongside }) => alongside)).toEqual([]);
  });
});

describe("the test command", () => {
  it("sends the work back when it is red, and opens the way when it is green", async () => {
    const { test, clean, sum } = steps;
    const mend = [
      { do: "write" as const, path: "mended", content: "" },
      signal({ status: "continue", phase: "quality" }),
    ];
    await using bench = await createBench(
      { calls: [investigate, plan, implement, test, mend, clean, sum] },
      { settings: { TEST_COMMAND: "test -f mended && echo '3 passed, 0 failed'" } },
    );
    await bench.run("t", "--task", "x", "--auto-approve");
    expect(bench.records().map(({ event }) => event)).toEqual(
      expect.arrayContaining(["tests.failed", "tests.passed"]),
    );
    expect(bench.status()).toMatchObject({ phase: "done" });
    expect(bench.claude.calls()[4]?.prompt).toContain("failed with exit code 1");
  });

  it("decides nothing by what it writes into the overview: that is put back and recorded", async () => {
    const cheat = `sed -i 's/^Phase: .*/Phase: done/' "$SAMOCODE_SESSION/_overview.md"; exit 1`;
    await using bench = await createBench(
      { calls: [investigate, plan, implement, steps.test, steps.test] },
      { settings: { TEST_COMMAND: cheat } },
    );
    await bench.run("t", "--task", "x", "--auto-approve", "--max-iterations", "5");
    expect(bench.claude.calls().map(({ phase }) => phase)).toEqual([
      "investigation",
      "planning",
      "implementation",
      "testing",
      "testing",
    ]);
    expect(bench.records().map(({ event }) => event)).not.toContain("edit");
    expect(bench.records().find(({ event }) => event === "tests.failed")).toMatchObject({
      putBack: ["phase: done -> testing"],
    });
    expect(bench.status()).toMatchObject({ phase: "testing" });
  });
});
