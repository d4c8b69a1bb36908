import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import {
  commandNames,
  formatAnswerCommand,
  formatCommand,
  formatGoOn,
  findSession,
} from "@samocode/session";
import { createProgram } from "../../src/program/program.ts";
import { requireTask } from "@samocode/worktree";

it("is one word of the shell for any session", () => {
  expect(formatCommand("resume", "login")).toBe("samocode-run resume login");
  expect(formatCommand("resume", "my-task;-x")).toBe("samocode-run resume 'my-task;-x'");
  expect(formatGoOn("my spaced")).toBe("samocode-run 'my spaced'");
});

it("says `run` if the session is called as a command is, of all that there are", () => {
  const names = createProgram(() => {}).commands.map((command) => command.name());
  expect([...commandNames].toSorted()).toEqual([...names, "help"].toSorted());
  expect(formatGoOn("list")).toBe("samocode-run run list");
});

it("answers with a letter where a question has options, and else in words", () => {
  const options = [{ letter: "B", text: "cookie" }];
  expect(formatAnswerCommand("t", { id: "Q1", options })).toBe("samocode-run answer t Q1=B");
  expect(formatAnswerCommand("t", { id: "Q2", options: [] })).toBe('samocode-run answer t Q2="…"');
});

it("is in the words on a session without a task, and on one that is half made", async () => {
  expect(() => requireTask("my-task;-x", {})).toThrow("samocode-run 'my-task;-x' --task");
  expect(() => requireTask("list", {})).toThrow("samocode-run run list --task");

  await using temp = await createTempFolder("samocode-folder-");
  mkdirSync(join(temp.path, "26-01-15-my spaced"));
  const search = { argument: "my spaced", sessions: temp.path, cwd: temp.path, now: new Date() };
  await expect(findSession(search)).rejects.toThrow("with `samocode-run 'my spaced'`");
});

it("takes the former flags of `run` without showing them", () => {
  const run = createProgram(() => {}).commands.find((command) => command.name() === "run");
  const hidden = run?.options.filter((option) => option.hidden).map(({ long }) => long);
  expect(hidden).toEqual(["--when-unanswered", "--when-unapproved", "--when-undone"]);
});
