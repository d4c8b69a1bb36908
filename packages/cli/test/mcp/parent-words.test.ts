import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createNews } from "../../src/mcp/news.ts";
import { list } from "../../src/mcp/list.ts";
import { logs } from "../../src/mcp/logs.ts";
import { questions } from "../../src/mcp/questions.ts";
import { runnerArguments } from "../../src/mcp/start.ts";
import { createCommandBench, type CommandBench } from "../support/command-bench.ts";
import { asking, planned } from "../../../session/test/support/waiting-session.ts";

let bench: CommandBench;
beforeEach(async () => {
  bench = await createCommandBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const about = () => ({
  flags: { config: bench.project.config },
  news: createNews(),
  by: "mcp",
  cancel: new AbortController().signal,
  progress: vi.fn<(message: string) => void>(),
});

it.each([
  [{}, undefined, []],
  [{ config: "/x/.samocode" }, undefined, ["--config=/x/.samocode"]],
  [{}, 2.5, ["--budget=2.5"]],
  [{ config: "/x" }, 1, ["--config=/x", "--budget=1"]],
])("hands configuration and budget on to the runner: %j, %s", (flags, budget, expected) => {
  expect(runnerArguments(flags, budget)).toEqual(expected);
});

it("gives the log of an agent line by line, the newest last", async () => {
  const { store } = bench.add("26-01-15-login", planned);
  mkdirSync(join(store.folder, "_logs"));
  const said = ["one", "two", "three"].map((text) =>
    JSON.stringify({ type: "assistant", message: { id: text, content: [{ type: "text", text }] } }),
  );
  writeFileSync(join(store.folder, "_logs/01-15-1430-001-planning.jsonl"), `${said.join("\n")}\n`);
  const text = await logs.act({ session: "login", lines: 40 }, about());
  expect(text).toMatch(/:\n> .*one\n> .*two\n> .*three$/);
  const last = await logs.act({ session: "login", iteration: 1, lines: 1 }, about());
  expect(last).toContain("three");
  expect(last).not.toContain("two");
  await expect(logs.act({ session: "login", iteration: 2, lines: 1 }, about())).rejects.toThrow(
    "cannot find a log of iteration 2 of `login`",
  );
});

it("has no questions of a session that has asked nothing, or has all its answers", async () => {
  bench.add("26-01-15-login", planned);
  expect(await questions.act({ session: "login" }, about())).toBe(
    "login has no open question; none was asked.",
  );
  const { read, write } = bench.add("26-01-15-fix", asking);
  expect(await questions.act({ session: "fix" }, about())).toMatch(
    /^2 open questions of fix, in the agent's words:\n/,
  );
  write("_qa.md", read("_qa.md").replace("_waiting_", "A"));
  expect(await questions.act({ session: "fix" }, about())).toMatch(/^1 open question of fix,/);
  write("_qa.md", read("_qa.md").replace("_waiting_", "a week"));
  expect(await questions.act({ session: "fix" }, about())).toBe("fix has no open question.");
});

it("lists those first that need the person", async () => {
  expect(await list.act({}, about())).toMatch(/^No session in .*\. `start` makes one\.$/);
  bench.add("26-01-17-ready", { status: { Phase: "testing", Blocked: "no" } });
  bench.add("26-01-15-login", planned);
  const lines = (await list.act({}, about())).split("\n");
  expect(lines.map((line) => line.split(":", 1).join(""))).toEqual(["login", "ready"]);
});
