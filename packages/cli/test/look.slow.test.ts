import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RunEvent } from "@samocode/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ShowDocument, SessionReport, SessionStory } from "@samocode/session";
import { createBench, signal, steps, type Bench } from "./support/runner-cli.ts";
import { callInTerminal, screenFile, sizes, withoutChance } from "./support/screen.ts";
import { whyNoTerminal } from "./support/tmux.ts";

const { ask, investigate, plan, implement } = steps;
const { poll } = expect;

const leap = [signal({ status: "continue", phase: "done" })];
const work = [
  { do: "say", text: "Now I write it.\n\n- one \u001B]0;title\u0007\n- two" },
  { do: "tool", name: "Read", input: { file_path: "{cwd}/README.md" } },
  { do: "bash", command: "echo no; exit 1" },
  { do: "print", line: "no JSON" },
  { do: "say", text: "key sk-ant-api03-abcdefgh" },
  ...implement,
] as const;

/** A session with all sorts of events, that waits for approval of its work in testing. */
async function createStory(): Promise<Bench> {
  const bench = await createBench({
    calls: [
      ask,
      leap,
      investigate,
      plan,
      plan,
      [{ do: "exit", code: 1 }],
      work,
      [
        signal({
          status: "blocked",
          reason: "the \u001B[2Jserver is down",
          needs: "human_decision",
        }),
      ],
    ],
  });
  const { run } = bench;
  await run("t", "--task", "Add JWT login.\n\nWith care.");
  await run("answer", "t", "Q1=A");
  await run("t");
  await run("reject", "t", "--feedback", "use cookies");
  await run("t");
  await run("approve", "t", "--note", "mind the tests");
  await run("t");
  return bench;
}

const linesOf = (text: string): readonly string[] => text.trimEnd().split("\n");

describe("a session with a story", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await createStory();
  });
  afterAll(async () => {
    await bench[Symbol.asyncDispose]();
  });
  const run: Bench["run"] = async (...args) => await bench.run(...args);

  it("is told by `show` with its times, its figures, its files and its commits", async () => {
    const { exitCode, stdout } = await run("show", "t");
    expect(exitCode).toBe(0);
    await expect(
      withoutChance(stdout).replaceAll(/\b[0-9a-f]{7,} /g, "COMMIT "),
    ).toMatchFileSnapshot("fixtures/screens/show.txt");
  });

  it("is told by `show --json` as its schema says, and nothing more", async () => {
    const json: unknown = JSON.parse((await run("show", "t", "--json")).stdout);
    expect(json).toEqual(ShowDocument.parse(json));
    const story = SessionStory.parse(json);
    expect(story.timeline.map(({ event }) => event)).toEqual(
      bench.records().map(({ event }) => event),
    );
    const costs = bench.records().at(-1)?.memory?.phaseCosts ?? {};
    for (const { phase, costUsd } of story.phases) {
      expect(costUsd).toBeCloseTo(costs[phase as keyof typeof costs] ?? 0);
    }
    expect(json).toMatchObject({
      task: "Add JWT login.\n\nWith care.",
      branch: "t",
      artifacts: [{ file: "01-15-14:50-plan-jwt.md", title: "Plan" }],
      commits: [expect.stringContaining("Add login")],
    });
  });

  it("is told by `status --json` as its schema says", async () => {
    const json: unknown = JSON.parse((await run("status", "t", "--json")).stdout);
    expect(SessionReport.parse(json)).toEqual(json);
    expect(json).toMatchObject({ state: "blocked", phaseCosts: { implementation: 0.04 } });
  });

  it("has its newest log told as a person would, without control characters and secrets", async () => {
    const { stdout } = await run("logs", "t", "--iteration", "6");
    expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
    await expect(withoutChance(stdout)).toMatchFileSnapshot("fixtures/screens/logs.txt");
    expect((await run("logs", "t")).stdout).toMatch(/^testing, iteration 7 {2}_logs\//);
  });

  it("has the log of a mended iteration told as the two conversations that it was", async () => {
    const { stdout } = await run("logs", "t", "--iteration", "2");
    expect(linesOf(stdout).filter((line) => line.includes("iteration 2"))).toEqual([
      expect.stringMatching(/^investigation, /),
      expect.stringMatching(/^investigation-mend, /),
    ]);
  });

  it("gives a log as it is with --raw, and one event a line with --json", async () => {
    const raw = await run("logs", "t", "--iteration", "6", "--raw");
    const [log = ""] = bench
      .records()
      .flatMap(({ iteration, log }) => (iteration === 6 ? [log] : []));
    expect(`${raw.stdout}\n`).toBe(bench.file(log ?? ""));
    const { stdout } = await run("logs", "t", "--iteration", "6", "--json");
    expect(await run("logs", "t", "--json", "--raw")).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: expect.stringContaining("expected one of them") as string,
    });
    const events = linesOf(stdout).map((line) => RunEvent.parse(JSON.parse(line)));
    expect(events.every((event) => event.type === "agent" && event.iteration === 6)).toBe(true);
    expect(stdout).toContain("key sk-***");
  });

  it.each([
    ["12", "cannot find a log of iteration 12 of `t`: expected one from 1 to 7"],
    ["0", "cannot take `0` as an iteration"],
    ["x", "cannot take `x` as an iteration"],
  ])("has no log of iteration %s, and says so", async (number, message) => {
    const { exitCode, stderr } = await run("logs", "t", "--iteration", number);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  it("shows no file outside of its folder as a log", async () => {
    const secret = join(bench.project.root, "secret.jsonl");
    writeFileSync(secret, "secret\n");
    symlinkSync(secret, join(bench.folder(), "_logs", "01-15-1430-099-testing.jsonl"));
    const { exitCode, stdout } = await run("logs", "t", "--iteration", "99", "--raw");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(readFileSync(secret, "utf8")).toBe("secret\n");
  });

  it.skipIf(whyNoTerminal() !== undefined).each(sizes)(
    "is on the screen in `list`, `status` and `show` at $columns x $rows",
    async (size) => {
      for (const command of ["list", "status", "show"]) {
        const session = command === "list" ? [] : ["t"];
        await using terminal = await callInTerminal(bench, size, command, ...session);
        expect(await terminal.end()).toBe(0);
        const shown = withoutChance(await terminal.screen())
          .replaceAll(/\b[0-9a-f]{7,} /g, "COMMIT ")
          .replaceAll(/ +\d+m(?= |$)/gm, "  TIME");
        await expect(shown).toMatchFileSnapshot(screenFile(command, size).replace("../", ""));
      }
    },
  );
});

