import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatSessionDate, parseDatedName } from "../src/session-date.ts";

test("the date of a session is the local day", () => {
  expect(formatSessionDate(new Date(2026, 0, 8, 0, 0))).toBe("26-01-08");
  expect(formatSessionDate(new Date(2026, 11, 31, 23, 59))).toBe("26-12-31");
});

test("a folder is split into date and name", () => {
  expect(parseDatedName("26-01-08-bug-fix")).toEqual({ date: "26-01-08", name: "bug-fix" });
});

test.each(["fix", "26-01-08", "26-01-08-", "26-02-30-fix", "26-13-01-fix", "2026-01-08-fix"])(
  "%s has no date",
  (name) => {
    expect(parseDatedName(name)).toBeUndefined();
  },
);

test("any day of this century is read back", () => {
  const day = fc.date({
    min: new Date(2000, 0, 2),
    max: new Date(2099, 11, 30),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(day, (date) => {
      const text = formatSessionDate(date);
      expect(parseDatedName(`${text}-x`)).toEqual({ date: text, name: "x" });
    }),
  );
});
