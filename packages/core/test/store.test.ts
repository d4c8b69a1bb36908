import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseSignal } from "../src/signal.ts";
import { openStore } from "../src/store.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "samocode-store-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const overview = "## Status\nPhase: planning\n";
const created = { seq: 1, event: "created", to: "paused" };

function put(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

function read(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

describe("a session that is made again after a crash", () => {
  it("keeps the record that is there as its only first one", () => {
    put("_signal_history.jsonl", `${JSON.stringify(created)}\n`);
    openStore(folder).create(overview, created);
    expect(openStore(folder).readHistory().records).toHaveLength(1);
    expect(read("_overview.md")).toBe(overview);
  });

  it("takes no notice of half a record", () => {
    put("_signal_history.jsonl", '{"seq":1,"eve');
    openStore(folder).create(overview, created);
    expect(openStore(folder).readHistory().records).toEqual([created]);
  });
});

describe("what a crash leaves", () => {
  it("is a pending edit where the draft belongs to the newest record", () => {
    put("_overview.md", overview);
    put("_overview.md.7.draft", "half of an overv");
    const store = openStore(folder);
    expect(store.isPending(7)).toBe(true);
    store.finishPending(7, (text) => text.replace("planning", "testing"));
    expect(read("_overview.md")).toContain("Phase: testing");
    expect(readdirSync(folder)).toEqual(["_overview.md"]);
  });

  it("is removed where it is a draft of anything else", () => {
    put("_overview.md", overview);
    put("_overview.md.8.draft", "");
    put("_qa.md.draft", "");
    expect(openStore(folder).isPending(7)).toBe(false);
    expect(readdirSync(folder)).toEqual(["_overview.md"]);
  });
});

const toTesting = (text: string): string => text.replace("planning", "testing");

describe("what somebody saves while a record is written", () => {
  it("is edited like the text before", () => {
    put("_overview.md", overview);
    const record = () => {
      put("_overview.md", `${overview}Next: a person's line\n`);
      return created;
    };
    openStore(folder).commit(1, record, toTesting);
    expect(read("_overview.md")).toBe("## Status\nPhase: testing\nNext: a person's line\n");
  });

  it("stays as it is where the edit has nothing for it", () => {
    put("_overview.md", overview);
    const theirs = "## Status\nPhase: quality\n";
    const record = () => {
      put("_overview.md", theirs);
      return created;
    };
    openStore(folder).commit(1, record, (text) => (text === theirs ? undefined : toTesting(text)));
    expect(read("_overview.md")).toBe(theirs);
    expect(readdirSync(folder).toSorted()).toEqual(["_overview.md", "_signal_history.jsonl"]);
  });
});

it("reads the records from a place on, and none where the history has become shorter", () => {
  const store = openStore(folder);
  expect(store.historySize()).toBe(0);
  put("_signal_history.jsonl", `${JSON.stringify(created)}\n`);
  const size = store.historySize();
  put("_signal_history.jsonl", `${JSON.stringify(created)}\n{"event":"stop"}\n{"eve`);
  expect(store.readRecordsFrom(size)).toEqual([{ event: "stop" }]);
  expect(store.readRecordsFrom(9000)).toEqual([]);
});

it("keeps a late signal beside another one of the same moment", () => {
  const store = openStore(folder);
  const name = store.nameLateSignal(0);
  for (const text of ["one", "other"]) {
    put("_signal.json", text);
    store.setSignalAside(name);
  }
  store.setSignalAside(name);
  expect(readdirSync(join(folder, "_late")).map((late) => read(join("_late", late)))).toEqual([
    "other",
    "one",
  ]);
});

it("tells the newest record of the end of an iteration beside the newest of all", () => {
  const lines = [created, { event: "signal.continue" }, { event: "answer" }, { event: "run" }];
  put("_signal_history.jsonl", lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const { last, ended } = openStore(folder).readHistoryTail();
  expect([last?.event, ended?.event]).toEqual(["run", "signal.continue"]);
});

it("reads an answer that is no UTF-8, so that it can be refused", () => {
  writeFileSync(join(folder, "_signal.json"), Buffer.from([0x7b, 0xff]));
  expect(openStore(folder).readSignal()).toBe("{\uFFFD");
});

it.each([" ", "\u00e9"])(
  "says of an answer that is too long that it is, and reads no more of it: %j",
  (letter) => {
    const signal = { status: "done", summary: letter.repeat(2 * 1024 * 1024) };
    put("_signal.json", JSON.stringify(signal));
    const text = openStore(folder).readSignal() ?? "";
    expect(text.length).toBeLessThan(1024 * 1024 + 2);
    expect(() => parseSignal(text)).toThrow("it is longer than 1 MiB");
  },
);

describe("a plan", () => {
  it("is none without a plan file", () => {
    put("plan-notes.md", "no plan");
    expect(openStore(folder).readPlan()).toBeUndefined();
    expect(openStore(folder).readWholePlan()).toBeUndefined();
  });

  it("is its only file", () => {
    put("01-15-14:30-plan.md", "# Plan");
    expect(openStore(folder).readPlan()).toEqual({
      file: "01-15-14:30-plan.md",
      hash: expect.stringMatching(/^[\da-f]{64}$/),
      others: [],
    });
  });

  it("has every plan file, the newest first, and one hash for all that they say", () => {
    put("01-15-14:30-plan-a.md", "a");
    put("01-15-14:31-plan-b.md", "b");
    put("01-15-14:32-plan-c.md", "c");
    const plan = openStore(folder).readWholePlan();
    expect(plan).toEqual({
      file: "01-15-14:32-plan-c.md",
      others: ["01-15-14:31-plan-b.md", "01-15-14:30-plan-a.md"],
      hash: openStore(folder).readPlan()?.hash,
      parts: [
        { file: "01-15-14:32-plan-c.md", text: "c" },
        { file: "01-15-14:31-plan-b.md", text: "b" },
        { file: "01-15-14:30-plan-a.md", text: "a" },
      ],
    });
    put("01-15-14:30-plan-a.md", "other");
    expect(openStore(folder).readPlan()?.hash).not.toBe(plan?.hash);
  });
});
