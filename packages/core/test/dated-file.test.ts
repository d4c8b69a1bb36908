import { describe, expect, test } from "vitest";
import { findNewest, sortByAge } from "../src/store/dated-file.ts";

const at = (time: string): number => Date.parse(`${time}:00Z`);
const file = (name: string, written = "2030-06-01T12:00") => ({ name, modifiedAt: at(written) });
const names = (files: readonly { readonly name: string }[], folder: string): readonly string[] =>
  sortByAge(
    files.map((one) => ({ modifiedAt: 0, ...one })),
    folder,
  ).map(({ name }) => name);

const old = file("12-31-23:50-plan-a.md");
const fresh = file("01-01-00:20-plan-b.md");

describe("the age of files without a year in their names", () => {
  test("is that of the session's year, and of the next one for days before its first", () => {
    expect(names([fresh, old], "26-12-31-t")).toEqual([old.name, fresh.name]);
    expect(names([old, fresh], "26-01-01-t")).toEqual([fresh.name, old.name]);
    expect(names([old, fresh], "26-01-02-t")).toEqual([old.name, fresh.name]);
    const leap = [file("02-28-10:00-x.md"), file("02-29-10:00-x.md"), file("03-01-10:00-x.md")];
    expect(names(leap.toReversed(), "28-02-28-t")).toEqual(leap.map(({ name }) => name));
  });

  test("is by the minute, with or without a colon", () => {
    const both = [file("01-15-14:50-dive-x.md"), file("01-15-1451-plan-x.md")];
    expect(names(both.toReversed(), "26-01-15-t")).toEqual(both.map(({ name }) => name));
    const same = [file("01-15-14:50-a.md"), file("01-15-14:50-b.md")];
    expect(names(same.toReversed(), "26-01-15-t")).toEqual(same.map(({ name }) => name));
  });

  test("follows from when they were written if the folder has no date", () => {
    const a = file(old.name, "2026-12-31T23:51");
    const b = file(fresh.name, "2027-01-01T00:21");
    expect(sortByAge([b, a], "t")).toEqual([a, b]);
    const late = file(old.name, "2027-01-01T00:30");
    expect(sortByAge([b, late], "t")).toEqual([late, b]);
    const ahead = file(fresh.name, "2026-12-31T23:00");
    expect(sortByAge([ahead, a], "t")).toEqual([a, ahead]);
  });

  test("of other names is when they were written", () => {
    const note = file("note.md", "2026-01-15T15:00");
    const [a, b] = [file("01-15-14:50-a.md"), file("01-15-15:10-b.md")];
    expect(sortByAge([b, note, a], "26-01-15-t")).toEqual([a, note, b]);
    expect(sortByAge([], "26-01-15-t")).toEqual([]);
  });
});

describe("the newest file", () => {
  test("is the one of the new year, whichever was written last if they were copied together", () => {
    expect(findNewest([old, fresh], "26-12-31-t")).toBe(fresh);
    expect(findNewest([fresh, old], "26-12-31-t")).toBe(fresh);
    expect(findNewest([{ ...old, modifiedAt: old.modifiedAt + 2000 }, fresh], "26-12-31-t")).toBe(
      fresh,
    );
  });

  test("is the one that was written last if the clock may have been set back between them", () => {
    const first = file("01-15-02:50-plan-a.md", "2026-01-15T02:50");
    const second = file("01-15-02:10-plan-b.md", "2026-01-15T03:10");
    expect(findNewest([first, second], "26-01-15-t")).toBe(second);
    expect(
      findNewest([first, { ...second, modifiedAt: first.modifiedAt + 2001 }], "26-01-15-t"),
    ).toMatchObject({ name: second.name });
    expect(
      findNewest([first, { ...second, modifiedAt: first.modifiedAt + 2000 }], "26-01-15-t"),
    ).toBe(first);
  });

  test("is not an old one that was edited, days later", () => {
    const first = file("01-15-14:00-plan-a.md", "2026-01-20T10:00");
    const later = file("01-16-16:01-plan-b.md", "2026-01-16T16:01");
    expect(findNewest([first, later], "26-01-15-t")).toBe(later);
    const near = file("01-16-16:00-plan-b.md", "2026-01-16T16:00");
    expect(findNewest([first, near], "26-01-15-t")).toBe(first);
  });

  test("may be the only one, or none", () => {
    expect(findNewest([old], "t")).toBe(old);
    expect(findNewest([], "t")).toBeUndefined();
  });
});
