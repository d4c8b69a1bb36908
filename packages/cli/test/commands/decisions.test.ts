import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acquireRunLock } from "@samocode/session";
import { createCommandBench, type CommandBench } from "../support/command-bench.ts";
import { asking, blocked, planned } from "../../../session/test/support/waiting-session.ts";

let bench: CommandBench;
beforeEach(async () => {
  bench = await createCommandBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const folder = "26-01-15-login";
const json = async (...words: string[]): Promise<unknown> =>
  JSON.parse((await bench.run(...words, "--json")).stdout);

describe("answer", () => {
  it("says what is still open, and how to answer it", async () => {
    const session = bench.add(folder, asking);
    expect(await bench.run("answer", "login", "q1=b")).toEqual({
      exitCode: 0,
      stdout: 'open: Q2 How long do they live?\nAnswer with: samocode-run answer login Q2="…"\n',
      stderr: "",
    });
    expect(session.read("_qa.md")).toContain("**Answer:** B) localStorage");
  });

  it("says to start the next run after the last answer, for none is alive", async () => {
    bench.add(folder, asking);
    const { exitCode, stdout } = await bench.run("answer", "login", "Q1=A", "Q2=a week");
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: "All questions are answered. Continue with: samocode-run login\n",
    });
  });

  it("says that the run takes the answers up only while one holds the session", async () => {
    const { store } = bench.add(folder, asking);
    const lock = acquireRunLock(store.folder);
    const { stdout } = await bench.run("answer", "login", "Q1=A", "Q2=a week");
    expect(stdout).toBe("All questions are answered. The running session continues.\n");
    lock.release();
    const { stdout: later } = await bench.run("answer", "login", "Q1=B", "--replace");
    expect(later).not.toContain("The running session");
  });

  it("takes the suggestions of all that have one", async () => {
    bench.add(folder, asking);
    expect(await json("answer", "login", "--suggestions")).toMatchObject({
      session: "login",
      open: [{ id: "Q2", title: "How long do they live?" }],
      late: [],
      taken: true,
      running: false,
    });
    const again = await bench.run("answer", "login", "--suggestions");
    expect(again).toMatchObject({ exitCode: 2, stdout: "" });
    expect(again.stderr).toBe(
      "samocode-run: cannot answer `login`: no open question has a suggestion\n",
    );
  });

  it("lists what is open if no answer is given", async () => {
    bench.add(folder, asking);
    const { exitCode, stdout, stderr } = await bench.run("answer", "login");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("cannot answer `login`: no answer given");
    expect(stderr).toContain("  Q1: Where do tokens live?\n     A) httpOnly cookie\n");
    expect(stderr).toContain("     suggested: A - not readable by scripts\n");
    expect(stderr).toContain("  Q2: How long do they live?\n");
    expect(stderr).toContain("Answer with: samocode-run answer login Q1=A, or accept");
  });

  it("has nothing to answer if nothing is open", async () => {
    bench.add(folder, planned);
    const { exitCode, stderr } = await bench.run("answer", "login");
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: "samocode-run: cannot answer `login`: no question is open\n",
    });
  });

  it("keeps the first answer, and says whose it is", async () => {
    const session = bench.add(folder, asking);
    await bench.run("answer", "login", "Q1=A");
    const { exitCode, stderr } = await bench.run("answer", "login", "Q1=B");
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^samocode-run: cannot answer Q1: it already has the answer `A\) httpOnly cookie` \(\S+ answered, .*\)\. Use --replace to change it while the session waits for answers\n$/,
    );
    await bench.run("answer", "login", "Q1=B", "--replace");
    expect(session.read("_qa.md")).toContain("**Answer:** B) localStorage");
  });

  it.each(["A", "Q1", "Q1=", "Q=A", "=A", "Q1=  ", "xQ1=A"])("cannot read `%s`", async (word) => {
    bench.add(folder, asking);
    const { exitCode, stderr } = await bench.run("answer", "login", word);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `samocode-run: cannot read the answer \`${word}\`: expected Q1=A or Q1="free text"\n`,
    });
  });

  it("says where a session is that does not wait for answers", async () => {
    bench.add(folder, { ...blocked, files: asking.files ?? {} });
    const { stdout } = await bench.run("answer", "login", "Q1=A", "Q2=x");
    expect(stdout).toBe(
      "All questions are answered, but the session waits for something else. Its state now: blocked. See: samocode-run status login\n",
    );
  });
});

