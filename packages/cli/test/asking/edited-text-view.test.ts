import picocolors from "picocolors";
import { expect, it } from "vitest";
import { formatEditedText } from "../../src/asking/edited-text-view.ts";

const color = picocolors.createColors(false);
const view = { columns: 10, rows: 5, color };

it.each([
  ["", 0, ["█"]],
  ["ab", 2, ["ab█"]],
  ["ab", 0, ["█b"]],
  ["a\nb", 3, ["a", "b█"]],
  ["a\nb", 1, ["a█", "b"]],
  ["a\n", 2, ["a", "█"]],
  ["0123456789", 10, ["0123456789", "█"]],
  ["0123456789x", 9, ["012345678█", "x"]],
  ["漢字漢字漢字", 6, ["漢字漢字漢", "字█"]],
  ["👩‍👧b", 5, ["👩‍👧█"]],
])("shows %j with its cursor at %i", (text, cursor, rows) => {
  expect(formatEditedText({ text, cursor }, view)).toEqual(rows);
});

it("shows the rows around the cursor", () => {
  const text = "1\n2\n3\n4\n5\n6\n7";
  expect(formatEditedText({ text, cursor: 0 }, view)).toEqual(["█", "2", "3", "4", "5"]);
  expect(formatEditedText({ text, cursor: 8 }, view)).toEqual(["1", "2", "3", "4", "█"]);
  expect(formatEditedText({ text, cursor: 10 }, view)).toEqual(["2", "3", "4", "5", "█"]);
  expect(formatEditedText({ text, cursor: text.length }, { ...view, rows: 1 })).toEqual(["7█"]);
});

it("inverts in color the character at the cursor", () => {
  const colored = { ...view, color: picocolors.createColors(true) };
  expect(formatEditedText({ text: "ab", cursor: 1 }, colored)).toEqual(["a\u001B[7mb\u001B[27m"]);
  expect(formatEditedText({ text: "a\n", cursor: 1 }, colored)).toEqual([
    "a\u001B[7m \u001B[27m",
    "",
  ]);
});
