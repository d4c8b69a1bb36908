import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseSignal } from "../src/workflow/signal.ts";
import { openStore } from "../src/store/store.ts";

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

it("reads the records from a place on, and none if the history has become shorter", () => {
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

it("reads of what was written since only the records that contain a word, if one is given", () => {
  const records = [created, { event: "run" }, { event: "stop" }];
  put("_signal_history.jsonl", records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  const store = openStore(folder);
  expect(store.readRecordsFrom(0)).toEqual(records);
  expect(store.readRecordsFrom(0, '"stop"')).toEqual([{ event: "stop" }]);
  expect(store.readRecordsFrom(store.historySize() - 1)).toEqual([]);
});

const victim = (): string => join(folder, "victim");
const trap = (name: string): void => symlinkSync(victim(), join(folder, name));
const edit = (text: string): string => text.replace("planning", "testing");

describe("what an agent leaves in the place of the store's files", () => {
  const record = { seq: 2, event: "resume", to: "paused" };

  beforeEach(() => {
    put("victim", "precious");
    put("_overview.md", overview);
    put("_signal_history.jsonl", `${JSON.stringify(created)}\n`);
  });

  it.each(["a link", "a hard link", "a folder"])(
    "a draft that is %s is not written through",
    (kind) => {
      for (const name of ["_overview.md.0.draft", "_overview.md.2.draft", "_qa.md.draft"]) {
        if (kind === "a link") trap(name);
        else if (kind === "a hard link") linkSync(victim(), join(folder, name));
        else mkdirSync(join(folder, name));
      }
      const store = openStore(folder);
      store.commit(2, () => record, edit);
      expect(read("_overview.md")).toBe(edit(overview));
      store.writeQuestions("### Q1: Where?\n");
      expect(read("_qa.md")).toBe("### Q1: Where?\n");
      store.create(overview, created);
      expect(read("_overview.md")).toBe(overview);
      expect(read("victim")).toBe("precious");
    },
  );

  it.each(["_overview.md.7.draft", "_qa.md.draft"])(
    "a folder as %s is removed with the other drafts",
    (name) => {
      mkdirSync(join(folder, name));
      expect(openStore(folder).isPending(2)).toBe(false);
      expect(readdirSync(folder)).not.toContain(name);
    },
  );

  it("a link in the place of the questions is replaced", () => {
    trap("_qa.md");
    openStore(folder).writeQuestions("### Q1: Where?\n");
    expect(read("_qa.md")).toBe("### Q1: Where?\n");
    expect(read("victim")).toBe("precious");
  });

  it("a link in the place of the overview is refused, also one to another session's", () => {
    put("victim", overview);
    rmSync(join(folder, "_overview.md"));
    trap("_overview.md");
    const store = openStore(folder);
    expect(() => store.readOverview()).toThrow("link");
    expect(() => store.commit(2, () => record, edit)).toThrow("link");
    expect(read("victim")).toBe(overview);
  });

  it("a link in the place of the questions is not read", () => {
    trap("_qa.md");
    expect(() => openStore(folder).readQuestions()).toThrow("link");
  });

  it("a link in the place of the history is neither read nor appended to", () => {
    rmSync(join(folder, "_signal_history.jsonl"));
    trap("_signal_history.jsonl");
    const store = openStore(folder);
    expect(() => store.commit(2, () => record)).toThrow("link");
    expect(() => store.readHistory()).toThrow("link");
    expect(() => store.readHistoryTail()).toThrow("link");
    expect(() => store.readRecordsFrom(0)).toThrow("link");
    expect(read("victim")).toBe("precious");
  });

  it("a folder in the place of the history is called one", () => {
    rmSync(join(folder, "_signal_history.jsonl"));
    mkdirSync(join(folder, "_signal_history.jsonl"));
    expect(() => openStore(folder).commit(2, () => record)).toThrow("it is a folder");
  });

  it("a history with a second name keeps its records, and that one stays as it is", () => {
    linkSync(join(folder, "_signal_history.jsonl"), join(folder, "copy"));
    openStore(folder).commit(2, () => record);
    expect(openStore(folder).readHistory().records).toEqual([created, record]);
    expect(read("copy")).toBe(`${JSON.stringify(created)}\n`);
  });

  it.each(["_logs", "_late"])("a link in the place of %s is not followed", (name) => {
    mkdirSync(join(folder, "elsewhere"));
    symlinkSync(join(folder, "elsewhere"), join(folder, name));
    const store = openStore(folder);
    put("_signal.json", "{}");
    store.setSignalAside("_late/x-signal.json");
    store.create(overview, created);
    expect(readdirSync(join(folder, "elsewhere"))).toEqual([]);
    expect(readdirSync(join(folder, "_late"))).toEqual(["x-signal.json"]);
  });
});
