import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decide, enterSession, readReport } from "@samocode/session";
import { reportError } from "../../src/terminal/report-error.ts";
import { createSessionBench } from "../../../session/test/support/session-bench.ts";

type Bench = Awaited<ReturnType<typeof createSessionBench>>;
const historyOf = ({ store }: Bench) => join(store.folder, "_signal_history.jsonl");

/** Adds a record as a version would write it that knows a phase of its own. */
function addRecord(bench: Bench, more: object = { memory: { phase: "review" } }): void {
  const last = bench.last();
  const memory = { ...last?.memory, ...("memory" in more ? (more.memory as object) : {}) };
  const record = { ...last, seq: (last?.seq ?? 0) + 1, ...more, memory };
  appendFileSync(historyOf(bench), `${JSON.stringify(record)}\n`);
}

const message = (bench: Bench) =>
  `cannot continue from ${historyOf(bench)}: found the phase \`review\`, expected words that this version knows; ` +
  "update samocode to the version that wrote it and run again";

describe("a session that a newer version has moved to a phase of its own", () => {
  it("is entered by no run and takes no decision: its files stay as they are", async () => {
    await using bench = await createSessionBench();
    addRecord(bench);
    const before = [bench.overview(), readFileSync(historyOf(bench), "utf8")];
    const enter = enterSession(bench.store, { settings: {}, timeoutMs: 1000 });
    await expect(enter).rejects.toThrow(message(bench));
    await expect(decide(bench.store, { type: "resume" })).rejects.toThrow(message(bench));
    expect([bench.overview(), readFileSync(historyOf(bench), "utf8")]).toEqual(before);
  });

  it("is blocked, and says what is not known", async () => {
    await using bench = await createSessionBench();
    addRecord(bench);
    expect(readReport(bench.store, "x")).toMatchObject({
      state: "blocked",
      blocked: "yes",
      needs: "error_resolution",
      reason: message(bench),
    });
  });

  it("ends a run that rests in it, with the exit code of a blocked session", async () => {
    await using bench = await createSessionBench();
    await bench.run.apply({ type: "signal.waiting", for: "human_action" });
    addRecord(bench);
    const error: unknown = await bench.run.refresh().catch((fault: unknown) => fault);
    let told = "";
    expect(reportError(error, (text) => (told += text))).toBe(4);
    expect(told).toBe(`samocode-run: ${message(bench)}\n`);
  });

  it("goes on as soon as a record of this version follows", async () => {
    await using bench = await createSessionBench();
    const { overview } = bench;
    const text = overview();
    const known = bench.last();
    addRecord(bench);
    appendFileSync(historyOf(bench), `${JSON.stringify({ ...known, seq: 9 })}\n`);
    writeFileSync(join(bench.store.folder, "_overview.md"), text);
    expect(readReport(bench.store, "x").state).toBe(known?.to);
  });
});

it("an event that this version does not know is named as well", async () => {
  await using bench = await createSessionBench();
  addRecord(bench, { event: "merged" });
  expect(readReport(bench.store, "x").reason).toContain("found the event `merged`");
});
