import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { answer } from "../../src/mcp/answer.ts";
import { approve } from "../../src/mcp/approve.ts";
import { createNews } from "../../src/mcp/news.ts";
import { plan } from "../../src/mcp/plan.ts";
import { reject } from "../../src/mcp/reject.ts";
import { resume } from "../../src/mcp/resume.ts";
import { status } from "../../src/mcp/status.ts";
import { stop } from "../../src/mcp/stop.ts";
import { wait } from "../../src/mcp/wait.ts";
import { acquireRunLock } from "@samocode/session";
import { createCommandBench, type CommandBench } from "../support/command-bench.ts";
import { asking, blocked, planned } from "../../../session/test/support/waiting-session.ts";

let bench: CommandBench;
beforeEach(async () => {
  bench = await createCommandBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

const session = "login";
const about = () => ({
  flags: { config: bench.project.config },
  news: createNews(),
  by: "mcp (parent)",
  cancel: new AbortController().signal,
  progress: vi.fn<(message: string) => void>(),
});
const add = (files: Parameters<CommandBench["add"]>[1]) => bench.add("26-01-15-login", files);
const firstLines = (text: string, count: number): string =>
  text.split("\n").slice(0, count).join("\n");

it("answers question by question, and says what is still open", async () => {
  const { read, records } = add(asking);
  const input = { session, suggestions: false, replace: false };
  const first = await answer.act({ ...input, answers: { Q1: "B" } }, about());
  expect(firstLines(first, 2)).toBe("Still open: Q2.\nlogin: waits for answers");
  expect(read("_qa.md")).toContain("**Answer:** B) localStorage");
  const late = await answer.act({ ...input, answers: { Q1: "A", Q2: "a week" } }, about());
  expect(firstLines(late, 4)).toBe(
    "Q1 already has this answer, which counts:\n> B) localStorage\nAll questions are answered.\nlogin: ready to continue",
  );
  expect(read("_qa.md")).toContain("**Answer:** a week");
  expect(records().at(-1)).toMatchObject({ event: "answer", by: "mcp (parent)" });
});

it("names each question that is open, takes suggestions and replaces an answer only if asked to", async () => {
  const { read } = add(asking);
  const none = await answer.act(
    { session, answers: {}, suggestions: false, replace: false },
    about(),
  );
  expect(firstLines(none, 1)).toBe("Still open: Q1, Q2.");
  await answer.act({ session, answers: {}, suggestions: true, replace: false }, about());
  expect(read("_qa.md")).toMatch(/\*\*Answer:\*\* A\b/);
  const input = { session, suggestions: false, replace: true };
  await answer.act({ ...input, answers: { Q1: "B" } }, about());
  expect(read("_qa.md")).toContain("**Answer:** B) localStorage");
});

it("says with a plan what was done to the tests", async () => {
  const { write } = add(planned);
  const evidence = { testChanges: ["a.test.ts was removed"] };
  const record = { event: "tests.passed", from: "verifying", to: "paused", evidence };
  write("_signal_history.jsonl", `${JSON.stringify(record)}\n`);
  expect(await plan.act({ session }, about())).toMatch(
    /\n> - \[ \] do it\nthe tests were changed:\n> a\.test\.ts was removed\nversion: /,
  );
});

it("approves exactly the version that was shown", async () => {
  const { write, records } = add(planned);
  const shown = await plan.act({ session }, about());
  expect(shown.split("\n")).toEqual([
    expect.stringMatching(
      /^The plan of login, as the agent wrote it in .*01-15-14:50-plan-jwt\.md:$/,
    ),
    "> # Plan",
    "> - [ ] do it",
    expect.stringMatching(/^version: [0-9a-f]{12}$/),
    "Show it to the person. Relay their decision with `approve` (with this version) or `reject` (with what should change).",
  ]);
  const version = /^version: (.*)$/m.exec(shown)?.[1] ?? "";
  write("01-15-14:50-plan-jwt.md", "# Plan\n- [ ] do more\n");
  await expect(approve.act({ session, version }, about())).rejects.toThrow(
    new RegExp(
      `^cannot approve version \`${version}\` of the plan of \`login\`: it is \`[0-9a-f]{12}\` now\\. `,
    ),
  );
  write("01-15-14:50-plan-jwt.md", "# Plan\n- [ ] do it\n");
  const told = await approve.act({ session, version, note: "Small." }, about());
  expect(firstLines(told, 2)).toBe("Recorded: approve.\nlogin: ready to continue");
  expect(records().at(-1)).toMatchObject({
    event: "approve",
    by: "mcp (parent)",
    note: "Small.",
  });
  await expect(reject.act({ session, feedback: "No." }, about())).rejects.toThrow(
    /^cannot reject `login`: no plan waits for approval\. Its state now: ready to continue\. The last decision: mcp \(parent\) approved the plan, \d\d-\d\d \d\d:\d\d\. `samocode-run status login` shows what it waits for$/,
  );
});

it("shows no plan if there is none, and each older file of one", async () => {
  const { write } = add({ ...planned, files: {} });
  await expect(plan.act({ session }, about())).rejects.toThrow(
    "cannot show a plan of `login`: it has none yet",
  );
  write("01-15-14:50-plan-jwt.md", "old\n");
  write("01-15-14:51-plan-jwt.md", "new\n");
  expect(await plan.act({ session }, about())).toMatch(
    /^The plan of login, .*14:51-plan-jwt\.md:\n> new\nAn older file of the same plan, which will be implemented as well, in .*14:50-plan-jwt\.md:\n> old\nversion: /,
  );
});

it("sends a plan back with the person's words", async () => {
  const { records } = add(planned);
  const told = await reject.act({ session, feedback: "Use cookies." }, about());
  expect(firstLines(told, 1)).toBe("Recorded: reject.");
  expect(records().at(-1)).toMatchObject({ event: "reject", feedback: "Use cookies." });
  expect(records().at(-1)?.by).toBe("mcp (parent)");
});

it.each(["", " \n\t"])("takes no empty feedback: %j", (feedback) => {
  const parsed = reject.input.safeParse({ session, feedback });
  expect(parsed.error?.issues[0]?.message).toBe("expected what should change");
  expect(reject.input.safeParse({ session, feedback: "x" }).success).toBe(true);
});

it("resumes a blocked session in the phase that is named", async () => {
  const { records } = add(blocked);
  const told = await resume.act({ session, phase: "implementation", note: "Again." }, about());
  expect(firstLines(told, 3)).toMatch(
    /^Recorded: resume\.\nlogin: ready to continue\nphase implementation, /,
  );
  expect(records().at(-1)).toMatchObject({ event: "resume", note: "Again.", by: "mcp (parent)" });
});

it("never opens the plan gate by a resumption: that leads back to planning", async () => {
  const { records } = add(planned);
  expect(await resume.act({ session }, about())).toContain("\nphase planning, ");
  expect(records().at(-1)?.event).toBe("resume");
  expect(records().at(-1)?.memory).not.toHaveProperty("approval");
});

it("resumes where it stopped if no phase is named", async () => {
  add(blocked);
  expect(await resume.act({ session }, about())).toContain("\nphase testing, ");
});

it.each([true, false])("has nothing to stop if no run holds the session (now: %s)", async (now) => {
  add(blocked);
  expect(firstLines(await stop.act({ session, now }, about()), 2)).toBe(
    "It is not running: nothing to stop.\nlogin: blocked",
  );
});

it("asks the run that holds a session to stop, and one that waits stops at once", async () => {
  const { store, records } = add(blocked);
  const lock = acquireRunLock(store.folder, "run");
  try {
    expect(firstLines(await stop.act({ session, now: false }, about()), 1)).toBe(
      "Its runner stops at once.",
    );
    expect(records().at(-1)).toMatchObject({ event: "stop", by: "mcp (parent)" });
    expect(await status.act({ session }, about())).toContain(`\nrunner: pid ${process.pid} on `);
  } finally {
    lock.release();
  }
});

it("returns at once from waiting for a session that nobody runs, with the news since the last time", async () => {
  add(planned);
  const call = about();
  const first = await wait.act({ session, seconds: 50 }, call);
  expect(first).toBe(await status.act({ session }, call));
  await reject.act({ session, feedback: "Use cookies." }, call);
  const second = await wait.act({ session, seconds: 50 }, call);
  const [before, news] = second.split("Since your last call:\n");
  expect(before).toBe(`${await status.act({ session }, call)}\n`);
  expect(news).toBe("- iteration 0: rejected by mcp (parent) → ready to continue\n> Use cookies.");
  expect(await wait.act({ session, seconds: 50 }, call)).not.toContain("What has happened");
});

it("says that a session still runs when the time is over", async () => {
  const { store } = add({ status: { Phase: "testing", Blocked: "no" } });
  const lock = acquireRunLock(store.folder, "run");
  try {
    const call = about();
    const text = await wait.act({ session, seconds: 0.2 }, call);
    expect(firstLines(text, 2)).toMatch(
      /^Still running after 0\.2 s\. Call `wait` again\.\nlogin: /,
    );
    const cancelled = { ...call, cancel: AbortSignal.abort() };
    expect(await wait.act({ session, seconds: 60 }, cancelled)).toMatch(/^Still running/);
  } finally {
    lock.release();
  }
});
