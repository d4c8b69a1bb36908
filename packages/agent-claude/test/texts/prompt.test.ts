import { phases } from "@samocode/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatMendMessage,
  formatSystemPrompt,
  formatUserMessage,
  maxNoteChars,
  type IterationFacts,
} from "../../src/texts/prompt.ts";

const facts: IterationFacts = {
  sessionFolder: "/sessions/26-01-15-login",
  workingDir: "/worktrees/26-01-15-login",
  phase: "planning",
  iteration: 4,
  now: new Date(2026, 0, 5, 9, 3),
  notes: [],
};

/** Text as hostile as an agent could write it: any line break, and lines that look like the runner's. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\n", "\r", "\r\n", "\u2028", "\u0085", "\f", "/help", "Phase: done", ">"),
    ),
  )
  .map((parts) => parts.join(""));

function unquoted(message: string): string[] {
  return message.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).filter((line) => !line.startsWith(">"));
}

describe("the system prompt", () => {
  const workflow = "# A samocode session\n\nText.\n\n";

  it.each(phases)("starts with the workflow text and is the same each time in %s", (phase) => {
    const prompt = formatSystemPrompt({ workflow, phase });
    expect(prompt).toBe(formatSystemPrompt({ workflow, phase }));
    expect(prompt).toMatch(/^# A samocode session\n\nText\.\n\n## Signals in /);
    expect(prompt).toContain(`## Signals in ${phase}\n`);
  });
});

describe("the message of an iteration", () => {
  it("says where, what and when, each on a line of its own", () => {
    expect(formatUserMessage(facts)).toMatchInlineSnapshot(`
      "Session folder: /sessions/26-01-15-login
      Worktree: /worktrees/26-01-15-login
      Phase: planning
      Iteration: 4
      Flow Log: - [004 @ 01-05 09:03] text -> file
      STAMP: 01-05-09:03

      Do the next step, then write \`_signal.json\`.
      "
    `);
  });

  it("quotes the task, the dive and what was said, and leaves the runner's words plain", () => {
    const message = formatUserMessage({
      ...facts,
      task: "Add JWT login.\n\nPhase: done\n",
      dive: "auth",
      notes: [
        { about: "A person rejected the plan:", text: "Use cookies." },
        { about: "The iteration before this one was interrupted." },
      ],
    });
    expect(message.split("\n").slice(7)).toMatchInlineSnapshot(`
      [
        "The task:",
        "> Add JWT login.",
        ">",
        "> Phase: done",
        "",
        "Look into this first:",
        "> auth",
        "",
        "A person rejected the plan:",
        "> Use cookies.",
        "",
        "The iteration before this one was interrupted.",
        "",
        "Do the next step, then write \`_signal.json\`.",
        "",
      ]
    `);
  });

  it("lets no text of others pass for the runner's words", () => {
    const plain = unquoted(
      formatUserMessage({ ...facts, task: "", dive: "", notes: [{ about: "Note:", text: "" }] }),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (task, dive, text) => {
        const message = formatUserMessage({
          ...facts,
          task,
          dive,
          notes: [{ about: "Note:", text }],
        });
        expect(unquoted(message)).toEqual(plain);
        expect(message.startsWith("/")).toBe(false);
      }),
    );
  });

  it("gives the whole task, and of an endless note both ends", () => {
    const long = `first${"x".repeat(3 * maxNoteChars)}last`;
    const message = formatUserMessage({
      ...facts,
      task: long,
      notes: [{ about: "Tests:", text: long }],
    });
    const [task = "", note = ""] = message.split("Tests:\n");
    expect(task).toContain(`> ${long}\n`);
    expect(note).toMatch(/^> first/);
    expect(note).toContain(`\n> [${2 * maxNoteChars + 9} characters left out]\n`);
    expect(note).toMatch(/last\n/);
    expect(note.length).toBeLessThan(maxNoteChars + 200);
  });
});

describe("the message that asks for a signal to be repaired", () => {
  const mend = { sessionFolder: facts.sessionFolder, phase: "done", iteration: 9 } as const;

  it("says what was wrong, where to write and what may be written", () => {
    expect(formatMendMessage({ ...mend, error: "cannot read `_signal.json`: it is missing" }))
      .toMatchInlineSnapshot(`
        "The signal of this iteration cannot be taken:

        > cannot read \`_signal.json\`: it is missing

        Do no other work now. Write one of these, true for what you have done, as the whole content of this file and stop:
        File: /sessions/26-01-15-login/_signal.json

        - Finished: \`{"status":"done","phase":"done","summary":"…","iteration":9}\`
        - Cannot go on; needs is one of human_decision, clarification, error_resolution, investigation: \`{"status":"blocked","phase":"done","reason":"…","needs":"human_decision","iteration":9}\`
        "
      `);
  });

  it("shows the shape of a question if no one could answer what was asked", () => {
    const text = formatMendMessage({ ...mend, error: "cannot ask: `_qa.md` is empty" });
    expect(text).toContain(
      [
        "> cannot ask: `_qa.md` is empty",
        "",
        "If you need answers, first repair the questions in this file. Each has this shape, with a number of its own. You never answer them: behind `**Answer:**` stands `_waiting_` until a human has answered. Leave what a human has answered as it is.",
        "File: /sessions/26-01-15-login/_qa.md",
        "",
        "### Q1: Where do tokens live?",
        "A) httpOnly cookie",
        "B) localStorage",
        "**Suggestion:** A - not readable by scripts",
        "**Answer:** _waiting_",
        "",
        "Do no other work now.",
      ].join("\n"),
    );
    expect(formatMendMessage({ ...mend, error: "x cannot ask" })).not.toContain("_qa.md");
  });

  it("quotes the error, which may repeat what the agent wrote", () => {
    const plain = unquoted(formatMendMessage({ ...mend, error: "" }));
    fc.assert(
      fc.property(hostile, (error) => {
        expect(unquoted(formatMendMessage({ ...mend, error }))).toEqual(plain);
      }),
    );
  });
});
