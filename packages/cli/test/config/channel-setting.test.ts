import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channels } from "../../src/config/channel-setting.ts";

const read = (text: string) => channels().parse(text, { folder: "/project", home: "/home/me" });

describe("a channel", () => {
  it.each([
    ["./my-channel.js", { type: "file", name: "./my-channel.js", path: "/project/my-channel.js" }],
    ["../up.mjs", { type: "file", name: "../up.mjs", path: "/up.mjs" }],
    ["my-channel.cjs", { type: "file", name: "my-channel.cjs", path: "/project/my-channel.cjs" }],
    ["~/c.js", { type: "file", name: "~/c.js", path: "/home/me/c.js" }],
    [
      "'./my channel, 2.js'",
      { type: "file", name: "./my channel, 2.js", path: "/project/my channel, 2.js" },
    ],
    ["samocode-slack", { type: "package", name: "samocode-slack" }],
    ["@me/channel", { type: "package", name: "@me/channel" }],
    [
      "cmd:notify-send {title} 'two words'",
      {
        type: "command",
        name: "cmd:notify-send",
        words: ["notify-send", "{title}", "two words"],
      },
    ],
    [
      `cmd: say "it's, so" a''b`,
      { type: "command", name: "cmd:say", words: ["say", "it's, so", "ab"] },
    ],
  ])("may be %s", (text, channel) => {
    expect(read(text)).toEqual({ value: [channel] });
  });

  it("is one of several, and each counts once", () => {
    expect(read("a, cmd:b c,./d.js , a, cmd:b d, cmd:b c")).toMatchObject({
      value: [{ name: "a" }, { name: "cmd:b" }, { name: "./d.js" }, { name: "cmd:b#2" }],
    });
  });

  it.each([
    "a,,b",
    "",
    "a b",
    "-x",
    "cmd:",
    "cmd:--rm x",
    "cmd:a 'b",
    "../../etc; rm",
    "a/b",
    "https://x",
  ])("is not %s", (text) => {
    expect(read(text)).toHaveProperty("expected");
  });

  it("gives a command back exactly the words that were quoted", () => {
    const word = fc
      .string({ unit: "grapheme", maxLength: 12 })
      .filter((text) => !text.includes("'"));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (words) => {
        const text = ["cmd:run", ...words.map((each) => `'${each}'`)].join(" ");
        expect(read(text)).toMatchObject({ value: [{ words: ["run", ...words] }] });
      }),
    );
  });
});
