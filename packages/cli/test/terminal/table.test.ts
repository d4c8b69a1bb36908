import { expect, it } from "vitest";
import { formatAge } from "../../src/terminal/age.ts";
import { formatTable } from "../../src/terminal/table.ts";

const columns = [
  { title: "NAME", leastWidth: 6 },
  { title: "STATE", leastWidth: 8 },
  { title: "COST", isFigure: true },
];
const rows = [
  [{ text: "日本語のセッション" }, { text: "waits for approval" }, { text: "$1.24" }],
  [{ text: "b" }, { text: "done", paint: (text: string) => `<${text}>` }, { text: "$12.00" }],
];

it("sets words left and figures right, wide characters counted as two", () => {
  expect(formatTable(columns, rows, 80)).toEqual([
    "NAME                STATE                 COST",
    "日本語のセッション  waits for approval   $1.24",
    "b                   <done>                $12.00",
  ]);
});

it("cuts what may be cut until it fits, the widest first, and never a figure", () => {
  expect(formatTable(columns, rows, 30)).toEqual([
    "NAME        STATE         COST",
    "日本語の…   waits for…   $1.24",
    "b           <done>        $12.00",
  ]);
  expect(formatTable(columns, rows, 10)[1]).toBe("日本…   waits f…   $1.24");
});

it("is only its head if there is nothing to show", () => {
  expect(formatTable(columns, [], 80)).toEqual(["NAME  STATE  COST"]);
});

it.each([
  [0, "0s"],
  [59_999, "59s"],
  [60_000, "1m"],
  [47 * 3_600_000, "47h"],
  [48 * 3_600_000, "2d"],
  [59 * 86_400_000, "59d"],
  [70 * 86_400_000, "10w"],
  [-5, "0s"],
])("an age of %i ms is %s", (ms, text) => {
  expect(formatAge(ms)).toBe(text);
});
