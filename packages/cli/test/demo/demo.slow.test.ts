import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseOverview } from "@samocode/core/overview";
import { parseHistory, replay } from "@samocode/core/store";
import { createTempFolder, installClaude } from "@samocode/testkit";
import { execa } from "execa";
import { expect, it } from "vitest";

const binary = fileURLToPath(new URL("../../bin/samocode-run.js", import.meta.url));

/** A place to run the demo in: an empty folder to be in, and one for temporary files. */
async function createPlace() {
  const folder = await createTempFolder();
  const cwd = join(folder.path, "empty");
  const temp = join(folder.path, "temp");
  for (const path of [cwd, temp]) mkdirSync(path);
  const env = { PATH: [dirname(process.execPath), "/usr/bin", "/bin"].join(":"), TMPDIR: temp };
  return {
    cwd,
    file: (name: string) => join(folder.path, name),
    /** Folders that demos have left. */
    left: () => readdirSync(temp).filter((name) => name.startsWith("samocode-demo-")),
    temp,
    /** Starts the demo with no variable of this machine but `PATH`: without a home as well. */
    start: (args: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
      execa(process.execPath, [binary, "demo", ...args], {
        cwd,
        env: { ...env, ...variables },
        extendEnv: false,
        stdin: "ignore",
        reject: false,
        all: true,
        timeout: 90_000,
      }),
    [Symbol.asyncDispose]: () => folder.dispose(),
  };
}

/** A program at this path that is no Claude CLI. */
function writeProgram(path: string, text: string): string {
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** What the finished session in the folder of a demo must be, whoever played the agents. */
async function checkSession(root: string) {
  const [name = ""] = readdirSync(join(root, "sessions"));
  const session = join(root, "sessions", name);
  const read = (file: string): string => readFileSync(join(session, file), "utf8");
  expect(readdirSync(root).toSorted()).toEqual([".samocode", "app", "sessions", "worktrees"]);

  const { status } = parseOverview(read("_overview.md"));
  expect(status).toMatchObject({ phase: "done", iteration: 7, lastAction: "Wrote the summary" });
  expect(read("_qa.md")).toContain("**Answer:** A");

  const { records, problems } = parseHistory(read("_signal_history.jsonl"));
  expect(problems).toEqual([]);
  expect(replay(records).map(({ event, to }) => `${event}: ${to}`)).toEqual([
    "created: paused",
    "run: working.investigation",
    "signal.waiting: waiting.answers",
    "answer: paused",
    "run: working.investigation",
    "signal.continue: working.planning",
    "signal.waiting: waiting.approval",
    "approve: paused",
    "run: working.implementation",
    "signal.continue: working.testing",
    "signal.continue: verifying",
    "tests.passed: working.quality",
    "signal.continue: verifying",
    "tests.passed: working.done",
    "signal.done: finished",
  ]);

  const worktree = join(root, "worktrees", name);
  const git = (...args: string[]) => execa("git", ["-C", worktree, ...args]);
  expect((await git("log", "--format=%s")).stdout).toBe(
    "Read Roman numerals\nWrite Roman numerals\nFirst commit",
  );
  expect((await git("status", "--short")).stdout).toBe("");
  const tests = await execa(process.execPath, ["--test"], { cwd: worktree, reject: false });
  expect(tests.exitCode).toBe(0);
  return { session, failed: readFailedTools(join(session, "_logs")) };
}

/** The results of tools that failed, from the streams of all iterations. */
function readFailedTools(logs: string): string[] {
  return readdirSync(logs)
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => readFileSync(join(logs, name), "utf8").split("\n"))
    .filter((line) => line.includes('"is_error":true'));
}

it("plays a whole session with a stand-in if there is no Claude CLI, no home and no git identity", async () => {
  await using place = await createPlace();
  const { exitCode, stdout, all } = await place.start([]);
  expect({ exitCode, all }).toMatchObject({ exitCode: 0 });
  expect(all).toContain("No account is used and nothing leaves this machine");
  expect(all).toContain("No Claude CLI found (`claude`).\nA stand-in for the Claude CLI plays");
  expect(all).toContain("B) return NaN");
  expect(all).toContain("  │ # Plan: fromRoman");

  const [name = ""] = place.left();
  const root = join(place.temp, name);
  expect(stdout).toContain(
    "  investigation → waits for answers → investigation → planning → waits for approval of the plan → implementation → testing → the tests run → quality → the tests run → done\n",
  );
  expect(stdout).toContain("Read Roman numerals\n   README.md     |");
  expect(stdout).toContain(`  rm -rf ${root}\n`);
  expect(stdout).toContain("samocode-run.js init");
  // The one that failed is the run of the tests that were written before the code.
  expect((await checkSession(root)).failed).toHaveLength(1);
  expect(readdirSync(place.cwd)).toEqual([]);
});

it("plays the same session with the real Claude CLI", async ({ skip }) => {
  const claude = await installClaude().catch((cause: unknown) => {
    skip(`the real CLI cannot be installed here: ${String(cause)}`);
  });
  await using place = await createPlace();
  const { exitCode, all } = await place.start(["--claude-path", claude ?? ""]);
  expect({ exitCode, all }).toMatchObject({ exitCode: 0 });
  expect(all).toMatch(/Version \d+\.\d+\.\d+ works; it plays the agents\./);
  const [name = ""] = place.left();
  expect((await checkSession(join(place.temp, name))).failed).toHaveLength(1);
});

it("says why it does not use a CLI, takes a stand-in, and shows it nothing of the person", async () => {
  await using place = await createPlace();
  const seen = place.file("seen.txt");
  const old = writeProgram(
    place.file("old"),
    `env >> ${seen}; echo "error: unknown option '--plugin-dir'" >&2; exit 1`,
  );
  const demo = place.start([], {
    CLAUDE_PATH: old,
    HOME: place.cwd,
    ANTHROPIC_API_KEY: "a-secret",
    ANTHROPIC_BASE_URL: "https://proxy.example.org",
    CLAUDE_CONFIG_DIR: "/home/person/.claude",
    CLAUDE_MODEL: "person-model",
    GIT_AUTHOR_NAME: "Person",
  });
  await waitForText(demo, "$ samocode-run");
  demo.kill("SIGINT");
  const { exitCode, all } = await demo;
  expect(all).toContain(`Found a Claude CLI: ${old}\nIt cannot be used: `);
  expect(all).toContain("unknown option '--plugin-dir'.\nA stand-in for the Claude CLI plays");
  expect(exitCode).toBe(130);

  const env = readFileSync(seen, "utf8");
  expect(env).toMatch(/^ANTHROPIC_BASE_URL=http:\/\/127\.0\.0\.1:\d+$/m);
  expect(env).not.toMatch(/a-secret|proxy\.example|person|Person/);
  expect(env).not.toContain(`HOME=${place.cwd}\n`);
});

it("waits only seconds for a program that never answers, and leaves it not running", async () => {
  await using place = await createPlace();
  const pidFile = place.file("pid.txt");
  const mute = writeProgram(place.file("mute"), `echo $$ > ${pidFile}; sleep 600`);
  const demo = place.start(["--claude-path", mute]);
  await waitForText(demo, "A stand-in for the Claude CLI");
  expect(() => process.kill(Number(readFileSync(pidFile, "utf8")), 0)).toThrow("ESRCH");
  demo.kill("SIGTERM");
  const { exitCode, all } = await demo;
  expect(all).toContain("It cannot be used: no answer in 8 s.");
  expect(exitCode).toBe(143);
  expect(place.left()).toEqual([]);
});

it("leaves nothing behind when it is interrupted while an agent works", async () => {
  await using place = await createPlace();
  const demo = place.start([]);
  await waitForText(demo, "implementation iteration");
  demo.kill("SIGINT");
  const { exitCode, all } = await demo;
  expect(exitCode).toBe(130);
  expect(all).toContain("roman: ready to continue");
  expect(all?.trimEnd()).toMatch(/The demo was stopped and its folder removed\.$/);
  expect(place.left()).toEqual([]);
  const { stdout: processes } = await execa("ps", ["-A", "-o", "args="]);
  expect(processes).not.toContain(place.temp);
});

it("says what to install if there is no git", async () => {
  await using place = await createPlace();
  const { exitCode, all } = await place.start([], { PATH: dirname(place.file("nothing")) });
  expect(exitCode).toBe(2);
  expect(all).toBe("samocode-run: cannot run the demo: git is not on the PATH; install it");
  expect(place.left()).toEqual([]);
});

/** Resolves as soon as the demo has shown this text. */
async function waitForText(
  { all }: { readonly all?: NodeJS.ReadableStream | undefined },
  text: string,
): Promise<void> {
  let seen = "";
  await new Promise<void>((resolve, reject) => {
    all?.on("data", (part: Buffer) => {
      seen += part.toString();
      if (seen.includes(text)) resolve();
    });
    all?.once("end", () => reject(new Error(`the demo ended without \`${text}\`: ${seen}`)));
  });
}
