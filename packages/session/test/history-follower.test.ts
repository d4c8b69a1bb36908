import { appendFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStore, sessionFiles } from "@samocode/core/store";
import { createTempFolder } from "@samocode/testkit";
import fc from "fast-check";
import { expect, it } from "vitest";
import { followHistory } from "../src/history-follower.ts";

async function createHistory(text?: string) {
  const folder = await createTempFolder("samocode-history-");
  const path = join(folder.path, sessionFiles.history);
  if (text !== undefined) writeFileSync(path, text);
  return {
    path,
    store: openStore(folder.path),
    append: (more: string) => appendFileSync(path, more),
    [Symbol.asyncDispose]: () => folder.dispose(),
  };
}

const line = (seq: number, message = ""): string => `${JSON.stringify({ seq, message })}\n`;

it("gives what is appended, and nothing that was there", async () => {
  await using history = await createHistory(line(1));
  const follower = followHistory(history.store);
  expect(follower.read()).toEqual([]);
  history.append(line(2) + line(3));
  expect(follower.read()).toMatchObject([{ seq: 2 }, { seq: 3 }]);
  expect(follower.read()).toEqual([]);
});

it("follows a history that is not there yet", async () => {
  await using history = await createHistory();
  const follower = followHistory(history.store);
  expect(follower.read()).toEqual([]);
  history.append(line(1));
  expect(follower.read()).toMatchObject([{ seq: 1 }]);
});

it("gives a line that is being written once it is whole, also where the follower came in its middle", async () => {
  const long = line(2, "ä".repeat(100_000));
  await using history = await createHistory(line(1) + long.slice(0, 70_000));
  const follower = followHistory(history.store);
  expect(follower.read()).toEqual([]);
  history.append(long.slice(70_000) + line(3));
  expect(follower.read()).toMatchObject([{ seq: 2 }, { seq: 3 }]);
});

it("loses nothing to a line that could not be written whole and was taken back", async () => {
  await using history = await createHistory(line(1));
  const follower = followHistory(history.store);
  history.append('{"seq":2,"message":"no space left');
  expect(follower.read()).toEqual([]);
  truncateSync(history.path, line(1).length);
  history.append(line(2) + line(3));
  expect(follower.read()).toMatchObject([{ seq: 2 }, { seq: 3 }]);
});

it("passes over a line that a crash has torn", async () => {
  await using history = await createHistory('{"seq":1');
  const follower = followHistory(history.store);
  history.append(`\n${line(2)}no record\n${line(3)}`);
  expect(follower.read()).toMatchObject([{ seq: 2 }, { seq: 3 }]);
});

it("gives every record once, wherever the writes are cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: "binary", maxLength: 40 }), { maxLength: 6 }),
      fc.array(fc.nat(400), { maxLength: 8 }),
      async (messages, cuts) => {
        await using history = await createHistory("");
        const follower = followHistory(history.store);
        const bytes = Buffer.from(messages.map((message, at) => line(at + 1, message)).join(""));
        const seen: unknown[] = [];
        let from = 0;
        for (const cut of [...cuts, bytes.length].toSorted((one, other) => one - other)) {
          appendFileSync(history.path, bytes.subarray(from, Math.max(from, cut)));
          from = Math.max(from, cut);
          seen.push(...follower.read().map(({ message }) => message));
        }
        expect(seen).toEqual(messages);
      },
    ),
    { numRuns: 50 },
  );
});
