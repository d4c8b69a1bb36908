import { describe, expect, it } from "vitest";
import { planSpans } from "../src/plan-spans.ts";
import { toHtml } from "../src/rich-text.ts";

describe("a plan in a chat", () => {
  it.each([
    ["", ""],
    ["words", "words"],
    ["# Plan\n\nwords", "<b>Plan</b>\n\nwords"],
    ["###### Six\n####### Seven", "<b>Six</b>\n####### Seven"],
    ["#hash\n# ", "#hash\n# "],
    ["- [ ] one\n* [x] two\n  + [X] three", "☐ one\n☑ two\n  ☑ three"],
    ["- one\n  * two\n+ three", "• one\n  • two\n• three"],
    ["-one\n- [y] a", "-one\n• [y] a"],
    ["1. one", "1. one"],
    ["a **bold** word, **two**", "a <b>bold</b> word, <b>two</b>"],
    ["a ** b", "a ** b"],
    [
      "```sh push <it>\n# no heading\n- [ ] no\n```\n# Yes",
      "```sh push &lt;it&gt;\n# no heading\n- [ ] no\n```\n<b>Yes</b>",
    ],
    ["~~~\n```\n~~~\n- a", "~~~\n```\n~~~\n• a"],
    ["```\n``` no end\n- a", "```\n``` no end\n- a"],
    ["[//]: # (push it)\n<!-- a -->", "[//]: # (push it)\n&lt;!-- a --&gt;"],
  ])("%j", (text, html) => {
    const quote = html === "" ? "" : `<blockquote expandable>${html}</blockquote>`;
    expect(toHtml(planSpans(text))).toBe(quote);
  });
});
