import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPlaceholder, withoutComments } from "../src/text/placeholder.ts";

describe("a placeholder", () => {
  it.each([
    "",
    " \t",
    "waiting",
    "WAITING",
    "_waiting_",
    "*Waiting*",
    "**waiting**",
    "***waiting***",
    "`waiting`",
    "~~waiting~~",
    "\\_waiting\\_",
    "\\\\_waiting\\\\_",
    "_waiting_.",
    "_waiting_…",
    "_waiting…_",
    "(waiting)",
    "[waiting]",
    "“waiting”",
    "«waiting»",
    "waiting!?",
    "waiting ⏳",
    "_waiting_\\",
    "> _waiting_",
    "&#95;waiting&#95;",
    "&#x5F;waiting&lowbar;",
    "&nbsp;_waiting_&nbsp;",
    "\u00A0_waiting_\u00A0",
    "\uFEFF_waiting_",
    "\u200B_wait\u00ADing_\u200D",
    "_wait&shy;ing_",
    "_wai\u2060ting_\uFE0F",
    "ｗａｉｔｉｎｇ",
    "<em>waiting</em>",
    '<span style="color: red">_waiting_</span>',
    "<br>_waiting_<br />",
    "<!-- here -->_waiting_<!-- or here -->",
    "wait<!-- x -->ing",
  ])("is %j", (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });

  it.each([
    "&nbsp;",
    "&#160;&#xA0;",
    "\u00A0\u2003\u3000",
    "\u00AD\u200B\uFEFF",
    "\u2800",
    "&zwnj;&ZeroWidthSpace;",
    "<br>",
    "<br/>",
    "<BR />",
    "<p></p>",
    "<p>&nbsp;</p>",
    "<div><span class='a'></span></div>",
    "<!-- write here -->",
    "<!---->",
    "\\",
    ">",
    "**",
    "\r\n\r\n",
  ])("is what shows nothing: %j", (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });

  it.each([
    "A",
    "no",
    "0",
    "?",
    "/",
    ".",
    "-",
    "…",
    "👍",
    "是",
    "waiting room",
    "waiting 2",
    "await",
    "waitingA",
    "_pending_",
    "<input>",
    "<brand>",
    "<!-- never closed",
    "<!-- a --> b",
    "waiting\nand more",
  ])("is not %j", (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });

  it("is found in a long text in no time", () => {
    const start = performance.now();
    for (const part of ["<", "<!--", "<br ", "&#", "\\", " ", "<b/", "-->"])
      isPlaceholder(part.repeat(30_000));
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it("stays one whatever invisible signs an editor puts between its letters", () => {
    const sign = fc.constantFrom(
      "\u00AD",
      "\u200B",
      "\u200D",
      "\uFEFF",
      "\u2060",
      "&shy;",
      "\uFE0F",
    );
    fc.assert(
      fc.property(fc.array(sign, { minLength: 8, maxLength: 8 }), (signs) => {
        const word = Array.from("waiting", (letter, index) => (signs[index] ?? "") + letter);
        expect(isPlaceholder(`_${word.join("")}_${signs[7] ?? ""}`)).toBe(true);
      }),
    );
  });
});

describe("a text without its comments", () => {
  it.each([
    ["a", "a"],
    ["", ""],
    ["a<!-- b -->c", "ac"],
    ["<!-- a --><!-- b -->", ""],
    ["<!-- a\nb -->c\n", "c\n"],
    ["a <!-- b", "a <!-- b"],
    ["a <!--> b -->", "a "],
    ["a --> b", "a --> b"],
  ])("of %j is %j", (text, expected) => {
    expect(withoutComments(text)).toBe(expected);
  });
});
