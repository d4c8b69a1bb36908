import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askResume } from "../../src/asking/ask-resume.ts";
import {
  createPromptBench,
  down,
  play,
  type Outcome,
  type PromptBench,
} from "../support/prompt-desk.ts";
import { blocked } from "../../../session/test/support/waiting-session.ts";

let bench: PromptBench;
beforeEach(async () => {
  bench = await createPromptBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

describe("at a blocked session", () => {
  it.each<[string, readonly string[], Outcome]>([
    ["Enter decides later", ["\r"], { asked: "later" }],
    ["a digit only selects", ["2"], {}],
    ["the digit of Resume and Enter resume", ["2", "\r"], { asked: "decided", decided: "resume" }],
    ["an arrow and Enter resume", [down, "\r"], { asked: "decided", decided: "resume" }],
    ...["no", "yes", "y", "r", "resume"].map((word): [string, readonly string[], Outcome] => [
      `\`${word}\` resumes nothing`,
      [word, "\r", "\r"],
      {},
    ]),
    ["nor do pasted lines", ["one\rtwo\r", "\r", "\r"], {}],
    [
      "a text is a note if one says so",
      ["try", "\r", "2\r"],
      { asked: "decided", decided: "resume: try" },
    ],
    ["or nothing: back", ["no", "\r", "3\r", "\r"], { asked: "later" }],
    ["the note", ["3\r", "it is open", "\r"], { asked: "decided", decided: "resume: it is open" }],
    [
      "pasted notes",
      ["3\r", "one\rtwo\r", "\r"],
      { asked: "decided", decided: "resume: one\ntwo" },
    ],
    ["the note must be there", ["3\r", "\r", "\r"], {}],
    ["Esc at the note goes back", ["3\r", "\u001B", "\r"], { asked: "later" }],
    ["^C at the note ends it", ["3\r", "\u0003"], { asked: "interrupted" }],
    ["Esc is later", ["\u001B"], { asked: "later" }],
    ["^C ends it", ["\u0003"], { asked: "interrupted" }],
  ])("%s", async (_, typed, outcome) => {
    expect(await play(bench, bench.folder.add("26-01-15-t", blocked), askResume, typed)).toEqual(
      outcome,
    );
  });

  it("says why it is blocked", async () => {
    await play(bench, bench.folder.add("26-01-15-t", blocked), askResume, []);
    expect(bench.desk.shown()).toContain("◆  The session is blocked\n│  2 tests fail\n");
    expect(bench.desk.shown()).toContain("○ Resume the session\n");
  });

  it("shows what it waits for", async () => {
    const status = { Phase: "testing", Blocked: "waiting_human", "Waiting For": "human_action" };
    const waiting = { status: { ...status, Next: "Push the branch" } };
    await play(bench, bench.folder.add("26-01-15-t", waiting), askResume, []);
    expect(bench.desk.shown()).toContain("◆  The session waits for a manual step");
    expect(bench.desk.shown()).toContain("○ Done: resume the session\n");
  });
});
