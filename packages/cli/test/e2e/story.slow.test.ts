import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { replay } from "@samocode/core/store";
import type { ClaudeEdition } from "@samocode/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunnerResult } from "../support/runner-cli.ts";
import { chargeOf } from "./support/charge.ts";
import { createClaudeBench, type ClaudeBench } from "./support/claude-bench.ts";
import {
  commitProgram,
  dive,
  finalOverview,
  plan,
  questions,
  story,
  summary,
} from "./support/halve-story.ts";
import {
  endingsOf,
  listFiles,
  logNamesOf,
  readLog,
  requestsOf,
  worktreeOf,
} from "./support/session-reading.ts";

const phases = [
  "investigation",
  "investigation",
  "planning",
  "implementation",
  "testing",
  "quality",
  "done",
];

const editions: readonly ClaudeEdition[] = ["newest", "oldest"];

describe.each(editions)("the %s Claude CLI", (edition) => {
  let bench: ClaudeBench;
  let main: { readonly refs: string; readonly config: string };
  const ended: RunnerResult[] = [];

  beforeAll(async () => {
    bench = await createClaudeBench(story, {
      edition,
      settings: { TEST_COMMAND: "node --test" },
      env: { GIT_BRANCH_PREFIX: "ada" },
    });
    const { project, run } = bench;
    await commitProgram(project);
    main = { refs: await project.git("rev-parse", "main"), config: readConfig() };
    ended.push(await run("halve", "--task", "Add halve."));
    ended.push(await run("answer", "halve", "Q1=A"));
    ended.push(await run("halve"));
    ended.push(await run("approve", "halve", "--note", "Keep it small."));
    ended.push(await run("halve"));
  });

  afterAll(async () => {
    await bench[Symbol.asyncDispose]();
  });

  function readConfig(): string {
    return readFileSync(join(bench.project.repo, ".git/config"), "utf8");
  }

  describe("a task, from a repository to done", () => {
    it("stops for the answers and for the approval, and is done", () => {
      expect(ended.map(({ exitCode }) => exitCode)).toEqual([3, 0, 3, 0, 0]);
      expect(ended.map(({ stderr }) => stderr).join("\n")).not.toMatch(/Error|\n {4}at /);
    });

    it("has these files in the session folder and no others", () => {
      const logs = logNamesOf(bench).flatMap((name) => [
        `_logs/${name}.agent.json`,
        `_logs/${name}.jsonl`,
        `_logs/${name}.prompt.md`,
        `_logs/${name}.stderr.txt`,
      ]);
      const tests = bench.records().filter(({ event }) => event === "tests.passed");
      expect(listFiles(bench.folder())).toEqual(
        [
          "01-15-14:41-dive-halve.md",
          "01-15-14:50-plan-halve.md",
          "01-15-15:20-summary.md",
          "_overview.md",
          "_qa.md",
          "_signal.json",
          "_signal_history.jsonl",
          ...logs,
          ...tests.map(({ log = "" }) => log),
        ].toSorted(),
      );
    });

    it("has an overview that says all of it", () => {
      const started = bench.records()[0]?.timestamp?.slice(5, 16).replace("T", " ") ?? "";
      expect(bench.file("_overview.md")).toBe(finalOverview(started, worktreeOf(bench)));
    });

    it("keeps what agents and the person wrote", () => {
      expect(bench.file("01-15-14:41-dive-halve.md")).toBe(dive);
      expect(bench.file("01-15-14:50-plan-halve.md")).toBe(plan);
      expect(bench.file("01-15-15:20-summary.md")).toBe(summary);
      expect(bench.file("_qa.md")).toBe(questions.replace("_waiting_", "A) Round down"));
      expect(JSON.parse(bench.file("_signal.json"))).toEqual({
        status: "done",
        phase: "done",
        summary: "halve, rounded down; 2 tests",
        iteration: 7,
      });
    });
  });

  describe("its history", () => {
    it("tells the path through the statechart", () => {
      const steps = replay(bench.records());
      expect(steps.map(({ event, to }) => `${event} ${to}`)).toEqual([
        "created paused",
        "run working.investigation",
        "signal.waiting waiting.answers",
        "answer paused",
        "run working.investigation",
        "signal.continue working.planning",
        "signal.waiting waiting.approval",
        "approve paused",
        "run working.implementation",
        "signal.continue working.testing",
        "signal.continue verifying",
        "tests.passed working.quality",
        "signal.continue verifying",
        "tests.passed working.done",
        "signal.done finished",
      ]);
      expect(steps.slice(1).map(({ from }) => from)).toEqual(
        steps.slice(0, -1).map(({ to }) => to),
      );
      expect(bench.records().map(({ iteration, phase }) => [iteration, phase])).toEqual([
        [0, "investigation"],
        [1, "investigation"],
        [1, "investigation"],
        [1, "investigation"],
        [2, "investigation"],
        [2, "investigation"],
        [3, "planning"],
        [3, "planning"],
        [4, "implementation"],
        [4, "implementation"],
        [5, "testing"],
        [5, "testing"],
        [6, "quality"],
        [6, "quality"],
        [7, "done"],
      ]);
    });

    it("has the cost and the tokens that the API charged, iteration by iteration", () => {
      const charged = phases.map((_, index) => chargeOf(requestsOf(bench, index + 1), edition));
      expect(endingsOf(bench).map(({ tokens }) => tokens)).toEqual(
        charged.map(({ tokens }) => tokens),
      );
      for (const [index, { costUsd }] of endingsOf(bench).entries())
        expect(costUsd).toBeCloseTo(charged[index]?.costUsd ?? Number.NaN, 9);
      const total = chargeOf(bench.api.requests, edition).costUsd;
      expect(bench.records().at(-1)?.memory?.costUsd).toBeCloseTo(total, 9);
      expect(ended.at(-1)?.stderr).toContain(`7 iterations, $${total.toFixed(2)}`);
    });

    it("names the conversation, the log, the turns and the time of each iteration", () => {
      for (const [index, record] of endingsOf(bench).entries()) {
        const log = `_logs/${logNamesOf(bench)[index]}.jsonl`;
        const result = readLog(bench, log).findLast(({ type }) => type === "result");
        expect(record).toMatchObject({
          log,
          claudeSessionId: requestsOf(bench, index + 1)[0]?.sessionId,
          turns: result?.["num_turns"],
        });
        expect(record.durationMs).toBeGreaterThanOrEqual(Number(result?.["duration_ms"]));
      }
    });

    it("has the commits of the agents, and the test runs of the runner", async () => {
      const log = await bench.project.git("log", "--reverse", "--format=%h %s", "main..ada/halve");
      expect(endingsOf(bench).map(({ commits }) => commits)).toEqual([
        [],
        [],
        [],
        [expect.stringMatching(/^[0-9a-f]{7,} Halve, rounded down$/)],
        [],
        [expect.stringMatching(/^[0-9a-f]{7,} Name it$/)],
        [],
      ]);
      expect(endingsOf(bench).flatMap(({ commits = [] }) => commits)).toEqual(log.split("\n"));
      const runs = bench.records().filter(({ event }) => event === "tests.passed");
      expect(runs.map((record) => record["evidence"])).toEqual([
        expect.objectContaining({ verdict: "passed", exitCode: 0 }),
        expect.objectContaining({ verdict: "passed", exitCode: 0 }),
      ]);
      expect(bench.file(String(runs[0]?.log))).toContain("# pass 2");
    });
  });

  describe("its logs", () => {
    it("are whole streams of the CLI, from its first words to a good result", () => {
      for (const [index, name] of logNamesOf(bench).entries()) {
        const lines = readLog(bench, `_logs/${name}.jsonl`);
        const id = requestsOf(bench, index + 1)[0]?.sessionId;
        expect(lines.every((line) => line["session_id"] === id)).toBe(true);
        expect(lines[0]).toMatchObject({ type: "system", subtype: "init" });
        const results = lines.filter(({ type }) => type === "result");
        expect(results).toEqual([expect.objectContaining({ subtype: "success", is_error: false })]);
        expect(results[0]).toMatchObject({ permission_denials: [], result: "Done." });
        expect(bench.file(`_logs/${name}.stderr.txt`)).toBe("");
      }
    });

    it("keep the prompt of each iteration, byte by byte as it reached the API", () => {
      const notes = new Map([
        [2, "The questions in `_qa.md` have been answered.\n> Q1: A) Round down\n\n"],
        [4, "The plan was approved with this note:\n> Keep it small.\n\n"],
      ]);
      for (const [index, name] of logNamesOf(bench).entries()) {
        const number = index + 1;
        const prompt = bench.file(`_logs/${name}.prompt.md`);
        expect(requestsOf(bench, number)[0]?.prompt).toBe(prompt);
        const moment = `${name.slice(0, 5)} ${name.slice(6, 8)}:${name.slice(8, 10)}`;
        expect(prompt.replaceAll(/\d\d-\d\d[ -]\d\d:\d\d/g, "MOMENT")).toBe(
          [
            `Session folder: ${bench.folder()}`,
            `Worktree: ${worktreeOf(bench)}`,
            `Phase: ${phases[index]}`,
            `Iteration: ${number}`,
            `Flow Log: - [00${number} @ MOMENT] text -> file`,
            "STAMP: MOMENT",
            "",
            `${notes.get(number) ?? ""}Do the next step, then write \`_signal.json\`.`,
            "",
          ].join("\n"),
        );
        expect(prompt).toMatch(new RegExp(`STAMP: ${moment.slice(0, 5)}-\\d\\d:\\d\\d`));
      }
    });
  });

  describe("git", () => {
    it("has the work on a branch of its own, in a clean worktree", async () => {
      const worktree = worktreeOf(bench);
      expect(listFiles(worktree).filter((name) => name !== ".git")).toEqual([
        "README.md",
        "double.js",
        "halve.js",
        "package.json",
        "test/double.test.js",
        "test/halve.test.js",
      ]);
      expect(readFileSync(join(worktree, "halve.js"), "utf8")).toBe(
        "export const halve = (number) => Math.floor(number / 2);\n",
      );
      const { project } = bench;
      expect(await project.git("-C", worktree, "status", "--porcelain", "--ignored")).toBe("");
      expect(await project.git("-C", worktree, "rev-parse", "--abbrev-ref", "HEAD")).toBe(
        "ada/halve",
      );
      expect(await project.git("log", "-1", "--format=%an <%ae>%n%b", "ada/halve")).toBe(
        "Ada Tester <ada@example.org>\n",
      );
    });

    it("leaves the main repository as it was", async () => {
      const { project } = bench;
      expect(await project.git("rev-parse", "main")).toBe(main.refs);
      expect(await project.git("for-each-ref", "--format=%(refname)")).toBe(
        "refs/heads/ada/halve\nrefs/heads/main",
      );
      expect(await project.git("status", "--porcelain", "--ignored")).toBe("");
      expect(readConfig()).toBe(main.config);
      expect(readdirSync(project.repo).toSorted()).toEqual([
        ".git",
        "README.md",
        "double.js",
        "package.json",
        "test",
      ]);
    });
  });
});
