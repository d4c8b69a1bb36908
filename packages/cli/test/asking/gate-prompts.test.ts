import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askApproval } from "../../src/asking/ask-approval.ts";
import { decideAlone } from "@samocode/session";
import {
  createPromptBench,
  down,
  paste,
  play,
  type Outcome,
  type PromptBench,
} from "../support/prompt-desk.ts";
import { planned, type TestSession } from "../../../session/test/support/waiting-session.ts";

/** Another one has decided. */
const finish = ({ store }: TestSession): void => void decideAlone(store, { type: "approve" });

let bench: PromptBench;
beforeEach(async () => {
  bench = await createPromptBench();
});
afterEach(() => bench[Symbol.asyncDispose]());

describe("at the gate", () => {
  it.each<[string, readonly string[], Outcome]>([
    ["Enter decides later", ["\r"], { asked: "later" }],
    ["a digit only selects", ["2"], {}],
    [
      "the digit of Approve and Enter approve",
      ["2", "\r"],
      { asked: "decided", decided: "approve" },
    ],
    ["an arrow and Enter approve", [down, "\r"], { asked: "decided", decided: "approve" }],
    ["a word decides nothing", ["n", "o", "\r"], {}],
    ["nor does it with more Enters", ["no\r", "\r", "\r", "\r"], {}],
    ...["yes", "y", "ok", "a", "approve", "Approve the plan", "2 a", "r"].map(
      (word): [string, readonly string[], Outcome] => [
        `\`${word}\` decides nothing`,
        [word, "\r", "\r"],
        {},
      ],
    ),
    ["nor do pasted lines", ["one\rtwo\r", "\r", "\r"], {}],
    [
      "a text is feedback if one says so",
      ["no", "\r", down, "\r"],
      { asked: "decided", decided: "reject: no" },
    ],
    [
      "or a note",
      ["one\rtwo", "\r", "3", "\r"],
      { asked: "decided", decided: "approve: one\ntwo" },
    ],
    ["or nothing: back", ["no", "\r", "4\r"], {}],
    ["back, and then Enter, decides later", ["no", "\r", "4\r", "\r"], { asked: "later" }],
    ["Esc goes back too", ["no", "\r", "\u001B", "\r"], { asked: "later" }],
    [
      "a text can be changed",
      ["no", "\r", "\r", ", cookies", "\r", "2\r"],
      { asked: "decided", decided: "reject: no, cookies" },
    ],
    [
      "or written on",
      ["no", "\r", "please", "\r", "2\r"],
      { asked: "decided", decided: "reject: no please" },
    ],
    [
      "the feedback",
      ["4\r", "use cookies", "\r"],
      { asked: "decided", decided: "reject: use cookies" },
    ],
    [
      "pasted feedback",
      ["4\r", "one\rtwo\r", "\r"],
      { asked: "decided", decided: "reject: one\ntwo" },
    ],
    ["the feedback must be there", ["4\r", "\r", "\r"], {}],
    ["Esc at the feedback goes back", ["4\r", "x", "\u001B", "\u001B"], { asked: "later" }],
    ["^C at the feedback ends it", ["4\r", "x", "\u0003"], { asked: "interrupted" }],
    ["the note", ["3\r", "mind", "\r"], { asked: "decided", decided: "approve: mind" }],
    ["pasted notes", ["3\r", paste("a\nb"), "\r"], { asked: "decided", decided: "approve: a\nb" }],
    ["Esc at the note goes back", ["3\r", "\u001B", "\u001B"], { asked: "later" }],
    ["^C at the note ends it", ["3\r", "\u0003"], { asked: "interrupted" }],
    ["^C at what a text is for ends it", ["no\r", "\u0003"], { asked: "interrupted" }],
    ["the plan again, then later", ["5\r", "\r"], { asked: "later" }],
    ["Esc is later", ["\u001B"], { asked: "later" }],
    ["^C ends it", ["\u0003"], { asked: "interrupted" }],
  ])("%s", async (_, typed, outcome) => {
    expect(await play(bench, bench.folder.add("26-01-15-t", planned), askApproval, typed)).toEqual(
      outcome,
    );
  });

  it("shows the plan first, and again if it is wanted", async () => {
    const session = bench.folder.add("26-01-15-t", planned);
    await play(bench, session, askApproval, ["5\r"]);
    const path = `${session.store.folder}/01-15-14:50-plan-jwt.md`;
    expect(bench.desk.shown().startsWith(`\nPlan\n☐ do it\n\n${path}\n`)).toBe(true);
    expect(bench.desk.shown().split("☐ do it")).toHaveLength(3);
  });

  it("says that there is no plan", async () => {
    const none = { ...planned, files: {} };
    const outcome = await play(bench, bench.folder.add("26-01-15-t", none), askApproval, ["2\r"]);
    expect(outcome).toEqual({ asked: "decided", decided: "approve" });
    expect(bench.desk.shown()).toContain("●  There is no plan file in the session folder.\n");
  });

  it("lets nobody approve a plan that they were not shown, and keeps what was written", async () => {
    const session = bench.folder.add("26-01-15-t", planned);
    const change = () => session.write("01-15-14:50-plan-jwt.md", "# Plan\n- [ ] do more\n");
    const typed = ["3\r", "mind", change, "\r", "3\r", "\r"];
    expect(await play(bench, session, askApproval, typed)).toEqual({
      asked: "decided",
      decided: "approve: mind",
    });
    expect(bench.desk.shown()).toContain(
      "●  The plan has changed meanwhile. This is the new one:\n",
    );
    expect(bench.desk.shown()).toContain("☐ do more");
  });

  it("approves the plan that was shown", async () => {
    const session = bench.folder.add("26-01-15-t", planned);
    await play(bench, session, askApproval, ["2\r"]);
    const approved = session.records().find(({ event }) => event === "approve");
    expect(approved?.["planHash"]).toBe(session.store.readPlan()?.hash);
  });

  it("says if it came too late", async () => {
    const session = bench.folder.add("26-01-15-t", planned);
    await play(bench, session, askApproval, ["4\r", "x", () => finish(session), "\r"]);
    expect(bench.desk.shown()).toContain("●  Too late: the session has moved on. Its state now: ");
  });
});
