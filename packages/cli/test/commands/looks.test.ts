import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createCommandBench, type CommandBench } from "../support/command-bench.ts";
import { asking, blocked, planned } from "../../../session/test/support/waiting-session.ts";

let bench: CommandBench;
beforeEach(async () => {
  bench = await createCommandBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const finished = { status: { Phase: "done", Blocked: "no" }, task: "Sum it up." };

describe("list", () => {
  it("says how to start the first session", async () => {
    expect(await bench.run("list")).toEqual({
      exitCode: 0,
      stdout: `No session in ${bench.project.sessions}. Start one: samocode-run NAME --task "…"\n`,
      stderr: "",
    });
    expect((await bench.run("list", "--archived")).stdout).toBe(
      `No archived session in ${bench.project.sessions}.\n`,
    );
    expect((await bench.run("list", "--json")).stdout).toBe("[]\n");
  });

  it("lists those first that need a human, with their tasks", async () => {
    bench.add("26-01-17-ready", { status: { Phase: "testing", Blocked: "no" }, task: "Later." });
    bench.add("26-01-15-login", { ...planned, task: "Add JWT login.\nWith tests." });
    const { stdout } = await bench.run("list");
    const lines = stdout.split("\n").map((line) => line.replaceAll(/ {2,}/g, " | "));
    expect(lines[0]).toMatch(/^SESSION \| PHASE \| STATE \| .*TASK$/);
    expect(lines[1]).toMatch(/^login \| planning \| you: approve the plan .*\| Add JWT login\.$/);
    expect(lines[2]).toMatch(/^ready \| testing \| .*\| Later\.$/);
    expect((await bench.run("status")).stdout).toBe(stdout);
    const documents: { name: string; task: string }[] = JSON.parse(
      (await bench.run("list", "--json")).stdout,
    );
    expect(documents.map(({ name, task }) => [name, task])).toEqual([
      ["login", "Add JWT login.\nWith tests."],
      ["ready", "Later."],
    ]);
  });
});

describe("status", () => {
  it("shows the task and what to type next", async () => {
    bench.add("26-01-15-login", { ...planned, task: "Add JWT login." });
    const { exitCode, stdout } = await bench.run("status", "login");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^login: waits for approval of the plan\n {2}task: Add JWT login\.\n/);
    expect(stdout).toContain("Approve: samocode-run approve login");
    expect(JSON.parse((await bench.run("status", "login", "--json")).stdout)).toMatchObject({
      name: "login",
      state: "waiting.approval",
      task: "Add JWT login.",
    });
  });

  it("names a session by its heading nowhere: its folder counts", async () => {
    bench
      .add("26-01-15-login", planned)
      .write(
        "_overview.md",
        "# My session: x\n\n## Status\nPhase: planning\nBlocked: waiting_human\nWaiting For: plan_approval\n",
      );
    expect((await bench.run("status", "login")).stdout).toMatch(/^login: waits for approval/);
    expect((await bench.run("status", "x")).exitCode).toBe(2);
  });

  it.each([
    ["logn", "Did you mean `login`? "],
    ["26-01-15-logn", "Did you mean `26-01-15-login`? "],
    ["26-03-01-login", "Did you mean `26-01-15-login`? "],
    ["pay", ""],
    ["26-01-15-pay", ""],
  ])("names the nearest session to `%s`, whatever its date", async (name, meant) => {
    bench.add("26-01-15-login", planned);
    const { exitCode, stderr } = await bench.run("status", name);
    expect(exitCode).toBe(2);
    const next = name.startsWith("26")
      ? "For a new session leave out the date: "
      : "List all: `samocode-run list`.";
    expect(stderr).toContain(`\`${bench.project.sessions}\`. ${meant}${next}`);
  });
});

describe("show", () => {
  it("shows the task as a whole, once", async () => {
    bench.add("26-01-15-login", { ...planned, task: "Add JWT login.\n\nWith tests." });
    const { exitCode, stdout } = await bench.run("show", "login");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("\nTask\n  Add JWT login.\n\n  With tests.\n");
    expect(stdout).toContain("branch login");
    expect(stdout).toContain("Artifacts\n  01-15-14:50-plan-jwt.md  Plan\n");
    expect(stdout.match(/Add JWT login/g)).toHaveLength(1);
    expect(JSON.parse((await bench.run("show", "login", "--json")).stdout)).toMatchObject({
      name: "login",
      branch: "login",
      task: "Add JWT login.\n\nWith tests.",
      artifacts: [{ file: "01-15-14:50-plan-jwt.md", title: "Plan" }],
    });
  });
});

const said = (text: string): string =>
  `${JSON.stringify({ type: "assistant", message: { id: text, content: [{ type: "text", text }] } })}\n`;

const addLogs = (): void => {
  const { store } = bench.add("26-01-15-login", planned);
  mkdirSync(join(store.folder, "_logs"));
  for (const [name, text] of [
    ["01-15-1430-001-investigation", "the first"],
    ["01-15-1431-002-planning", "the second"],
    ["01-15-1432-010-planning", "the last"],
  ]) {
    writeFileSync(join(store.folder, "_logs", `${name}.jsonl`), said(text ?? ""));
  }
};

describe("logs", () => {
  it.each([
    [[], "the last"],
    [["--iteration", "1"], "the first"],
    [["--iteration", "2"], "the second"],
    [["--iteration", "10"], "the last"],
  ])("shows one iteration: %j", async (flags, text) => {
    addLogs();
    const { exitCode, stdout, stderr } = await bench.run("logs", "login", ...flags);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain(text);
    expect(stdout.match(/the (?:first|second|last)/g)).toEqual([text]);
    expect((await bench.run("logs", "login", "--raw", ...flags)).stdout).toBe(said(text));
  });

  it.each([
    ["3", "cannot find a log of iteration 3 of `login`: expected one from 1 to 10"],
    ["0", "cannot take `0` as an iteration: expected its number, from 1 on"],
    ["-1", "cannot take `-1` as an iteration: expected its number, from 1 on"],
    ["1x", "cannot take `1x` as an iteration: expected its number, from 1 on"],
  ])("has no iteration `%s`", async (iteration, words) => {
    addLogs();
    const { exitCode, stderr } = await bench.run("logs", "login", `--iteration=${iteration}`);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: `samocode-run: ${words}\n` });
  });

  it("says that no agent has worked yet", async () => {
    bench.add("26-01-15-login", planned);
    for (const flags of [[], ["--iteration", "1"]]) {
      expect((await bench.run("logs", "login", ...flags)).stderr).toBe(
        "samocode-run: cannot show the log of `login`: no agent has run yet. Start one: samocode-run login\n",
      );
    }
    expect((await bench.run("logs", "login", "--raw", "--json")).stderr).toContain(
      "expected one of them",
    );
  });
});

