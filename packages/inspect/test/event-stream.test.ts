import { appendFileSync, cpSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { formatRecord, type AgentActivity, type HistoryRecord } from "@samocode/core";
import { expect, it } from "vitest";
import { asPage, createPageBench, type PageBench } from "./support/page-bench.ts";
import { openEventSource, type EventSource } from "./support/event-source.ts";

const record = (
  event: string,
  to = "paused",
  more: Partial<HistoryRecord> = {},
): HistoryRecord => ({
  event,
  from: "paused",
  to,
  ...more,
});
const open = async (
  bench: PageBench,
  query = "?session=login",
  more: Readonly<Record<string, string>> = {},
): Promise<EventSource> =>
  openEventSource(bench.port, `/api/stream${query}`, { ...(await asPage(bench)), ...more });
const append = (bench: PageBench, ...records: readonly HistoryRecord[]): void =>
  appendFileSync(join(bench.folder, "_signal_history.jsonl"), records.map(formatRecord).join(""));
/** The events that a page knows after all messages. */
const eventsOf = ({ messages }: EventSource): string => {
  let known: readonly { readonly event: string }[] = [];
  for (const { type, value } of messages) {
    if (type !== "steps") continue;
    const { from, steps } = value as { from: number; steps: readonly { event: string }[] };
    known = [...known.slice(0, from), ...steps];
  }
  return known.map(({ event }) => event).join(" ");
};
const lastId = ({ messages }: EventSource): string =>
  messages.findLast(({ id }) => id !== undefined)?.id ?? "";

it("tells where all sessions are, and all about the one that is shown", async () => {
  await using bench = await createPageBench({ records: [record("a"), record("b")] });
  const source = await open(bench);
  await expect.poll(() => source.last("files")).toBeDefined();
  expect(source.messages[0]).toMatchObject({ type: "hello", value: { readOnly: false } });
  await expect.poll(() => source.last("list")).toMatchObject([{ name: "login", state: "paused" }]);
  expect(source.last("view")).toMatchObject({ view: { name: "login", phase: "investigation" } });
  expect(eventsOf(source)).toBe("a b");
  expect(source.last("files")).toMatchObject({
    files: [{ name: "_overview.md" }, { name: "_signal_history.jsonl" }],
  });
  expect(source.last("log")).toEqual({ type: "log", isNew: true, lines: [] });
});

it("tells what changes on disk, whoever changes it", async () => {
  await using bench = await createPageBench({ records: [record("a")] });
  const source = await open(bench);
  await expect.poll(() => eventsOf(source)).toBe("a");
  append(bench, record("b"));
  await expect.poll(() => eventsOf(source)).toBe("a b");
  const overview = join(bench.folder, "_overview.md");
  const text = readFileSync(overview, "utf8").replace("Phase: investigation", "Phase: planning");
  writeFileSync(`${overview}.draft`, text);
  renameSync(`${overview}.draft`, overview);
  await expect.poll(() => source.last("view")).toMatchObject({ view: { phase: "planning" } });
  writeFileSync(join(bench.folder, "01-15-14:50-plan-jwt.md"), "# Plan\n");
  await expect
    .poll(() => source.last("view"))
    .toMatchObject({ view: { plan: { file: "01-15-14:50-plan-jwt.md" } } });
  await expect
    .poll(() => JSON.stringify(source.last("files")))
    .toContain('"name":"01-15-14:50-plan-jwt.md"');
});

it("tells a page that comes back only what is new", async () => {
  await using bench = await createPageBench({ records: [record("a"), record("b")] });
  const stays = await open(bench);
  const first = await open(bench);
  await expect.poll(() => eventsOf(first)).toBe("a b");
  await expect.poll(() => eventsOf(stays)).toBe("a b");
  const id = lastId(first);
  first.close();
  append(bench, record("c"));
  await expect.poll(() => eventsOf(stays)).toBe("a b c");

  for (const back of [
    await open(bench, "?session=login", { "Last-Event-ID": id }),
    await open(bench, `?session=login&known=${id}`),
  ]) {
    await expect.poll(() => back.last("steps")).toMatchObject({ from: 2, steps: [{ event: "c" }] });
    expect(back.messages.filter(({ type }) => type === "steps")).toHaveLength(1);
  }
  for (const known of ["nonsense", "1.1", `${id}0`, "-1.2"]) {
    const other = await open(bench, "?session=login", { "Last-Event-ID": known });
    await expect.poll(() => eventsOf(other)).toBe("a b c");
  }
});

it("tells all to a page that comes back while a long history is still read", async () => {
  const records = Array.from({ length: 20_000 }, (_, index) => record(String(index)));
  await using bench = await createPageBench({ records });
  const all = records.map(({ event }) => event).join(" ");
  for (let round = 0; round < 3; round++) {
    const first = await open(bench);
    await expect.poll(() => first.last("view")).toBeDefined();
    first.close();
    const back = await open(bench);
    const late = await open(bench);
    await expect.poll(() => eventsOf(back) === all).toBe(true);
    await expect.poll(() => eventsOf(late) === all).toBe(true);
    back.close();
    late.close();
  }
});

it("begins anew where the history is another one", async () => {
  await using bench = await createPageBench({ records: [record("a"), record("b")] });
  const source = await open(bench);
  await expect.poll(() => eventsOf(source)).toBe("a b");
  const id = lastId(source);
  const history = join(bench.folder, "_signal_history.jsonl");
  writeFileSync(`${history}.new`, formatRecord(record("x")));
  renameSync(`${history}.new`, history);
  await expect.poll(() => eventsOf(source)).toBe("x");
  const back = await open(bench, "?session=login", { "Last-Event-ID": id });
  await expect.poll(() => eventsOf(back)).toBe("x");
});

it("tells what an agent says while it works, also to a page that comes late", async () => {
  const said: AgentActivity[] = [{ type: "text", text: "I look around.", message: "m1" }];
  await using bench = await createPageBench({
    openLog: (_path, tell) => {
      let told = 0;
      return {
        read: () => {
          const news = said.slice(told);
          told = said.length;
          for (const each of news) tell(each);
          return news.length;
        },
        close: () => undefined,
      };
    },
  });
  writeFileSync(join(bench.folder, "_logs", "1.jsonl"), "");
  const source = await open(bench);
  append(bench, record("run", "working.planning", { plan: { log: "_logs/1.jsonl" } }));
  const look = { kind: "say", text: "I look around.", isSubagent: false };
  await expect
    .poll(() => source.last("log"))
    .toMatchObject({ log: "_logs/1.jsonl", lines: [look] });
  said.push({ type: "tool", id: "t1", tool: "Read", target: "a.ts", message: "m1" });
  const read = { kind: "tool", id: "t1", tool: "Read", target: "a.ts", isSubagent: false };
  await expect.poll(() => source.last("log")).toMatchObject({ isNew: false, lines: [read] });

  const late = await open(bench);
  await expect.poll(() => late.last("log")).toMatchObject({ isNew: true, lines: [look, read] });
  append(bench, record("signal.continue", "paused"));
  await expect.poll(() => source.last("log")).toEqual({ type: "log", isNew: true, lines: [] });
});

it("opens no log outside the session, whatever a record says", async () => {
  const opened: string[] = [];
  await using bench = await createPageBench({
    openLog: (path) => {
      opened.push(path);
      return { read: () => 0, close: () => undefined };
    },
  });
  writeFileSync(join(bench.root, "secret.jsonl"), "{}\n");
  const source = await open(bench);
  for (const log of ["../secret.jsonl", "_logs/../../secret.jsonl", "/etc/passwd"]) {
    append(bench, record("run", "working.planning", { plan: { log } }));
    await expect.poll(() => source.last("log")).toMatchObject({ log });
  }
  writeFileSync(join(bench.folder, "_logs", "1.jsonl"), "");
  append(bench, record("run", "working.planning", { plan: { log: "_logs/1.jsonl" } }));
  await expect.poll(() => opened).toEqual([join(bench.folder, "_logs", "1.jsonl")]);
});

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

it("looks again at a session that could not be read, also where nothing changes any more", async () => {
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

it("tells once of a fault that stays, and again of one that comes back", async () => {
  const faults: string[] = [];
  let asked = 0;
  await using bench = await createPageBench({
    onFault: (fault) => faults.push(fault),
    beforeList: async () => {
      asked++;
      if (asked !== 3) throw new Error("the folder is gone");
    },
  });
  const source = await open(bench, "");
  await expect.poll(() => asked).toBe(2);
  expect(faults).toEqual(["the folder is gone"]);
  await expect.poll(() => source.last("list")).toBeDefined();
  await expect.poll(() => faults).toEqual(["the folder is gone", "the folder is gone"]);
});

it("serves a limited number of pages, and lets go of all when it is closed", async () => {
  const bench = await createPageBench();
  const headers = await asPage(bench);
  const sources = Array.from({ length: 64 }, () =>
    openEventSource(bench.port, "/api/stream?session=login", headers),
  );
  await expect
    .poll(() => sources.filter((each) => each.last("view") !== undefined))
    .toHaveLength(64);
  const more = openEventSource(bench.port, "/api/stream", headers);
  await expect.poll(() => more.status()).toBe(503);
  sources[0]?.close();
  await expect
    .poll(() => {
      const again = openEventSource(bench.port, "/api/stream", headers);
      return new Promise((resolve) => {
        setTimeout(() => resolve(again.status()), 200);
      });
    })
    .toBe(200);
  await bench[Symbol.asyncDispose]();
  await expect.poll(() => sources.every((each) => each.isOver())).toBe(true);
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

it("answers with the reason when a log cannot be read, and serves on", async () => {
  await using bench = await createPageBench({
    openLog: () => {
      throw new Error("EIO: the disk is gone");
    },
  });
  const headers = await asPage(bench);
  writeFileSync(join(bench.folder, "_logs", "a.jsonl"), "{}\n");
  const path = "/api/log?session=login&log=_logs/a.jsonl";
  expect(await bench.ask({ path, headers })).toMatchObject({
    status: 500,
    text: expect.stringContaining("EIO: the disk is gone"),
  });
  expect(await bench.ask({ path: "/api/chart", headers })).toMatchObject({ status: 200 });
});
