import { describe, expect, test } from "vitest";
import {
  decodeOverview,
  editStatus,
  OverviewError,
  parseOverview,
} from "../src/overview/overview.ts";

const status = (...lines: string[]): string => `## Status\n${lines.join("\n")}\n`;

describe("Status lines", () => {
  test.each([
    "Phase: testing",
    "phase:testing",
    "PHASE : Testing",
    "- Phase: testing",
    "* **Phase:** testing",
    "+ __Phase__: testing",
    "1) *Phase*: testing",
    "**Phase: testing**",
    "`Phase: testing`",
    "**Phase:** **`testing`**",
    "Phase: testing  ",
    "Phase: testing\\",
    "Phase: testing <!-- was: planning -->",
    "Phase: testing<br>",
    "   Phase:\ttesting\t",
    "- \n  Phase: testing",
    "> Phase: done\n\nPhase: testing",
    "```\nPhase: done\n```\nPhase: testing",
    "- Next: x\n  - Phase: done\n- Phase: testing",
  ])("%j says that the phase is testing", (line) => {
    const text = status(line, "");
    expect(parseOverview(text).status.phase).toBe("testing");
    expect(editStatus(text, { phase: "quality" })).toBe(text.replace(/testing/i, "quality"));
  });

  test.each([
    ["no", "no"],
    ["NO", "no"],
    ["yes", "yes"],
    ["blocked", "yes"],
    ["waiting", "waiting_human"],
    ["_waiting_human_", "waiting_human"],
    ["Waiting human", "waiting_human"],
  ])("`Blocked: %s` is read as %s, and stays when it is set to that", (word, blocked) => {
    const text = status("Phase: done", `Blocked: ${word}`);
    expect(parseOverview(text).status.blocked).toBe(blocked);
    expect(editStatus(text, { blocked: blocked as "no" })).toBe(text);
  });

  test.each([
    ["init", "investigation"],
    ["requirements", "planning"],
    ["Blocked", "blocked"],
  ] as const)(
    "`Phase: %s` is read as %s and keeps its word until the phase changes",
    (word, phase) => {
      const text = status(`Phase: ${word}`);
      expect(parseOverview(text).status).toMatchObject({ phase, phaseWord: word });
      expect(editStatus(text, { phase })).toBe(text);
      expect(editStatus(text, { phase: "quality" })).toBe(status("Phase: quality"));
    },
  );

  test.each(["constructor", "__proto__", "toString"])(
    "`%s` is no phase and no Blocked word",
    (word) => {
      expect(() => parseOverview(status(`Phase: ${word}`))).toThrow(OverviewError);
      expect(() => parseOverview(status("Phase: done", `Blocked: ${word}`))).toThrow(OverviewError);
    },
  );

  test("a strange wait, counter, or second Next is a warning", () => {
    const text = status("Phase: done", "Waiting For: rain", "Iteration: two", "Next: a", "Next: b");
    expect(parseOverview(text).status).toMatchObject({ next: "a" });
    expect(parseOverview(text).warnings.map(({ line }) => line)).toEqual([6, 3, 4]);
  });
});

describe("new lines", () => {
  const waiting = { blocked: "waiting_human", waitingFor: "qa_answers" } as const;

  test.each([
    ["Phase: done\nBlocked: no\nNext: x", "Waiting For: qa_answers"],
    ["* Phase: done\n* Blocked: no\n* Next: x", "* Waiting For: qa_answers"],
    ["**Phase:** done  \n**Blocked:** no  \n**Next:** x", "**Waiting For:** qa_answers  "],
    ["__Phase__: done\\\n__Blocked__: no\\\nNext: x", "__Waiting For__: qa_answers\\"],
    ["- Phase: done\n-   **Blocked**:   no\n- Next: x", "-   **Waiting For**:   qa_answers"],
    ["**Phase: done**\n**Blocked: no**\n**Next: x**", "**Waiting For: qa_answers**"],
    ["- Phase: done\n  Blocked: no\n  Next: x", "  Waiting For: qa_answers"],
    ["Phase:done\nBlocked:no\nNext:x", "Waiting For: qa_answers"],
  ])("stand below Blocked and look like it: %j", (lines, added) => {
    for (const lineBreak of ["\n", "\r\n"]) {
      const text = status(lines).replaceAll("\n", lineBreak);
      const edited = editStatus(text, waiting);
      const [, , blocked, line] = edited.split(lineBreak);
      expect(blocked).toContain("waiting_human");
      expect(line).toBe(added);
      expect(editStatus(edited, { blocked: "no", waitingFor: null })).toBe(text);
    }
  });

  test("stand in their own order, whichever comes first", () => {
    const text = status("Phase: done", "Blocked: yes", "Next: x");
    const edited = editStatus(editStatus(text, { needs: "clarification" }), { reason: "why" });
    expect(edited).toBe(
      status("Phase: done", "Blocked: yes", "Reason: why", "Needs: clarification", "Next: x"),
    );
  });

  test("are possible at the end of a text without a line break", () => {
    const text = "## Status\r\nPhase: done\r\nBlocked: yes";
    const edited = editStatus(text, { reason: "why" });
    expect(edited).toBe(`${text}\r\nReason: why`);
    expect(editStatus(edited, { reason: null })).toBe(text);
  });

  test.each([
    ["## Status\nNext: x\n", "## Status\nPhase: done\nNext: x\n"],
    ["## Status\n\n## Files\n", "## Status\nPhase: done\n\n## Files\n"],
    ["## Status", "## Status\nPhase: done"],
    ["## Status\n---\n", "## Status\nPhase: done\n\n---\n"],
  ])("put a lost Phase line back: %j", (text, restored) => {
    expect(editStatus(text, { phase: "done" })).toBe(restored);
  });

  test("put a value if there is none", () => {
    expect(
      editStatus(status("Phase:", "**Blocked:**<!-- no -->"), { phase: "done", blocked: "no" }),
    ).toBe(status("Phase: done", "**Blocked:** no <!-- no -->"));
  });

  test("leave an empty line behind where their neighbours would grow together", () => {
    const text = status("Phase: done", "- Reason: x", "---", "Next: y");
    expect(editStatus(text, { reason: null })).toBe(status("Phase: done", "", "---", "Next: y"));
  });
});