describe("approve", () => {
  it("names the plan that it is bound to, and what to type next", async () => {
    const session = bench.add(folder, planned);
    const { exitCode, stdout, stderr } = await bench.run("approve", "login", "--note", "go");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(
      /^login: the plan is approved: 01-15-14:50-plan-jwt\.md \(sha256 [0-9a-f]{12}\)\nContinue with: samocode-run login\n$/,
    );
    const hash = session.store.readPlan()?.hash;
    expect(session.records().at(-1)).toMatchObject({ event: "approve", to: "paused" });
    expect(session.records().at(-1)?.memory).toMatchObject({ approval: { planHash: hash } });
  });

  it("warns if there is no plan file", async () => {
    bench.add(folder, { ...planned, files: {} });
    const { stdout, stderr } = await bench.run("approve", "login");
    expect(stdout).toMatch(/^login: the plan is approved\nContinue with/);
    expect(stderr).toBe(
      "samocode-run: there is no plan file; a plan written later will need its own approval\n",
    );
    bench.add("26-01-16-other", { ...planned, files: {} });
    expect(await json("approve", "other")).toMatchObject({ taken: true, plan: null });
  });

  it("says that the run takes it up while one holds the session", async () => {
    const { store } = bench.add(folder, planned);
    const lock = acquireRunLock(store.folder);
    const { stdout } = await bench.run("approve", "login");
    expect(stdout).toMatch(/\nThe running session picks it up\.\n$/);
    lock.release();
  });

  it("says who was first, by the newest decision, and where the session is", async () => {
    bench.add(folder, asking);
    await bench.run("answer", "login", "Q1=A", "Q2=x");
    await bench.run("resume", "login");
    const { exitCode, stderr } = await bench.run("approve", "login");
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^samocode-run: cannot approve `login`: no plan waits for approval\. Its state now: ready to continue\. The last decision: \S+ let it continue, /,
    );
    expect(await json("approve", "login")).toMatchObject({
      taken: false,
      from: "paused",
      to: "paused",
      first: expect.stringMatching(/ let it continue, /),
    });
  });

  it("tells the second of two that both count", async () => {
    bench.add(folder, planned);
    await bench.run("reject", "login", "--feedback", "use cookies");
    const { stdout } = await bench.run("resume", "login", "--note", "now");
    expect(stdout).toMatch(/\n\S+ rejected the plan, .* before you; both count\.\n/);
  });
});

describe("reject", () => {
  it("sends the plan back with the feedback", async () => {
    const session = bench.add(folder, planned);
    const { exitCode, stdout } = await bench.run("reject", "login", "--feedback", "use cookies");
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout:
        "login: the plan goes back to planning with your feedback\nContinue with: samocode-run login\n",
    });
    expect(JSON.stringify(session.records().at(-1))).toContain("use cookies");
  });

  it.each(["", "  "])("needs feedback, and %j is none", async (feedback) => {
    const session = bench.add(folder, planned);
    const { exitCode, stderr } = await bench.run("reject", "login", "--feedback", feedback);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr:
        "samocode-run: cannot reject without feedback: use --feedback to say what should change\n",
    });
    expect(session.records()).toEqual([]);
  });
});

describe("resume", () => {
  it("lets a blocked session go on, in another phase as well", async () => {
    bench.add(folder, blocked);
    const { stdout } = await bench.run("resume", "login", "--phase", "quality", "--note", "ok");
    expect(stdout).toBe("login: it may continue, in quality\nContinue with: samocode-run login\n");
  });

  it("goes no further than the closed gate", async () => {
    bench.add(folder, { status: { Phase: "planning", Blocked: "yes", Reason: "x" } });
    const { exitCode, stdout } = await bench.run("resume", "login", "--phase", "testing");
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout:
        "login: `testing` is behind the plan gate: the session waits for approval of the plan\nApprove it: samocode-run approve login\n",
    });
  });

  it("knows the phases", async () => {
    bench.add(folder, blocked);
    const { exitCode, stderr } = await bench.run("resume", "login", "--phase", "paused");
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr:
        "samocode-run: cannot resume in phase `paused`: expected investigation, planning, implementation, testing, quality, done\n",
    });
  });
});

describe("stop", () => {
  it("has nothing to stop if no run holds the session", async () => {
    bench.add(folder, planned);
    for (const flags of [[], ["--now"]]) {
      expect(await bench.run("stop", "login", ...flags)).toEqual({
        exitCode: 0,
        stdout: "login: it is not running: nothing to stop.\n",
        stderr: "",
      });
    }
    expect(await json("stop", "login")).toMatchObject({ taken: false, running: false });
    expect(await json("stop", "login", "--now")).toEqual({
      session: "login",
      taken: false,
      state: "waiting.approval",
      phase: "planning",
    });
  });

  it("names the run that it stops, and when", async () => {
    const { store } = bench.add(folder, planned);
    const lock = acquireRunLock(store.folder);
    const { exitCode, stdout } = await bench.run("stop", "login");
    lock.release();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      new RegExp(
        `^login: its run \\(pid ${process.pid} on \\S+\\) stops now, as no agent is working\\.\n$`,
      ),
    );
  });
});

it.each(["approve", "resume", "stop", "answer"])(
  "`%s` serves no agent of a session",
  async (name) => {
    bench.add(folder, planned);
    const before = process.env["SAMOCODE_RUN_ID"];
    const env = { ...bench.project.env, SAMOCODE_RUN_ID: "x" };
    Object.assign(bench.project.env, env);
    const { exitCode, stderr } = await bench.run(
      name,
      "login",
      ...(name === "answer" ? ["Q1=A"] : []),
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain("cannot run inside an agent's session (SAMOCODE_RUN_ID is set)");
    expect(process.env["SAMOCODE_RUN_ID"]).toBe(before);
  },
);
