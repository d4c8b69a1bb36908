import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
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