it("follows the log of a run, from one iteration to the next, to where the session rests", async () => {
  await using bench = await createBench({
    calls: [
      [{ do: "say", text: "I begin." }, { do: "sleep", ms: 3000 }, ...investigate],
      [{ do: "say", text: "I plan." }, ...plan],
    ],
  });
  const run = bench.start("t", "--task", "x");
  await poll(() => bench.claude.calls().length).toBe(1);
  const [words, raw] = await Promise.all([
    bench.run("logs", "t", "-f"),
    bench.run("logs", "t", "-f", "--raw"),
    run,
  ]);
  expect(linesOf(words.stdout).filter((line) => /^(?:\w+, iter|I |── )/.test(line))).toEqual([
    expect.stringContaining("investigation, iteration 1"),
    "I begin.",
    expect.stringContaining("── finished → planning"),
    expect.stringContaining("planning, iteration 2"),
    "I plan.",
    expect.stringContaining("── asks → waits for approval of the plan"),
  ]);
  const logs = bench.records().flatMap(({ log }) => (log === undefined ? [] : [bench.file(log)]));
  expect(`${raw.stdout}\n`).toBe(logs.join(""));
});

it("says that there is no log before an agent has worked", async () => {
  await using bench = await createBench({ calls: [] });
  mkdirSync(join(bench.project.sessions, "26-01-15-t"));
  const overview = "## Status\nPhase: planning\nBlocked: no\n";
  writeFileSync(join(bench.project.sessions, "26-01-15-t", "_overview.md"), overview);
  const { exitCode, stderr } = await bench.run("logs", "t");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("cannot show the log of `t`: no agent has run yet");
});

it("stops if nobody reads a long log any more", async () => {
  await using bench = await createBench({
    calls: [[{ do: "flood", bytes: 20_000_000, lineBytes: 1000 }, ...investigate], plan],
  });
  await bench.run("t", "--task", "x", "--max-iterations", "1");
  const logs = bench.start("logs", "t", "--raw");
  logs.stdout?.once("data", () => logs.stdout?.destroy());
  expect((await logs).exitCode).toBe(0);
});
