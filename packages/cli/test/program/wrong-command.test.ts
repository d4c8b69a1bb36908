import { expect, it } from "vitest";
import { explainWrongCommand, nearestCommand } from "../../src/program/wrong-command.ts";

const commands = ["run", "answer", "approve", "status", "list"];

it.each([
  ["aprove login", "there is no command `aprove`; did you mean `approve`?"],
  ["awnser login Q1=A", "there is no command `awnser`; did you mean `answer`?"],
  ["add a login", "there is no command `add`, and a session name is one word"],
  ["approve login", undefined],
  ["login", undefined],
  ["login --task x", undefined],
  ["--help", undefined],
  ["", undefined],
])("says of `%s` what is wrong with its first word", (line, expected) => {
  const words = line.split(" ").filter((word) => word !== "");
  expect(explainWrongCommand(words, commands)).toBe(expected);
});

it("knows the command that a word was meant for, and takes no session for one", () => {
  expect(nearestCommand("statsu", commands)).toBe("status");
  expect(nearestCommand("fix", commands)).toBeUndefined();
  expect(nearestCommand("list", commands)).toBeUndefined();
});
