import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrontMatterError, parseFrontMatter, parseList } from "../../src/texts/front-matter.ts";

const read = (text: string) => {
  const { fields, body } = parseFrontMatter(text);
  return { fields: Object.fromEntries(fields), body };
};

describe("front matter", () => {
  it("is read with its fields and the text below it", () => {
    expect(read("---\nname: done\ntools: Read, Write\n---\n\nText.\n")).toEqual({
      fields: { name: "done", tools: "Read, Write" },
      body: "Text.",
    });
  });

  it("may be missing, and a rule further down is none", () => {
    expect(read("Text.\n\n---\n\nMore.\n")).toEqual({ fields: {}, body: "Text.\n\n---\n\nMore." });
    expect(read("")).toEqual({ fields: {}, body: "" });
  });

  it("may have a BOM, CRLF, comments, blank lines, quotes, empty values and colons in values", () => {
    const text =
      '\uFEFF---\r\n# note\r\n\r\nname: "a: b"\r\nempty:\r\nx: y: z\r\n--- \r\nText.\r\n';
    expect(read(text)).toEqual({ fields: { name: "a: b", empty: "", x: "y: z" }, body: "Text." });
  });

  it.each([
    ["---\nname: x\n", 1, "the front matter has no end: expected a second `---` line"],
    ["---\nname: x\n- a\n---\n", 3, "expected `key: value` on one line, without indentation"],
    ["---\nname:x\n---\n", 2, "expected `key: value` on one line, without indentation"],
    ["---\nname: x\n\nname: y\n---\n", 4, "`name` is there twice"],
  ])("%j is refused with its line", (text, line, message) => {
    const code = "SAMOCODE_FRONT_MATTER_INVALID";
    expect(() => parseFrontMatter(text)).toThrow(expect.objectContaining({ code, line, message }));
  });

  it("is read or refused, whatever a file holds", () => {
    const part = fc.oneof(
      fc.constantFrom("---", "\n", "\r\n", ": ", "name: x", "#", "- ", "\uFEFF", '"'),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        try {
          expect(parseFrontMatter(parts.join("")).body).toBeTypeOf("string");
        } catch (error) {
          expect(error).toBeInstanceOf(FrontMatterError);
        }
      }),
    );
  });

  it("gives back the fields and the text that were written", () => {
    const key = fc.stringMatching(/^[A-Za-z][\w-]{0,9}$/);
    const value = fc.stringMatching(/^[a-z](?:[\w ,:()]*[a-z])?$/);
    const body = fc.stringMatching(/^[a-z](?:[\w \n]*[a-z])?$/);
    fc.assert(
      fc.property(fc.dictionary(key, value, { noNullPrototype: true }), body, (fields, text) => {
        const lines = Object.entries(fields).map(([name, each]) => `${name}: ${each}\n`);
        expect(read(`---\n${lines.join("")}---\n\n${text}\n`)).toEqual({ fields, body: text });
      }),
    );
  });
});

describe("a list in a field", () => {
  it.each([
    ["Read, Write", ["Read", "Write"]],
    ["[Read, 'Write']", ["Read", "Write"]],
    ["Agent(a, b), Bash(git log:*)", ["Agent(a, b)", "Bash(git log:*)"]],
    ["", []],
    [" , ", []],
  ])("%j is read", (value, items) => {
    expect(parseList(value)).toEqual(items);
  });
});
