import { describe, expect, it } from "vitest";
import { drawInAscii, isUnicode, toAscii } from "../../src/terminal/ascii-output.ts";

describe("a text in ASCII", () => {
  it.each([
    ["─│┆└◆◇■●○•·›→↑↓✓✗☐☑≥—–−…⟦⟧█", "-|:+?-x*o*->>^v+xox>---~[]_"],
    ["planning → testing", "planning > testing"],
    ["", ""],
    ["日本語 é 👍 │", "日本語 é 👍 |"],
    ["a\u001B[2m│\u001B[22m\n", "a\u001B[2m|\u001B[22m\n"],
  ])("has of %j %j", (text, ascii) => {
    expect(toAscii(text)).toBe(ascii);
  });
});

it.each([
  [{}, true],
  [{ LANG: "" }, true],
  [{ LANG: "C.UTF-8" }, true],
  [{ LANG: "de_DE.utf8" }, true],
  [{ LANG: "C" }, false],
  [{ LANG: "POSIX" }, false],
  [{ LANG: "de_DE.ISO-8859-1" }, false],
  [{ LC_ALL: "C", LANG: "C.UTF-8" }, false],
  [{ LC_ALL: "C.UTF-8", LANG: "C" }, true],
  [{ LC_CTYPE: "C", LANG: "C.UTF-8" }, false],
  [{ LC_ALL: "", LC_CTYPE: "C.UTF-8", LANG: "C" }, true],
  [{ LC_ALL: "C", LC_CTYPE: "C.UTF-8" }, false],
  [{ LANG: "C.UTF-8", TERM: "linux" }, false],
  [{ LANG: "C.UTF-8", TERM: "xterm" }, true],
])("knows of the environment %j whether it has more than ASCII: %s", (env, unicode) => {
  expect(isUnicode(env)).toBe(unicode);
});

const done = (): void => {};

it("changes what is written as text to a terminal, and hands on all the rest", () => {
  const written: unknown[][] = [];
  const output = { write: (...args: unknown[]) => written.push(args) > 0 };
  drawInAscii(output);
  const bytes = Buffer.from("│");
  expect(output.write("│", "utf8", done)).toBe(true);
  output.write(bytes);
  expect(written).toEqual([["|", "utf8", done], [bytes]]);
});
