import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  describeAnswer,
  describeFreshDecision,
  describeLastDecision,
} from "../src/last-decision.ts";
import { createSessionsFolder, planned, type SessionsFolder } from "./support/waiting-session.ts";
import { createMemory } from "./support/memory.ts";

let folder: SessionsFolder;
beforeEach(async () => {
  folder = await createSessionsFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

const memory = createMemory();

/** A session with this history. */
function storeWith(...records: readonly Readonly<Record<string, unknown>>[]) {
  const { store } = folder.add("26-01-15-login", planned);
  const lines = records.map((record, index) =>
    JSON.stringify({ seq: index + 1, memory, ...record }),
  );
  writeFileSync(join(store.folder, "_signal_history.jsonl"), `${lines.join("\n")}\n`);
  return store;
}

it.each([
  ["answer", "ada answered"],
  ["approve", "ada approved the plan"],
  ["reject", "ada rejected the plan"],
  ["resume", "ada let it continue"],
  ["edit", "ada decided in the overview"],
])("says who decided last, what and when: %s", (event, expected) => {
  const store = storeWith(
    { event: "resume", by: "bob", to: "paused" },
    { event, by: "ada", to: "paused", timestamp: "2026-01-15T14:02:00" },
    { event: "run", to: "working.planning" },
  );
  expect(describeLastDecision(store)).toMatch(new RegExp(`^${expected}, \\d\\d-15 14:02$`));
  expect(describeFreshDecision(store)).toBeUndefined();
});

it("says nothing if no one has decided", () => {
  const store = storeWith({ event: "run", to: "paused" }, { to: "paused" });
  expect(describeLastDecision(store)).toBeUndefined();
  expect(describeFreshDecision(store)).toBeUndefined();
  expect(describeAnswer(store, "Q1")).toBeUndefined();
});

it("takes a decision as fresh as long as no run has continued from it", () => {
  const store = storeWith({ event: "approve", to: "paused", by: "a\u001B[2Jb" });
  expect(describeFreshDecision(store)).toBe("ab approved the plan");
  const edited = storeWithOther({ event: "edit", to: "waiting.approval" });
  expect(describeFreshDecision(edited)).toBeUndefined();
});

it("finds who answered a question", () => {
  const store = storeWith(
    { event: "answer", by: "ada", answered: ["Q1", "Q2"] },
    { event: "answer", by: "bob", answered: ["Q3"] },
    { event: "answer", answered: "Q4" },
    { event: "custom", answered: ["Q5"] },
  );
  expect(describeAnswer(store, "Q1")).toBe("ada answered");
  expect(describeAnswer(store, "Q3")).toBe("bob answered");
  expect(describeAnswer(store, "Q4")).toBeUndefined();
  expect(describeAnswer(store, "Q5")).toBe("a person custom");
});

function storeWithOther(record: Readonly<Record<string, unknown>>) {
  const { store } = folder.add("26-01-16-other", planned);
  writeFileSync(
    join(store.folder, "_signal_history.jsonl"),
    `${JSON.stringify({ seq: 1, memory, ...record })}\n`,
  );
  return store;
}
