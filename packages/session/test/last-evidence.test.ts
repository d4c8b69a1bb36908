import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "@samocode/core/store";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readLastEvidence } from "../src/last-evidence.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "samocode-evidence-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const line = (fields: object): string =>
  `${JSON.stringify({ event: "tests.passed", ...fields })}\n`;

/** The last evidence of a history of these lines. */
function read(...lines: readonly string[]): unknown {
  writeFileSync(join(folder, "_signal_history.jsonl"), lines.join(""));
  return readLastEvidence(openStore(folder));
}

test("the newest evidence counts, whatever was recorded since", () => {
  const old = line({ evidence: { tests: { total: 5 } } });
  const fresh = line({ evidence: { tests: { total: 3 }, testChanges: ["a was removed"] } });
  expect(read(old, fresh, line({ event: "run" }))).toEqual({
    tests: { total: 3 },
    testChanges: ["a was removed"],
  });
});

test("of a history only the lines with evidence are parsed", () => {
  writeFileSync(join(folder, "_signal_history.jsonl"), line({ event: "run" }));
  const store = openStore(folder);
  const words: unknown[] = [];
  readLastEvidence({
    historySize: store.historySize,
    readRecordsFrom: (offset, word) => {
      words.push(word);
      return store.readRecordsFrom(offset, word);
    },
  });
  expect(words).toEqual(['"evidence"']);
});

test("without a history, or evidence in it, there is none", () => {
  expect(readLastEvidence(openStore(folder))).toBeUndefined();
  expect(read()).toBeUndefined();
  expect(read(line({ event: "run" }))).toBeUndefined();
  expect(read(line({ evidence: { testChanges: "nonsense" } }))).toBeUndefined();
});
