import type { Decision } from "@samocode/core";
import { expect, it } from "vitest";
import { createDesk } from "../src/desk.ts";
import { readNotice } from "../src/session-notice.ts";
import { decide } from "@samocode/session";
import {
  asking,
  blocked,
  createSessionsFolder,
  planned,
  type SessionFiles,
} from "../../session/test/support/waiting-session.ts";

/** A decision without what the bench says itself. */
type Said<Each = Decision> = Each extends Decision
  ? Omit<Each, "sessionId" | "noticeId" | "by">
  : never;

async function createBench(files: SessionFiles, name = "login") {
  const folder = await createSessionsFolder();
  const session = folder.add(`26-01-15-${name}`, files);
  const { store } = session;
  const desk = createDesk({ sessions: async () => [{ store, name }], warn: () => {} });
  const now = () => readNotice(store, name);
  const { sessionId, id: noticeId } = now();
  const common = { sessionId, noticeId, by: "telegram:ada" };
  return {
    ...session,
    desk,
    now,
    common,
    decide: async (decision: Said) => desk.decide({ ...common, ...decision }),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

it("takes answers one by one, and says what is still open and what follows", async () => {
  await using bench = await createBench(asking);
  expect(await bench.decide({ type: "answer", question: "Q1", text: "B" })).toMatchObject({
    taken: true,
    text: "Q1: B) localStorage. 1 is still open.",
    now: { kind: "questions", questions: [{ id: "Q2" }] },
  });
  expect(await bench.decide({ type: "answer", question: "Q2", text: "a week" })).toMatchObject({
    taken: true,
    text: "Q2: a week. Continue with: samocode-run login",
    now: { kind: "paused" },
  });
  expect(bench.records().at(-1)).toMatchObject({ event: "answer", by: "telegram:ada" });
});

it.each([
  ["my spaced", "samocode-run 'my spaced'"],
  ["list", "samocode-run run list"],
])("gives the command that goes on with `%s`", async (name, command) => {
  await using bench = await createBench(planned, name);
  expect(await bench.decide({ type: "approve" })).toMatchObject({
    text: `The plan is approved. Continue with: ${command}`,
  });
});

it("lets the first answer count, and tells the second person which one that was", async () => {
  await using bench = await createBench(asking);
  await bench.decide({ type: "answer", question: "Q1", text: "B" });
  expect(await bench.decide({ type: "answer", question: "Q1", text: "A" })).toMatchObject({
    taken: false,
    text: "Too late. Q1 already has an answer: B) localStorage",
  });
});

it("accepts the suggestions that there are", async () => {
  await using bench = await createBench(asking);
  expect(await bench.decide({ type: "suggestions" })).toMatchObject({
    taken: true,
    text: "The suggestions are accepted. 1 is still open.",
  });
  expect(await bench.decide({ type: "suggestions" })).toMatchObject({
    taken: false,
    text: "No open question has a suggestion.",
  });
});

it.each([
  [{ type: "answer", question: "Q9", text: "A" }, "no such question"],
  [{ type: "answer", question: "Q1", text: "Z" }, "or an answer in your own words"],
  [{ type: "answer", question: "Q2", text: "  " }, "expected an answer"],
  [{ type: "approve" }, "Too late. login: waits for 2 answers."],
] as const)("says why %o cannot be taken, and changes nothing", async (decision, why) => {
  await using bench = await createBench(asking);
  const before = bench.read("_qa.md");
  const { taken, text } = await bench.decide(decision);
  expect({ taken, text }).toEqual({ taken: false, text: expect.stringContaining(why) });
  expect(bench.read("_qa.md")).toBe(before);
  expect(bench.records()).toEqual([]);
});

it("binds an approval to the plan that was shown", async () => {
  await using bench = await createBench(planned);
  bench.write("01-15-14:50-plan-jwt.md", "# Plan\n- [ ] rm -rf\n");
  expect(await bench.decide({ type: "approve" })).toMatchObject({
    taken: false,
    text: "The plan has changed since. Nothing was decided: read the new plan.",
    now: { kind: "approval", plan: { head: "# Plan\n- [ ] rm -rf" } },
  });
  expect(bench.records()).toEqual([]);
  const { id: noticeId, kind, ...notice } = bench.now();
  const reply = await bench.desk.decide({ ...bench.common, noticeId, type: "approve" });
  expect(reply).toMatchObject({ taken: true });
  const planHash = kind === "approval" && "plan" in notice ? notice.plan?.hash : undefined;
  expect(bench.records().at(-1)).toMatchObject({ event: "approve", by: "telegram:ada", planHash });
});

it("sends a plan back with its feedback, and only with some", async () => {
  await using bench = await createBench(planned);
  expect(await bench.decide({ type: "reject", feedback: " \n" })).toMatchObject({
    taken: false,
    text: "The feedback is empty: say what should change.",
  });
  expect(await bench.decide({ type: "reject", feedback: "Use cookies" })).toMatchObject({
    taken: true,
  });
  expect(bench.records().at(-1)).toMatchObject({ event: "reject", feedback: "Use cookies" });
  expect(await bench.decide({ type: "reject", feedback: "Use cookies" })).toMatchObject({
    taken: false,
    text: "Too late. login: ready to continue.",
  });
});

it("lets a blocked session go on with a note", async () => {
  await using bench = await createBench(blocked);
  expect(await bench.decide({ type: "resume", note: "try again" })).toMatchObject({ taken: true });
  expect(bench.records().at(-1)).toMatchObject({ event: "resume", note: "try again" });
});

it("says that there is nothing to stop if nothing runs", async () => {
  await using bench = await createBench(blocked);
  const { sessionId, by } = bench.common;
  expect(await bench.desk.decide({ type: "stop", sessionId, by })).toMatchObject({
    taken: false,
    text: "Too late. login: blocked.",
  });
});

it("is too late if somebody at the machine has decided meanwhile", async () => {
  await using bench = await createBench(planned);
  await decide(bench.store, { type: "reject", feedback: "no" });
  expect(await bench.decide({ type: "approve" })).toMatchObject({ taken: false });
  expect(bench.records()).toHaveLength(1);
});

it("finds sessions by what one types, by folder and by id, and never one that is not served", async () => {
  await using bench = await createBench(planned);
  const { desk, common } = bench;
  for (const name of ["login", "26-01-15-login", common.sessionId]) {
    expect(await desk.find(name)).toMatchObject({ session: "login" });
  }
  expect(await desk.find("../26-01-15-login")).toBeUndefined();
  expect(await desk.find("")).toBeUndefined();
  expect(await desk.list()).toHaveLength(1);
  expect(await desk.of("42")).toBeUndefined();
  expect(await desk.decide({ type: "stop", sessionId: "other", by: "x" })).toEqual({
    taken: false,
    text: "There is no such session here.",
  });
});

it("records no control characters of who decided", async () => {
  await using bench = await createBench(blocked);
  const by = "telegram:\u001B[31meve\n\u202E";
  await bench.desk.decide({ ...bench.common, by, type: "resume" });
  expect(bench.records().at(-1)?.by).toBe("telegram:eve");
});

it("answers also where files cannot be read", async () => {
  await using bench = await createBench(planned);
  bench.write("_overview.md", "nothing\n");
  expect(await bench.decide({ type: "approve" })).toMatchObject({ taken: false });
});