describe("graph", () => {
  it("is a short text if it is asked for", async () => {
    bench.add("26-01-15-login", planned);
    expect((await bench.run("graph", "login", "--format", "text")).stdout).toBe(
      `login: waits for approval of the plan
  ✓ investigation
  ● planning        waits for approval of the plan
  ○ implementation
  ○ testing
  ○ quality
  ○ done
`,
    );
    expect((await bench.run("graph", "--format", "text")).stdout).toBe(
      `  ○ investigation
  ○ planning        approval of the plan
  ○ implementation
  ○ testing         back to implementation, or to done
  ○ quality         back to testing
  ○ done
`,
    );
  });

  it("is Mermaid where no terminal reads it", async () => {
    const { stdout, stderr } = await bench.run("graph");
    expect(stdout).toMatch(/^(?:---\n[^]*?---\n)?stateDiagram/);
    expect(stderr).toBe("");
    expect((await bench.run("graph", "--format", "svg")).stdout).toMatch(/^<svg/);
    expect(JSON.parse((await bench.run("graph", "--format", "json")).stdout)).toHaveProperty(
      "states",
    );
  });
});

const offered = async (...words: string[]): Promise<readonly string[]> => {
  const { stdout } = await bench.run("complete", "--", ...words);
  return stdout.split("\n").filter((line) => line !== "");
};

const names = async (command: string): Promise<readonly string[]> =>
  (await offered(command, "")).map((line) => line.split("\t", 1).join("")).toSorted();

describe("complete", () => {
  it("offers the sessions that a command fits", async () => {
    bench.add("26-01-15-login", planned);
    bench.add("26-01-15-fix", asking);
    bench.add("26-01-15-stuck", blocked);
    bench.add("26-01-15-over", finished);
    expect(await names("approve")).toEqual(["login"]);
    expect(await names("reject")).toEqual(["login"]);
    expect(await names("answer")).toEqual(["fix"]);
    expect(await names("resume")).toEqual(["fix", "login", "stuck"]);
    expect(await names("stop")).toEqual([]);
    expect(await names("archive")).toEqual(["fix", "login", "over", "stuck"]);
    expect(await names("status")).toEqual(["fix", "login", "over", "stuck"]);
    expect(await names("restore")).toEqual([]);
  });

  it("offers the options of open questions", async () => {
    bench.add("26-01-15-fix", asking);
    expect(await offered("answer", "fix", "")).toEqual([
      "Q1=A\thttpOnly cookie",
      "Q1=B\tlocalStorage",
    ]);
    expect(await offered("answer", "fix", "Q1=B")).toEqual(["Q1=B\tlocalStorage"]);
    expect(await offered("answer", "fix", "Q1", "=")).toEqual([
      "A\thttpOnly cookie",
      "B\tlocalStorage",
    ]);
    expect(await offered("answer", "nosuch", "")).toEqual([]);
    expect(await offered("answer", "../x", "")).toEqual([]);
  });

  it("offers no session whose name is more than a word", async () => {
    bench.add("26-01-15-a;rm", planned);
    expect(await offered("status", "")).toEqual([]);
    expect(await offered("status", "--config", "")).toEqual([":files"]);
  });
});
