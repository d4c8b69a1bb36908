import { describe, expect, test } from "vitest";
import { toolTarget } from "../src/tool-target.ts";

describe("the target of a tool call", () => {
  test.each([
    [{ file_path: "/a/b.ts", old_string: "x" }, "/a/b.ts"],
    [{ description: "Run tests", command: "pnpm test\npnpm lint" }, "pnpm test pnpm lint"],
    [{ pattern: "TODO", path: "src" }, "TODO"],
    [{ number: 1, own_field: "of an MCP tool" }, "of an MCP tool"],
    [{ command: "", todos: [] }, ""],
    [null, ""],
    ["text", ""],
  ])("of %j is %j", (input, target) => {
    expect(toolTarget(input)).toBe(target);
  });

  test("is short, whatever the length of the command", () => {
    expect(toolTarget({ command: "x".repeat(5_000_000) })).toHaveLength(120);
  });
});
