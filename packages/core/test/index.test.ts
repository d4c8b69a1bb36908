import * as core from "../src/index.ts";
import { expect, it } from "vitest";

it("exports these names and no others", () => {
  expect(Object.keys(core).toSorted()).toMatchInlineSnapshot();
});
