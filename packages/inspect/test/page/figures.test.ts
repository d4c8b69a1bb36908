import { expect, it } from "vitest";
import { formatCost, formatMoney } from "../../page/figures.ts";

it("shows a small amount with as many places as it needs", () => {
  expect([1.2, 0.004, 0.00005, 0].map(formatMoney)).toEqual([
    "$1.20",
    "$0.004",
    "$0.0001",
    "$0.00",
  ]);
});

it("says of a cost that is not wholly known that it is the least", () => {
  expect(formatCost({ costUsd: 1.2 })).toBe("$1.20");
  expect(formatCost({ costUsd: 1.2, costIsLeast: true })).toBe("≥ $1.20");
});
