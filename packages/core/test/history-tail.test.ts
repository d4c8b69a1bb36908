import { describe, expect, test } from "vitest";
import { readLine, type HistoryLine } from "../src/history/history.ts";
import { scanTail } from "../src/store/history-file.ts";
import type { HistoryTail } from "../src/history/history-tail.ts";

const block = 64 * 1024;

const memory = {
  phase: "planning",
  iteration: 2,
  counts: { investigation: 1, planning: 1, implementation: 0, testing: 0, quality: 0, done: 0 },
  rework: 0,
  failures: 0,
  costUsd: 0,
  notes: [],
};

function python(iteration: number, size = 0): string {
  const line = {
    timestamp: "2026-01-15 14:30:00",
    iteration,
    phase: "planning",
    status: "continue",
  };
  return `${JSON.stringify(size === 0 ? line : { ...line, summary: "x".repeat(size) })}\n`;
}

function ours(seq: number, event: string, more: object = {}): string {
  return `${JSON.stringify({ seq, event, from: "paused", to: "paused", memory, ...more })}\n`;
}

interface Scan {
  readonly tail: HistoryTail;
  readonly bytes: number;
  readonly parsed: number;
}

/** Scans a text and counts what that costs. */
function scan(text: string | Buffer): Scan {
  const all = Buffer.from(text);
  let bytes = 0;
  let parsed = 0;
  const readBlock = (from: number, length: number): Buffer => {
    bytes += length;
    return all.subarray(from, from + length);
  };
  const read = (line: string): HistoryLine => {
    parsed++;
    return readLine(line);
  };
  return { tail: scanTail(all.length, readBlock, read), bytes, parsed };
}

test("an empty history has no end, and is not torn", () => {
  expect(scan("").tail).toEqual({ torn: false });
});

test("one record is the whole end of a history", () => {
  const { tail } = scan(ours(1, "signal.continue"));
  expect(tail.torn).toBe(false);
  expect([tail.last?.seq, tail.state?.seq, tail.ended?.seq]).toEqual([1, 1, 1]);
});

test("the newest of each kind is found, and what is older is not parsed", () => {
  const { tail, parsed } = scan(
    ours(1, "run") + ours(2, "agent.failed") + ours(3, "run") + python(9),
  );
  expect([tail.last?.iteration, tail.state?.seq, tail.ended?.seq]).toEqual([9, 3, 2]);
  expect(parsed).toBe(3);
});

test("a torn last line is passed over, and told", () => {
  const { tail } = scan(`${ours(1, "run")}{"timestamp":"2026`);
  expect(tail.torn).toBe(true);
  expect(tail.last?.seq).toBe(1);
  expect(scan("{").tail).toEqual({ torn: true });
});

test("a whole last line without its line feed counts, and is told", () => {
  const { tail } = scan(ours(1, "run").trimEnd());
  expect(tail.torn).toBe(true);
  expect(tail.state?.seq).toBe(1);
});

test("blank lines and lines that are no records are passed over", () => {
  const { tail, parsed } = scan(`${ours(1, "run")}\n  \nno record\n{}x\n\n`);
  expect(tail.last?.seq).toBe(1);
  expect(tail.torn).toBe(false);
  expect(parsed).toBe(2);
});

test("a record without a target, or without memory, tells no state", () => {
  const noTarget = `${JSON.stringify({ seq: 2, event: "x", memory })}\n`;
  const noMemory = `${JSON.stringify({ seq: 3, event: "agent.lost", to: "paused" })}\n`;
  const { tail } = scan(ours(1, "run") + noTarget + noMemory);
  expect([tail.last?.seq, tail.state?.seq, tail.ended?.seq]).toEqual([3, 1, 3]);
});

test("the end of an iteration is looked for no further back than the block with the state", () => {
  const far = ours(1, "signal.continue") + python(1, 2 * block);
  expect(scan(far + ours(2, "run")).tail.ended).toBeUndefined();
  const near = ours(1, "signal.continue") + python(1, 100);
  expect(scan(near + ours(2, "run")).tail.ended?.seq).toBe(1);
});

describe("wherever the ends of the blocks fall", () => {
  const state = ours(7, "signal.waiting", { summary: "ü€𝄞" });

  test.each([-2, -1, 0, 1, 2, 3, 40, state.length - 1, state.length, state.length + 1])(
    "the state is found %i bytes from the end of a block",
    (shift) => {
      const filler = python(1).repeat(3);
      const rest = block + shift - Buffer.byteLength(filler);
      const pad = `${"p".repeat(rest - 1)}\n`;
      for (const before of ["", python(0).repeat(2000)]) {
        const { tail } = scan(before + state + pad + filler);
        expect(tail.state?.summary).toBe("ü€𝄞");
        expect(tail.ended?.seq).toBe(7);
      }
    },
  );

  test("a record that is longer than many blocks is read whole, and each byte once", () => {
    const text = ours(4, "signal.done", { summary: "x".repeat(20 * block) }) + python(1).repeat(5);
    const { tail, bytes } = scan(text);
    expect(tail.state?.summary).toHaveLength(20 * block);
    expect(bytes).toBe(Buffer.byteLength(text));
  });
});

describe("a long history", () => {
  test.each([8_000, 100_000])("of %i records of another program costs one look", (count) => {
    const text = python(1, 60).repeat(count);
    const { tail, bytes, parsed } = scan(text);
    expect(tail.last?.iteration).toBe(1);
    expect(tail.state).toBeUndefined();
    expect(bytes).toBe(Buffer.byteLength(text));
    expect(parsed).toBe(1);
  });

  test("costs one block once a record of ours is at its end", () => {
    const text = python(1).repeat(100_000) + ours(1, "run") + ours(2, "signal.continue");
    const { tail, bytes, parsed } = scan(text);
    expect(tail.state?.seq).toBe(2);
    expect(bytes).toBe(block);
    expect(parsed).toBe(1);
  });
});
