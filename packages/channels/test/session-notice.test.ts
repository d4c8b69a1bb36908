import { symlinkSync } from "node:fs";
import { expect, it } from "vitest";
import { decide } from "@samocode/session";
import { readNotice } from "../src/session-notice.ts";
import {
  asking,
  blocked,
  createSessionsFolder,
  planned,
} from "../../session/test/support/waiting-session.ts";

it("tells of each wait all that a person needs to decide", async () => {
  await using folder = await createSessionsFolder();
  expect(readNotice(folder.add("a", asking).store, "a")).toMatchObject({
    kind: "questions",
    session: "a",
    phase: "investigation",
    title: "a: waits for 2 answers",
    questions: [{ id: "Q1", suggestion: { letter: "A" } }, { id: "Q2" }],
  });
  expect(readNotice(folder.add("b", planned).store, "b")).toMatchObject({
    kind: "approval",
    plan: { file: "01-15-14:50-plan-jwt.md", head: "# Plan\n- [ ] do it", isCut: false },
  });
  expect(readNotice(folder.add("c", blocked).store, "c")).toMatchObject({
    kind: "blocked",
    reason: "2 tests fail",
    needs: "error_resolution",
  });
});

it("has the same id as long as the same is to be decided, and another one for another plan", async () => {
  await using folder = await createSessionsFolder();
  const session = folder.add("26-01-15-a", planned);
  const first = readNotice(session.store, "a");
  expect(readNotice(session.store, "26-01-15-a")).toMatchObject({
    id: first.id,
    sessionId: first.sessionId,
  });
  session.write("01-15-14:50-plan-jwt.md", "# Plan\n- [ ] do something else\n");
  const second = readNotice(session.store, "a");
  expect(second.id).not.toBe(first.id);
  expect(second.sessionId).toBe(first.sessionId);
  await decide(session.store, { type: "approve" });
  expect(readNotice(session.store, "a").kind).toBe("paused");
  expect(first.id).toMatch(/^[\w-]{10}$/);
});

it("shows what the agent writes below the title of a question, cut if it is too long", async () => {
  await using sessions = await createSessionsFolder();
  const detail = `\u001B[31mwhy\n${"x".repeat(4000)}`;
  const { store } = sessions.add("a", {
    ...asking,
    files: { "_qa.md": `### Q1: x\n${detail}\nA) y\n` },
  });
  const notice = readNotice(store, "a");
  const [question] = notice.kind === "questions" ? notice.questions : [];
  expect(question?.detail?.replace(/x+/, "x")).toBe("why\nx…");
  expect(question?.detail?.length).toBeLessThanOrEqual(4000);
});

it("keeps the id of questions of which some are answered", async () => {
  await using folder = await createSessionsFolder();
  const { store, read, write } = folder.add("a", asking);
  const { id } = readNotice(store, "a");
  write("_qa.md", read("_qa.md").replace("_waiting_", "A"));
  expect(readNotice(store, "a")).toMatchObject({ id, questions: [{ id: "Q2" }] });
});

it("shows nothing of an agent that does something to a terminal, and no secret", async () => {
  await using folder = await createSessionsFolder();
  const nasty = "red \u001B[31m bell \u0007 turn \u202E key sk-ant-api03-abcdefghijkl";
  const { store } = folder.add("a", {
    ...planned,
    files: { "01-15-plan-x.md": `# ${nasty}\n` },
  });
  const { text } = readNotice(store, "a");
  expect(text).toContain("red ⟦U+001B⟧[31m bell ⟦U+0007⟧ turn ⟦U+202E⟧ key");
  for (const trick of ["\u001B", "\u0007", "\u202E", "abcdefgh"]) expect(text).not.toContain(trick);
  expect(text).toContain("key sk-***");
});

it("cuts a long plan, and never follows a link out of the folder", async () => {
  await using folder = await createSessionsFolder();
  const long = folder.add("a", { ...planned, files: { "01-15-plan-x.md": "é".repeat(50_000) } });
  expect(readNotice(long.store, "a")).toMatchObject({ plan: { isCut: true } });
  expect(readNotice(long.store, "a").text.length).toBeLessThan(24_200);
  const linked = folder.add("b", { status: planned.status });
  symlinkSync("/etc/hostname", `${linked.store.folder}/01-15-plan-x.md`);
  expect(readNotice(linked.store, "b")).not.toHaveProperty("plan");
});

it("tells of files that cannot be read as blocked, and never throws", async () => {
  await using folder = await createSessionsFolder();
  const { store, write } = folder.add("a", planned);
  write("_overview.md", "no status here\n");
  expect(readNotice(store, "a")).toMatchObject({ kind: "blocked", needs: "error_resolution" });
});

it("tells all files of a plan, the newest first", async () => {
  await using folder = await createSessionsFolder();
  const { store } = folder.add("a", {
    ...planned,
    files: { "01-15-14:50-plan-b.md": "new\n", "01-15-14:49-plan-a.md": "old\n" },
  });
  expect(readNotice(store, "a")).toMatchObject({
    plan: {
      file: "01-15-14:50-plan-b.md",
      head: "new\n\nAn older file of the same plan: 01-15-14:49-plan-a.md\n\nold",
      isCut: false,
    },
  });
});

it.each([
  [24_000, false],
  [24_001, true],
])("tells of a plan of %i characters whether it is cut", async (length, isCut) => {
  await using folder = await createSessionsFolder();
  const { store } = folder.add("a", {
    ...planned,
    files: { "01-15-plan-x.md": "x".repeat(length) },
  });
  expect(readNotice(store, "a")).toMatchObject({ plan: { isCut } });
});

const changes = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `\u001B[31m${index + 1}.test.ts was removed`);

it("names a few changes of the tests, at the gate and at the end", async () => {
  await using folder = await createSessionsFolder();
  const noticeAfter = (name: string, files: Parameters<typeof folder.add>[1], count: number) => {
    const { store, write } = folder.add(name, files);
    const evidence = { testChanges: changes(count) };
    const record = { event: "tests.passed", from: "verifying", to: "paused", evidence };
    write("_signal_history.jsonl", `${JSON.stringify(record)}\n`);
    return readNotice(store, name);
  };
  const five = [1, 2, 3, 4, 5].map((each) => `${each}.test.ts was removed`);
  expect(noticeAfter("a", planned, 5)).toMatchObject({ kind: "approval", testChanges: five });
  expect(noticeAfter("b", planned, 6)).toMatchObject({ testChanges: [...five, "and 1 more"] });
  const { store, write } = folder.add("c", { status: { Phase: "done", Blocked: "no" } });
  const end = { status: "done", phase: "done", evidence: { testChanges: changes(1) } };
  write("_signal_history.jsonl", `${JSON.stringify(end)}\n`);
  expect(readNotice(store, "c")).toMatchObject({ kind: "done", testChanges: five.slice(0, 1) });
});