describe("values", () => {
  const text = status(
    "Phase: done",
    "Blocked: yes",
    "Last Action: half ` open and <!-- here",
    "Next: --> x",
  );

  test.each([
    ["two\r\n  lines\u2028and three", "two lines and three"],
    ["bell\u0007 and\ttab", "bell and tab"],
    ["  around  ", "around"],
    ["half \uD800", "half \uFFFD"],
  ])("%j becomes one line", (reason, expected) => {
    expect(parseOverview(editStatus(text, { reason })).status.reason).toBe(expected);
  });

  test.each([
    "<!-- x",
    "a --> b",
    "`",
    "`a` b",
    "**x**",
    "_x_",
    "`x`",
    "C:\\x\\",
    "\\_",
    "&#96;",
    "# x",
    "- x",
    "[x]: y",
    "<b",
  ])("%j is read as it was written, and nothing else changes", (reason) => {
    for (const source of [
      text,
      status("Phase: done", "- `Reason: old`"),
      status("Phase: done", "Reason: `old`"),
    ])
      expect(parseOverview(editStatus(source, { reason })).status).toEqual({
        ...parseOverview(source).status,
        reason,
      });
  });

  test("that are readable stay so", () => {
    const reason = "2 of `npm test` failed: a_b, x*y, [ ] & #4";
    expect(editStatus(status("Phase: done"), { reason })).toBe(
      status("Phase: done", `Reason: ${reason}`),
    );
  });

  test("that end in an escaped backslash are replaced with it", () => {
    const source = status("Phase: done", "Reason: C:\\\\", "Next: x");
    expect(parseOverview(source).status.reason).toBe("C:\\");
    expect(editStatus(source, { reason: "y" })).toBe(status("Phase: done", "Reason: y", "Next: x"));
  });

  test("that are empty take the line away", () => {
    expect(editStatus(status("Phase: done", "Reason: x"), { reason: " \n" })).toBe(
      status("Phase: done"),
    );
  });
});

describe("errors", () => {
  test("say what is wrong as fields, and take another file name", () => {
    const error = new OverviewError({ line: 2, found: "`Phase: x`", expected: "`done`" });
    expect(error).toMatchObject({
      code: "SAMOCODE_OVERVIEW_INVALID",
      file: "_overview.md",
      line: 2,
    });
    expect(error.inFile("/s/_overview.md").message).toBe(
      "cannot use /s/_overview.md:2: found `Phase: x`, expected `done`; fix the file by hand and run again",
    );
  });

  test("refuse an edit that the surroundings would swallow", () => {
    const text = "## Status\n- Phase: done\n\n  Reason: x\n      Next: y\n";
    expect(() => editStatus(text, { reason: null })).toThrow(OverviewError);
  });

  test("let the runner put nonsense right", () => {
    const text = status("Phase: Coding", "Blocked: maybe");
    expect(editStatus(text, { phase: "done", blocked: "no" })).toBe(
      status("Phase: done", "Blocked: no"),
    );
  });
});

describe("bytes", () => {
  test("keep their byte order mark", () => {
    expect(decodeOverview(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe("\uFEFFa");
  });

  test.each([
    [[0x61, 0x0a, 0x62, 0xff], "byte 0xff at offset 3", 2],
    [[0xc3, 0xa9, 0xc3, 0x28], "byte 0x28 at offset 3", 1],
    [[0x61, 0xe2, 0x82], "half a character at offset 3", 1],
  ])("%j are not UTF-8", (bytes, found, line) => {
    const decode = (): string => decodeOverview(Uint8Array.from(bytes));
    expect(decode).toThrow(
      expect.objectContaining({ found, line, expected: "UTF-8 text" }) as Error,
    );
  });
});
