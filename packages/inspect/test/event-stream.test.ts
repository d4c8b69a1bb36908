import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AgentActivity } from "@samocode/core";
import { formatRecord } from "@samocode/core/store";
import { expect, it } from "vitest";
import { asPage, createPageBench } from "./support/page-bench.ts";
import { append, eventsOf, lastId, open, record } from "./support/stream-bench.ts";
import { openEventSource } from "./support/event-source.ts";

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

it("begins again where the history is another one", async () => {
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
