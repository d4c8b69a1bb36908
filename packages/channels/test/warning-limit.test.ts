import { expect, it } from "vitest";
import { limitWarnings } from "../src/warning-limit.ts";

it("tells each warning once, and shows no control characters", () => {
  const told: string[] = [];
  const warn = limitWarnings((text) => told.push(text));
  for (const text of ["a", "b\u001B[2J\nc", "a"]) warn(text);
  expect(told).toEqual(["a", "b c"]);
});

it("tells no more than a person would read, and says that there is more", () => {
  const told: string[] = [];
  const warn = limitWarnings((text) => told.push(text));
  for (let count = 0; count < 1000; count++) warn(`chat ${count}`);
  expect(told).toHaveLength(51);
  expect(told.at(-1)).toBe("further messages are not shown");
});
