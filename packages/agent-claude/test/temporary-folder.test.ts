import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import { makeTemporaryFolder } from "../src/temporary-folder.ts";

const make = (folder: string) => makeTemporaryFolder({ CLAUDE_CODE_TMPDIR: folder, TMPDIR: "no" });

it("is made with its parents, for its owner alone", async () => {
  await using home = await createTempFolder();
  const folder = join(home.path, "a/b");
  make(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

it("stays as it is when it exists", async () => {
  await using home = await createTempFolder();
  writeFileSync(join(home.path, "kept"), "");
  const { mode } = statSync(home.path);
  make(home.path);
  expect(readdirSync(home.path)).toEqual(["kept"]);
  expect(statSync(home.path).mode).toBe(mode);
});

it("is left to the CLI when it cannot be made", async () => {
  await using home = await createTempFolder();
  const file = join(home.path, "file");
  writeFileSync(file, "kept");
  make(file);
  make(join(file, "below"));
  expect(readdirSync(home.path)).toEqual(["file"]);
  expect(statSync(file).isFile()).toBe(true);
});

it("is not made when it is relative, empty or not named", () => {
  const before = readdirSync(".");
  make("samocode-relative-temp");
  make("");
  makeTemporaryFolder({});
  expect(readdirSync(".")).toEqual(before);
});
