import { createTempFolder } from "@samocode/testkit";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { OverviewError } from "../src/overview/overview.ts";
import { openStore } from "../src/store/store.ts";

const text = "# Session: t\n\n## Status\nPhase: planning\nBlocked: no\n";
const longer = `${text}\n## Note\nfine\n`;
const record = { event: "stop", seq: 2 };

async function createFolder() {
  const folder = await createTempFolder("samocode-overview-");
  const path = join(folder.path, "_overview.md");
  writeFileSync(path, text);
  const store = openStore(folder.path);
  return {
    ...folder,
    file: path,
    store,
    history: () => store.readHistory().records,
    [Symbol.asyncDispose]: () => folder.dispose(),
  };
}

const spoilt: readonly [string, (path: string) => void, string, string][] = [
  ["missing", (path) => rmSync(path), "found no file", "expected the overview of the session"],
  ["empty", (path) => writeFileSync(path, ""), "found no `## Status` heading", "expected a"],
  ["windows-1252", (path) => writeFileSync(path, Buffer.from("ü", "latin1")), ":1", "UTF-8 text"],
  ["half a letter", (path) => writeFileSync(path, Buffer.from([0xc3])), "half a char", "UTF-8"],
  [
    "a folder",
    (path) => {
      rmSync(path);
      mkdirSync(path);
    },
    "found it is a folder",
    "expected a text file",
  ],
];

it.each(spoilt)("is one that cannot be read while it is %s", async (_, spoil, found, expected) => {
  await using folder = await createFolder();
  spoil(folder.file);
  const read = () => folder.store.readOverview();
  expect(read).toThrow(OverviewError);
  expect(read).toThrow(folder.file);
  expect(read).toThrow(found);
  expect(read).toThrow(expected);
});

it.each(spoilt.filter(([what]) => what !== "empty"))(
  "takes no record with an edit while it is %s",
  async (_, spoil) => {
    await using folder = await createFolder();
    spoil(folder.file);
    const commit = () =>
      folder.store.commit(
        2,
        () => record,
        (now) => `${now}\n`,
      );
    expect(commit).toThrow(OverviewError);
    expect(folder.history()).toEqual([]);
    expect(() => folder.store.finishPending(2, (now) => now)).toThrow(OverviewError);
    folder.store.commit(2, () => record);
    expect(folder.history()).toEqual([record]);
  },
);

it("is a fault of the disk if the folder is gone", async () => {
  await using folder = await createFolder();
  rmSync(folder.path, { recursive: true });
  const gone = { code: "SAMOCODE_STORE_FAILED" };
  expect(() => folder.store.readOverview()).toThrow(expect.objectContaining(gone));
  expect(folder.store.exists()).toBe(false);
});

it("leaves the edit to be made if it is missing as soon as the record is written", async () => {
  await using folder = await createFolder();
  const { store, file } = folder;
  const aside = `${file}~`;
  const make = () => {
    renameSync(file, aside);
    return record;
  };
  store.commit(2, make, (now) => now.replace("planning", "testing"));
  expect(folder.history()).toEqual([record]);
  expect(store.isPending(2)).toBe(true);

  writeFileSync(aside, longer);
  renameSync(aside, file);
  store.finishPending(2, (now) => now.replace("planning", "testing"));
  expect(readFileSync(file, "utf8")).toBe(longer.replace("planning", "testing"));
  expect(store.isPending(2)).toBe(false);
});

it("does not end the session while it is put aside, unless the session is still to be made", async () => {
  await using folder = await createFolder();
  const { store, file } = folder;
  rmSync(file);
  expect(store.exists()).toBe(false);
  writeFileSync(join(folder.path, "_signal_history.jsonl"), '{"event":"created"}\n');
  expect(store.exists()).toBe(true);
  writeFileSync(`${file}.0.draft`, text);
  expect(store.exists()).toBe(false);
});
