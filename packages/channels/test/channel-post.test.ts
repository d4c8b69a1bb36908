import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Channel, Notice } from "@samocode/core";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import { createChannelPost, type ChannelPostOptions } from "../src/channel-post.ts";
import { openToldNotices } from "../src/told-notices.ts";

const noticeOf = (id: string): Notice => ({
  kind: "paused",
  id,
  session: "login",
  sessionId: "s",
  folder: "/",
  phase: "planning",
  iteration: 1,
  costUsd: 0,
  title: id,
  text: id,
});

async function createPost(tell: Channel["tell"], more: Partial<ChannelPostOptions> = {}) {
  const folder = await createTempFolder("samocode-post-");
  const warnings: string[] = [];
  const open = (): ReturnType<typeof createChannelPost> => {
    const kept = openToldNotices(folder.path);
    return createChannelPost({
      name: "test",
      channel: { tell },
      told: {
        has: (id) => kept.has("test", id),
        add: (notice) => kept.add("test", notice),
      },
      isCurrent: () => true,
      warn: (text) => warnings.push(text),
      pauseMs: 1,
      ...more,
    });
  };
  return {
    folder: folder.path,
    warnings,
    open,
    post: open(),
    [Symbol.asyncDispose]: () => folder.dispose(),
  };
}

it("tells each notice once, in order, also over restarts", async () => {
  const told: string[] = [];
  await using bench = await createPost(({ id }) => told.push(id));
  bench.post.offer(noticeOf("a"));
  bench.post.offer(noticeOf("b"));
  bench.post.offer(noticeOf("a"));
  await bench.post.settle(5000);
  const again = bench.open();
  for (const id of ["a", "b", "c"]) again.offer(noticeOf(id));
  await again.settle(5000);
  expect(told).toEqual(["a", "b", "c"]);
});

it("tells a reminder although the notice was told", async () => {
  const told: string[] = [];
  await using bench = await createPost(({ title }) => told.push(title));
  bench.post.offer(noticeOf("a"));
  await bench.post.settle(5000);
  bench.post.offer({ ...noticeOf("a"), title: "a again", reminder: true });
  await bench.post.settle(5000);
  expect(told).toEqual(["a", "a again"]);
});

it("reminds once of what could not be told for a long time", async () => {
  const told: string[] = [];
  let isUp = false;
  await using bench = await createPost(({ title }) => {
    if (!isUp) throw new Error("down");
    told.push(title);
  });
  for (let count = 0; count < 5; count++) {
    bench.post.offer({ ...noticeOf("a"), title: "a again", reminder: true });
  }
  isUp = true;
  await bench.post.settle(20_000);
  expect(told).toEqual(["a again"]);
});

it("returns at once, whatever the channel does", async () => {
  await using bench = await createPost(async () => sleep(200));
  bench.post.offer(noticeOf("a"));
  expect(existsSync(join(bench.folder, ".told.json"))).toBe(false);
  await bench.post.settle(20_000);
  expect(existsSync(join(bench.folder, ".told.json"))).toBe(true);
});

it("tries again what failed, warns, and masks a secret that is in the error", async () => {
  let tries = 0;
  await using bench = await createPost(() => {
    tries++;
    if (tries < 3)
      throw new Error("no way\u001B[31m with 7100000042:AAExampleExampleExampleExampleExample");
  });
  bench.post.offer(noticeOf("a"));
  await bench.post.settle(20_000);
  expect(tries).toBe(3);
  expect(bench.warnings[0]).toBe(
    "test: cannot notify people: no way with ***. Retrying, and at the next start.",
  );
});

it("waits as long as the channel asks for", async () => {
  const at: number[] = [];
  await using bench = await createPost(() => {
    at.push(performance.now());
    if (at.length === 1) throw Object.assign(new Error("slow down"), { retryAfterMs: 300 });
  });
  bench.post.offer(noticeOf("a"));
  await bench.post.settle(20_000);
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(290);
});

it("leaves a notice that failed and is no longer so, and tells the next one", async () => {
  const told: string[] = [];
  let current = "a";
  await using bench = await createPost(
    ({ id }) => {
      if (id === "a") {
        current = "b";
        throw new Error("down");
      }
      told.push(id);
    },
    { isCurrent: ({ id }) => id === current },
  );
  bench.post.offer(noticeOf("a"));
  bench.post.offer(noticeOf("b"));
  await bench.post.settle(20_000);
  expect(told).toEqual(["b"]);
});

it("does not tell what is over at once", async () => {
  const told: string[] = [];
  let current = "a";
  await using bench = await createPost(({ id }) => told.push(id), {
    isCurrent: ({ id }) => id === current,
  });
  bench.post.offer(noticeOf("a"));
  current = "b";
  bench.post.offer(noticeOf("b"));
  await bench.post.settle(20_000);
  expect(told).toEqual(["b"]);
});

it("begins to tell nothing once it is closed", async () => {
  const told: string[] = [];
  await using bench = await createPost(({ id }) => told.push(id));
  bench.post.offer(noticeOf("a"));
  bench.post.close();
  bench.post.offer(noticeOf("b"));
  await bench.post.settle(5000);
  await sleep(300);
  expect(told).toEqual([]);
});

it("gives up a call that hangs, and is closed without waiting for it", async () => {
  let tries = 0;
  await using bench = await createPost(
    async () => {
      tries++;
      await new Promise(() => {});
    },
    { limitMs: 50 },
  );
  bench.post.offer(noticeOf("a"));
  await expect.poll(() => tries).toBeGreaterThan(1);
  expect(bench.warnings[0]).toContain("did not answer within 1 s");
  bench.post.close();
  await bench.post.settle(60_000);
});

it("keeps the newest notices of very many", async () => {
  const told: string[] = [];
  let isOpen = false;
  await using bench = await createPost(async ({ id }) => {
    await expect.poll(() => isOpen).toBe(true);
    told.push(id);
  });
  for (let count = 0; count < 50; count++) bench.post.offer(noticeOf(String(count)));
  isOpen = true;
  await bench.post.settle(20_000);
  expect(told.length).toBeLessThanOrEqual(21);
  expect(told.at(-1)).toBe("49");
});

it("starts again from a file that it cannot read, and writes through no link", async () => {
  await using bench = await createPost(() => {});
  writeFileSync(join(bench.folder, ".told.json"), "{ torn");
  const elsewhere = join(bench.folder, "elsewhere");
  writeFileSync(elsewhere, "mine");
  symlinkSync(elsewhere, join(bench.folder, ".told.json.draft"));
  const post = bench.open();
  post.offer(noticeOf("a"));
  await post.settle(5000);
  expect(readFileSync(elsewhere, "utf8")).toBe("mine");
  expect(openToldNotices(bench.folder).has("test", "a")).toBe(true);
});

it("waits for nothing that is tried again too late, and says when that will be", async () => {
  await using bench = await createPost(() => {
    throw Object.assign(new Error("wrong token"), { retryAfterMs: 1e9 });
  });
  bench.post.offer(noticeOf("a"));
  await bench.post.settle(600_000);
  expect(bench.warnings[0]).toBe(
    "test: cannot notify people: wrong token. Retrying in 1h 00m, and at the next start.",
  );
  bench.post.close();
});
