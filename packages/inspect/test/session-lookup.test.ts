import { appendFileSync, cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { formatRecord } from "@samocode/core/store";
import { expect, it } from "vitest";
import { createPageBench } from "./support/page-bench.ts";
import { append, eventsOf, open, record } from "./support/stream-bench.ts";

it("tells of sessions that come and go", async () => {
  await using bench = await createPageBench();
  const list = await open(bench, "");
  await expect.poll(() => list.last("list")).toMatchObject([{ name: "login" }]);
  const other = join(bench.root, "26-01-16-cart");
  cpSync(bench.folder, other, { recursive: true });
  await expect
    .poll(() => list.last("list"))
    .toMatchObject([{ name: "login" }, { name: "cart", phase: "investigation" }]);
  const source = await open(bench, "?session=cart");
  await expect.poll(() => source.last("view")).toMatchObject({ view: { name: "cart" } });
  rmSync(other, { recursive: true });
  await expect.poll(() => list.last("list")).toMatchObject([{ name: "login" }]);
  await expect.poll(() => source.last("gone")).toBeDefined();
  const none = await open(bench, "?session=..%2Flogin");
  await expect
    .poll(() => none.last("gone"))
    .toMatchObject({ message: "there is no session `../login`" });
});

it("looks again at a session that could not be read, also if nothing changes any more", async () => {
  let isReadable = true;
  await using bench = await createPageBench({
    records: [record("a")],
    beforeReport: () => {
      if (!isReadable) throw new Error("the lock goes in this moment");
    },
  });
  const source = await open(bench);
  await expect.poll(() => source.last("files")).toBeDefined();
  isReadable = false;
  append(bench, record("b"));
  const gone = { message: "the lock goes in this moment" };
  await expect.poll(() => source.last("gone")).toMatchObject(gone);
  isReadable = true;
  await expect.poll(() => eventsOf(source)).toBe("a b");
  expect(source.messages.at(-1)?.type).not.toBe("gone");
});

it("lets go of a page that leaves while its session is looked for", async () => {
  let asked = 0;
  await using bench = await createPageBench({
    beforeList: async () => {
      asked++;
      await pause(300);
    },
  });
  const source = await open(bench);
  await expect.poll(() => asked).toBe(1);
  source.close();
  await pause(700);
  const before = asked;
  await pause(1500);
  expect(asked).toBe(before);
});

it("joins a session that is made after it was looked for, and follows it", async () => {
  await using bench = await createPageBench();
  const source = await open(bench, "?session=later");
  await expect.poll(() => source.last("gone")).toBeDefined();
  const folder = join(bench.root, "26-01-16-later");
  cpSync(bench.folder, folder, { recursive: true });
  await expect
    .poll(() => source.last("view"), { timeout: 30_000 })
    .toMatchObject({
      view: { name: "later" },
    });
  appendFileSync(join(folder, "_signal_history.jsonl"), formatRecord(record("a")));
  await expect.poll(() => eventsOf(source), { timeout: 30_000 }).toBe("a");
});

it("goes on looking for a session when the list of them cannot be read in between", async () => {
  let asked = 0;
  await using bench = await createPageBench({
    beforeList: async () => {
      asked++;
      // The third time it is looked for the session, after the list has told its rows.
      if (asked === 3) throw new Error("the folder is gone");
    },
  });
  const source = await open(bench, "?session=cart");
  await expect.poll(() => asked).toBeGreaterThanOrEqual(4);
  cpSync(bench.folder, join(bench.root, "26-01-16-cart"), { recursive: true });
  await expect.poll(() => source.last("view")).toMatchObject({ view: { name: "cart" } });
});
