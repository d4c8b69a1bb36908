import { createTempFolder } from "@samocode/testkit";
import { OverviewError, QuestionError } from "@samocode/core/overview";
import { openStore, parseHistory } from "@samocode/core/store";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { answerQuestions } from "../src/answer-questions.ts";

const asked = `### Q1: Where do tokens live?
A) httpOnly cookie
B) localStorage
**Suggestion:** A - not readable by scripts
**Answer:** _waiting_

### Q2: How long do they live?
**Answer:** _waiting_
`;

/** A session that waits for the answers to these questions, as the Python samocode leaves it. */
async function createWaiting(questions: string) {
  const folder = await createTempFolder("samocode-answers-");
  const file = (name: string): string => join(folder.path, name);
  writeFileSync(
    file("_overview.md"),
    "# Session: t\n\n## Status\nPhase: investigation\nBlocked: waiting_human\nWaiting For: qa_answers\n",
  );
  writeFileSync(file("_qa.md"), questions);
  return {
    store: openStore(folder.path),
    questions: () => readFileSync(file("_qa.md"), "utf8"),
    records: () => parseHistory(readFileSync(file("_signal_history.jsonl"), "utf8")).records,
    [Symbol.asyncDispose]: () => folder.dispose(),
  };
}

it("lets the session go on with the last answer, and not before", async () => {
  await using session = await createWaiting(asked);
  const first = await answerQuestions(session.store, [{ id: "q1", text: "B" }]);
  expect(first.open.map(({ id }) => id)).toEqual(["Q2"]);
  expect(first.result).toMatchObject({ taken: true, to: "waiting.answers" });
  const last = await answerQuestions(session.store, [{ id: "Q2", text: "a week" }]);
  expect(last).toMatchObject({ open: [], late: [], result: { taken: true, to: "paused" } });
  expect(session.records()).toMatchObject([
    { event: "answer", answered: ["Q1"], open: 1, to: "waiting.answers" },
    { event: "answer", answered: ["Q2"], open: 0, to: "paused" },
  ]);
});

it("takes the suggestions of what is still open after the given answers", async () => {
  await using session = await createWaiting(asked);
  const { open } = await answerQuestions(session.store, [], { suggestions: true });
  expect(open.map(({ id }) => id)).toEqual(["Q2"]);
  expect(session.questions()).toContain(
    "**Answer:** A) httpOnly cookie - not readable by scripts\n",
  );
});

it("lets the first of two answers count, and says which one that was", async () => {
  await using session = await createWaiting(asked);
  await answerQuestions(session.store, [{ id: "Q1", text: "B" }]);
  const second = await answerQuestions(session.store, [
    { id: "Q1", text: "A" },
    { id: "Q2", text: "a week" },
  ]);
  expect(second.late).toMatchObject([{ id: "Q1", answer: "B) localStorage" }]);
  expect(second.open).toEqual([]);
});

it("takes the same answer once more without a word", async () => {
  await using session = await createWaiting(asked);
  await answerQuestions(session.store, [{ id: "Q1", text: "B" }]);
  expect(await answerQuestions(session.store, [{ id: "Q1", text: "B" }])).toMatchObject({
    late: [],
  });
});

it("knows an option again that was chosen by hand with its letter alone", async () => {
  await using session = await createWaiting(asked.replace("_waiting_", "b"));
  const same = await answerQuestions(session.store, [{ id: "Q1", text: "B" }]);
  expect(same.late).toEqual([]);
  const other = await answerQuestions(session.store, [{ id: "Q1", text: "A" }]);
  expect(other.late).toMatchObject([{ id: "Q1", answer: "B) localStorage" }]);
  expect(session.questions()).toContain("**Answer:** B) localStorage\n");
});

it("refuses a letter that is not offered, and names those that are", async () => {
  await using session = await createWaiting(asked);
  await expect(answerQuestions(session.store, [{ id: "Q1", text: "D" }])).rejects.toThrow(
    "cannot answer Q1: found `D`, expected A) httpOnly cookie, B) localStorage, or an answer in your own words",
  );
  expect(session.questions()).toBe(asked);
});

it("replaces an answer on request while the session waits, and no longer", async () => {
  await using session = await createWaiting(asked);
  await answerQuestions(session.store, [{ id: "Q1", text: "B" }]);
  await answerQuestions(session.store, [{ id: "Q1", text: "A" }], { replace: true });
  expect(session.questions()).toContain("**Answer:** A) httpOnly cookie\n");
  await answerQuestions(session.store, [{ id: "Q2", text: "a week" }]);
  const tooLate = await answerQuestions(session.store, [{ id: "Q2", text: "a day" }], {
    replace: true,
  });
  expect(tooLate).toMatchObject({
    late: [{ id: "Q2", answer: "a week" }],
    result: { taken: false },
  });
  expect(session.questions()).toContain("**Answer:** a week");
});

it("writes nothing if one of the answers cannot be written", async () => {
  await using session = await createWaiting(asked);
  const given = [
    { id: "Q1", text: "A" },
    { id: "Q7", text: "A" },
  ];
  await expect(answerQuestions(session.store, given)).rejects.toThrow(
    "cannot answer Q7: found no such question, expected Q1, Q2",
  );
  expect(session.questions()).toBe(asked);
});

it("answers nothing if nothing was asked, also where it waits for answers", async () => {
  await using session = await createWaiting("");
  await expect(answerQuestions(session.store, [], { suggestions: true })).rejects.toThrow(
    QuestionError,
  );
});

it("says who has answered", async () => {
  await using session = await createWaiting(asked);
  await answerQuestions(session.store, [{ id: "Q2", text: "x" }], { suggestions: true, by: "Ada" });
  expect(session.store.readHistoryTail().last).toMatchObject({ event: "answer", by: "Ada" });
});

it("writes nothing if the overview cannot be read, and the same answer counts afterwards", async () => {
  await using session = await createWaiting(asked);
  const overview = join(session.store.folder, "_overview.md");
  const good = readFileSync(overview, "utf8");
  writeFileSync(overview, good.replace("Phase: investigation\n", "Phase: investigation "));
  const given = [{ id: "Q1", text: "A" }];
  await expect(answerQuestions(session.store, given)).rejects.toThrow(OverviewError);
  expect(session.questions()).toBe(asked);
  writeFileSync(overview, good);
  expect(await answerQuestions(session.store, given)).toMatchObject({ late: [], answered: ["Q1"] });
});

it("takes an answer back that cannot be recorded", async () => {
  await using session = await createWaiting(asked);
  const history = join(session.store.folder, "_signal_history.jsonl");
  const given = [{ id: "Q1", text: "A" }];
  symlinkSync(join(session.store.folder, "no", "where"), history);
  await expect(answerQuestions(session.store, given)).rejects.toThrow(/^cannot /);
  expect(session.questions()).toBe(asked);
});

it("records what was answered", async () => {
  await using session = await createWaiting(asked);
  await answerQuestions(session.store, [{ id: "q1", text: "b" }]);
  expect(session.records().at(-1)?.["given"]).toEqual([{ id: "Q1", text: "B) localStorage" }]);
});
