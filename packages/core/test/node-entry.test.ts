import * as chart from "@samocode/core/chart";
import * as main from "@samocode/core";
import * as overview from "@samocode/core/overview";
import * as store from "@samocode/core/store";
import { expect, it } from "vitest";
import * as node from "../src/node.ts";

it("Node finds every name of the four entries, none of them twice", () => {
  const names = [main, overview, store, chart].flatMap((entry) => Object.keys(entry));
  expect(new Set(names).size).toBe(names.length);
  expect(Object.keys(node).toSorted()).toEqual(names.toSorted());
  expect(node.openStore).toBe(store.openStore);
});
