import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStreamFollower, type StreamFollowerOptions } from "../src/stream-follower.ts";

let folder = "";
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "samocode-follower-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const mebibyte = 1024 * 1024;

/** Follows a new file that holds the text. */
async function follow(text: string | Buffer, options: StreamFollowerOptions = {}) {
  const path = join(folder, `${(count += 1)}.jsonl`);
  await writeFile(path, text);
  const lines: string[] = [];
  const follower = openStreamFollower(path, (line) => lines.push(line), options);
  return { path, lines, follower };
}

describe("a follower", () => {
  test("gives whole lines as they come, and the rest at the end", async () => {
    const { path, lines, follower } = await follow("one\ntw");
    expect(follower.read()).toBe(6);
    expect(lines).toEqual(["one"]);
    expect(follower.read()).toBe(0);
    await appendFile(path, "o\n\nfour");
    follower.read();
    expect(lines).toEqual(["one", "two", ""]);
    follower.drain(mebibyte);
    expect(lines).toEqual(["one", "two", "", "four"]);
    follower.close();
  });

  test("starts where it is told", async () => {
    const { lines, follower } = await follow("old\nnew\n", { offset: 4 });
    follower.drain(mebibyte);
    expect(lines).toEqual(["new"]);
    expect(follower.offset).toBe(8);
    follower.close();
  });

  test("gives the same lines however the file grows, and cuts no character", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", "\n", "é", "🎉", "\r") });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(12)), async (whole, sizes) => {
        const bytes = Buffer.from(whole);
        const { path, lines, follower } = await follow("");
        let start = 0;
        for (const size of sizes) {
          await appendFile(path, bytes.subarray(start, start + size));
          start += size;
          follower.read();
        }
        await appendFile(path, bytes.subarray(start));
        follower.drain(mebibyte);
        follower.close();
        const expected = whole.split("\n");
        if (expected.at(-1) === "") expected.pop();
        expect(lines).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  test("keeps a long line whole over many reads", async () => {
    const long = Array.from({ length: 100_000 }, (_, index) => `${index} é🎉`).join(",");
    const { lines, follower } = await follow(`${long}\nb\n`);
    follower.drain(10 * mebibyte);
    expect(lines.join("|") === `${long}|b`).toBe(true);
    follower.close();
  });

  test("passes over a line that is too long, and counts it", async () => {
    const long = "x".repeat(mebibyte);
    const { lines, follower } = await follow(`a\n${long}\nb\n${long}x\nc\n${long}x`, {
      maxLineBytes: mebibyte,
    });
    follower.drain(10 * mebibyte);
    expect(lines.map((line) => line.length)).toEqual([1, mebibyte, 1, 1]);
    expect(follower.overlong).toBe(2);
    follower.close();
  });

  test("gives a large line only if it holds what is asked for", async () => {
    const filler = "x".repeat(70_000);
    const { lines, follower } = await follow(`"a"\n${filler}\n${filler}"result"\n`, {
      largeLinesWith: '"result"',
    });
    follower.drain(mebibyte);
    expect(lines.map((line) => line.length)).toEqual([3, 70_008]);
    expect(follower.overlong).toBe(0);
    follower.close();
  });

  test("reads no more than a part at a time", async () => {
    const { follower } = await follow("x\n".repeat(mebibyte));
    expect(follower.read()).toBe(256 * 1024);
    follower.close();
  });

  test("drains only the last lines of a flood, and only whole ones", async () => {
    const { lines, follower } = await follow(`${"flood\n".repeat(1000)}last\n`);
    follower.drain(16);
    expect(lines).toEqual(["flood", "last"]);
    follower.close();
  });

  test("takes bytes that are no text for what they are: a line", async () => {
    const { lines, follower } = await follow(Buffer.from([0xff, 0xfe, 0x0a, 0x00, 0x0a]));
    follower.drain(mebibyte);
    expect(lines).toEqual(["\uFFFD\uFFFD", "\0"]);
    follower.close();
  });

  test("does not open what is not there", () => {
    expect(() => openStreamFollower(join(folder, "none"), () => {})).toThrow(/ENOENT/);
  });
});
