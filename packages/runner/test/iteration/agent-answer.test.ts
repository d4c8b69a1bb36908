import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStore, type HistoryRecord } from "@samocode/core/store";
import { createTempFolder } from "@samocode/testkit";
import { describe, expect, it } from "vitest";
import { clearAnswer, formatAnswer, readAnswer } from "../../src/iteration/agent-answer.ts";

/** A session folder with this signal and a record of the end of the last iteration. */
async function createFolder(signal: string, ended: HistoryRecord) {
  const folder = await createTempFolder();
  const { path } = folder;
  writeFileSync(join(path, "_signal.json"), signal);
  writeFileSync(join(path, "_signal_history.jsonl"), `${JSON.stringify(ended)}\n{"event":"run"}\n`);
  const late = (): string[] =>
    existsSync(join(path, "_late")) ? readdirSync(join(path, "_late")) : [];
  return {
    store: openStore(path),
    late,
    isThere: () => existsSync(join(path, "_signal.json")),
    read: (name: string) => readFileSync(join(path, name), "utf8"),
    [Symbol.asyncDispose]: () => folder.dispose(),
  };
}

const text = '{"status": "continue", "phase": "planning", "iteration": 2, "mood": "good"}';
const signal = JSON.parse(text) as unknown;

describe("before an agent starts", () => {
  it("an answer that was taken goes away, also when a person has acted since", async () => {
    await using folder = await createFolder(text, { event: "signal.continue", signal });
    clearAnswer(folder.store);
    expect([folder.isThere(), folder.late()]).toEqual([false, []]);
  });

  it("an answer that was refused and kept in the history goes away", async () => {
    await using folder = await createFolder("{}", { event: "signal.invalid", refused: "{}" });
    clearAnswer(folder.store);
    expect([folder.isThere(), folder.late()]).toEqual([false, []]);
  });

  it.each([
    ["was written since", { event: "signal.continue", signal: { status: "continue" } }],
    ["an agent left that failed", { event: "agent.failed", signal }],
  ])("an answer that %s is kept", async (_, ended) => {
    await using folder = await createFolder(text, ended);
    clearAnswer(folder.store);
    expect(folder.isThere()).toBe(false);
    expect(folder.read(join("_late", folder.late()[0] ?? ""))).toBe(text);
  });

  it("a late answer gets the name that was recorded before a crash", async () => {
    const late = join("_late", "then-signal.json");
    const ended = { event: "signal.invalid", refused: text, late };
    await using folder = await createFolder(text, ended);
    clearAnswer(folder.store);
    expect(folder.read(late)).toBe(text);
  });
});

it("leaves the signal of another iteration where it is, and says where it is to be kept", async () => {
  await using folder = await createFolder(text, {});
  const answer = readAnswer(folder.store, 3, 0);
  expect(formatAnswer(answer)).toEqual({
    refused: text,
    late: "_late/1970-01-01T00-00-00.000Z-signal.json",
  });
  expect(folder.isThere()).toBe(true);
});

it("keeps no part of a secret, also where the answer is cut in it", async () => {
  const bot = "7100000042:AAFoundBotTokenFoundBotTokenFoundBot";
  const long = `${"x".repeat(3980)} ${bot} ${"x".repeat(100)}`;
  await using folder = await createFolder(long, { event: "signal.invalid" });
  const { refused } = formatAnswer(readAnswer(folder.store, 2, Date.now()));
  expect(String(refused)).not.toContain("AAFound");
  expect(String(refused)).not.toContain(bot.slice(0, 10));
});
