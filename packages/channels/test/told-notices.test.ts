import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTempFolder, type TempFolder } from "@samocode/testkit";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openToldNotices } from "../src/told-notices.ts";

let temp: TempFolder;
beforeEach(async () => {
  temp = await createTempFolder();
});
afterEach(() => temp.dispose());

const notice = (id: string, kind: "done" | "blocked" = "done") => ({ id, kind });

it("remembers what each channel has told, for the next start as well", () => {
  const told = openToldNotices(temp.path);
  expect(told.has("telegram", "1")).toBe(false);
  expect(told.last("telegram")).toBeUndefined();
  told.add("telegram", notice("1", "blocked"));
  told.add("telegram", notice("2"));
  told.add("mail", notice("3", "blocked"));
  for (const each of [told, openToldNotices(temp.path)]) {
    expect(["1", "2", "3"].map((id) => each.has("telegram", id))).toEqual([true, true, false]);
    expect(each.has("mail", "3")).toBe(true);
    expect(each.last("telegram")).toBe("done");
    expect(each.last("mail")).toBe("blocked");
  }
  expect(existsSync(join(temp.path, ".told.json.draft"))).toBe(false);
});

it("forgets the oldest of more than thirty", () => {
  const told = openToldNotices(temp.path);
  for (let id = 1; id <= 30; id++) told.add("mail", notice(String(id)));
  expect(told.has("mail", "1")).toBe(true);
  told.add("mail", notice("31"));
  expect(told.has("mail", "1")).toBe(false);
  expect(told.has("mail", "2")).toBe(true);
  expect(told.has("mail", "31")).toBe(true);
});

it.each(["", "{", "[]", '{"mail":[{"id":1}]}'])("takes a file with `%s` in it as empty", (text) => {
  writeFileSync(join(temp.path, ".told.json"), text);
  const told = openToldNotices(temp.path);
  expect(told.has("mail", "1")).toBe(false);
  told.add("mail", notice("1"));
  expect(openToldNotices(temp.path).has("mail", "1")).toBe(true);
});

it("writes through no link", () => {
  const secret = join(temp.path, "secret");
  writeFileSync(secret, "mine");
  symlinkSync(secret, join(temp.path, ".told.json"));
  symlinkSync(secret, join(temp.path, ".told.json.draft"));
  openToldNotices(temp.path).add("mail", notice("1"));
  expect(readFileSync(secret, "utf8")).toBe("mine");
  expect(openToldNotices(temp.path).has("mail", "1")).toBe(true);
});
