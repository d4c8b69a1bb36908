import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiRequest } from "@samocode/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cleanPath } from "../plugin/plugin-bench.ts";
import { repository } from "../texts/text-tree.ts";
import {
  bash,
  createClaudeBench,
  signal,
  write,
  type Agent,
  type ClaudeBench,
} from "./support/claude-bench.ts";

/** Each agent finds it on the PATH of its Bash, for the CLI puts it there. */
const launcher = join(repository, "packages/cli/bundle/plugin/bin/samocode-run");

let bench: ClaudeBench;

/** What an agent tries, turn by turn, before it ends with its signal. */
const tries =
  (end: object): Agent =>
  (told) => [
    // Into the worktree.
    write(`${told.worktree}/written.txt`, "x"),
    bash("touch touched.txt"),
    bash("echo x > redirected.txt"),
    bash("echo x | tee teed.txt"),
    bash("cp README.md copied.txt"),
    bash("sed -i s/App/Other/ README.md"),
    // What is the runner's or the person's.
    write(`${told.session}/_signal_history.jsonl`, "{}"),
    bash(`echo '{}' >> ${told.session}/_signal_history.jsonl`),
    bash(`touch ${told.session}/_logs/x`),
    write(`${bench.project.repo}/main.txt`, "x"),
    write(`${bench.project.root}/.samocode.d/agents/testing.md`, "x"),
    bash(`echo 'TEST_COMMAND=true' >> ${bench.project.config}`),
    bash(`cat ${bench.project.root}/.env`),
    bash("cat ~/.config/samocode/.env"),
    bash("samocode-run approve t"),
    bash("cd / && env -u SAMOCODE_RUN_ID samocode-run approve t"),
    bash(`${launcher} approve t`),
    bash("git push origin main"),
    // What it needs.
    write(`${told.session}/01-15-14:41-dive-x.md`, "# Dive\n"),
    bash(`echo more >> ${told.session}/01-15-14:41-dive-x.md`),
    bash("git log --oneline > /dev/null && cat README.md"),
    bash("node -e 'require(`fs`).writeFileSync(`by-program.txt`, `x`)'"),
    bash("command -v samocode-run"),
    bash(`sh ${launcher} approve t`),
    signal(told, { ...end }),
  ];

const planner: Agent = (told) => [
  write(`${told.session}/01-15-14:41-plan-x.md`, "# Plan: x\n"),
  signal(told, { status: "waiting", phase: "planning", for: "plan_approval" }),
];

beforeAll(async () => {
  bench = await createClaudeBench(
    [
      tries({ status: "continue", phase: "planning" }),
      planner,
      tries({ status: "blocked", reason: "x", needs: "human_decision" }),
    ],
    { env: { PATH: cleanPath } },
  );
  const { root, home } = bench.project;
  writeFileSync(join(root, ".env"), "TELEGRAM_CHAT_ID=5550123\n");
  mkdirSync(join(home, ".config/samocode"), { recursive: true });
  writeFileSync(join(home, ".config/samocode/.env"), "TELEGRAM_CHAT_ID=5550123\n");
  await bench.run("t", "--task", "Do it.", "--auto-approve");
});

afterAll(async () => {
  await bench[Symbol.asyncDispose]();
});

/** What the tools answered in an iteration, in order. */
function resultsOf(iteration: number): readonly string[] {
  const last = bench.api.requests.findLast(({ prompt }) =>
    prompt.includes(`\nIteration: ${iteration}\n`),
  );
  return (last?.messages ?? []).flatMap(readResults);
}

function readResults({ content }: ApiRequest["messages"][number]): readonly string[] {
  return typeof content === "string"
    ? []
    : content.flatMap((block) =>
        block.type === "tool_result" ? [JSON.stringify(block["content"])] : [],
      );
}

const refusal = /denied by your permission settings|has been denied|blocked by a deny rule/;

it("the real CLI refuses what is the runner's or the person's, in a phase that writes code as well", () => {
  const results = resultsOf(3);
  expect(results).toHaveLength(25);
  expect(results.slice(6, 18).filter((text) => !refusal.test(text))).toEqual([]);
  expect(results.filter((text) => text.includes("5550123"))).toEqual([]);
  const { root, repo, config } = bench.project;
  expect(existsSync(join(root, ".samocode.d"))).toBe(false);
  expect(existsSync(join(repo, "main.txt"))).toBe(false);
  expect(readFileSync(config, "utf8")).not.toContain("TEST_COMMAND");
});

it("agents find the samocode-run of the plugin, and it does not serve them", () => {
  for (const iteration of [1, 3]) {
    const [path, said] = resultsOf(iteration).slice(22, 24);
    expect(path).toBe(JSON.stringify(launcher));
    expect(said).toContain("cannot run inside an agent's session");
  }
});

describe("code", () => {
  it("is closed in investigation, to the file tools and to plain commands", () => {
    const results = resultsOf(1);
    expect(results).toHaveLength(25);
    expect(results.slice(0, 6).filter((text) => !refusal.test(text))).toEqual([]);
  });

  it("is open in implementation", () => {
    const results = resultsOf(3);
    expect(results.slice(0, 6).filter((text) => refusal.test(text))).toEqual([]);
    const worktree = /^Worktree: (.+)$/m.exec(bench.api.requests[0]?.prompt ?? "")?.[1] ?? "";
    for (const name of ["written", "touched", "redirected", "teed", "copied"])
      expect(existsSync(join(worktree, `${name}.txt`))).toBe(true);
  });
});

it("session files and looking are open in both, and a program writes where it likes: that is asked, not enforced", () => {
  for (const iteration of [1, 3]) {
    const results = resultsOf(iteration);
    expect(results.slice(18).filter((text) => refusal.test(text))).toEqual([]);
  }
  expect(readFileSync(join(bench.folder(), "01-15-14:41-dive-x.md"), "utf8")).toContain("more");
});
