import { beforeAll, describe, expect, it } from "vitest";
import { changes, repositoryFiles } from "../../src/demo/roman-files.ts";
import { steps } from "../../src/demo/roman-texts.ts";
import { scenes, sessionName } from "../../src/demo/scenes.ts";
import { toScenario } from "../../src/demo/scripted-agents.ts";
import { writeScript } from "../../src/demo/script.ts";

describe("the repository of the demo", () => {
  let roman: {
    toRoman: (number: number) => string;
    fromRoman: (text: string) => number;
  };
  beforeAll(async () => {
    const { from, to } = changes.code;
    const code = repositoryFiles["roman.js"].replace(from, to);
    roman = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  });

  it.each([
    [1, "I"],
    [4, "IV"],
    [9, "IX"],
    [14, "XIV"],
    [40, "XL"],
    [90, "XC"],
    [400, "CD"],
    [900, "CM"],
    [1994, "MCMXCIV"],
    [3888, "MMMDCCCLXXXVIII"],
    [3999, "MMMCMXCIX"],
  ])("writes %d as %s, and reads it once the demo has come to its end", (number, text) => {
    expect(roman.toRoman(number)).toBe(text);
    expect(roman.fromRoman(text)).toBe(number);
  });

  it.each(["", "IIII", "VX", "MMMM", "abc", "iv", " I"])("then refuses `%s`", (text) => {
    expect(() => roman.fromRoman(text)).toThrow(`not a Roman numeral: ${text}`);
  });

  it("is a package whose tests run with Node alone", () => {
    expect(JSON.parse(repositoryFiles["package.json"])).toMatchObject({
      type: "module",
      exports: "./roman.js",
      scripts: { test: "node --test" },
    });
  });
});

describe("the scenes of the demo", () => {
  it("are what a person types for one session, from the task to the end", () => {
    expect(scenes.map(({ args }) => args.filter((word) => !word.includes(" ")).join(" "))).toEqual([
      `${sessionName} --task`,
      `answer ${sessionName} Q1=A`,
      sessionName,
      `approve ${sessionName}`,
      sessionName,
    ]);
    expect(scenes.map(({ exitCode }) => exitCode)).toEqual([3, 0, 3, 0, 0]);
    expect(scenes.map(({ showsPlan = false }) => showsPlan)).toEqual([
      false,
      false,
      false,
      true,
      false,
    ]);
  });
});

describe("the script of the demo", () => {
  const script = writeScript("01-15 14:30");
  const edits = script.map(({ turns }) =>
    turns
      .flatMap(({ acts }) => acts)
      .flatMap((act) =>
        act.tool === "Edit" && act.input.file_path === "{session}/_overview.md" ? [act.input] : [],
      ),
  );

  it("hands the last action and the next step from each iteration to the next", () => {
    expect(edits[0]?.[0]?.old_string).toBe("Last Action: Session created\nNext: Investigate");
    for (const [index, [first]] of edits.entries()) {
      const next = edits[index + 1]?.[0];
      if (next !== undefined) expect(next.old_string).toBe(first?.new_string);
      expect(first?.new_string).toContain(`Last Action: ${script[index]?.end.slice(0, -1)}\n`);
    }
  });

  it("keeps a log of its iterations and of its files", () => {
    expect(edits[0]?.[1]?.new_string).toMatch(
      /^\n- \[001 @ 01-15 14:30\] (.+)\n\n## Files\n- 01-15-14:30-dive-roman\.md - \1\n$/,
    );
    expect(edits[1]?.[1]?.new_string).toMatch(/^\n- \[002 @ 01-15 14:30\] .+\n\n## Files\n$/);
  });

  it("names its files as the session folder spells a moment", () => {
    const paths = script
      .flatMap(({ turns }) => turns.flatMap(({ acts }) => acts))
      .flatMap((act) => (act.tool === "Write" ? [act.input.file_path] : []));
    expect(paths).toContain("{session}/01-15-14:30-plan-from-roman.md");
  });

  it("writes a plan with all its steps, and no file without a text", () => {
    const written = script
      .flatMap(({ turns }) => turns.flatMap(({ acts }) => acts))
      .flatMap((act) => (act.tool === "Write" ? [act.input] : []));
    for (const { file_path: path, content } of written) {
      expect({ path, isEmpty: content.trim() === "" }).toEqual({ path, isEmpty: false });
    }
    const planned = written.find(({ file_path: path }) => path.includes("-plan-"));
    expect(planned?.content).toMatch(/^# .+\n/);
    expect(planned?.content).toContain(steps);
    expect(steps.match(/^- \[ \] \S/gm)).toHaveLength(3);
  });

  it("is played by the stand-in at a pace at which a person can follow it", () => {
    const [first = []] = toScenario(script).calls;
    expect(first.slice(0, 4)).toMatchObject([
      { do: "say" },
      { do: "sleep", ms: 200 },
      { do: "tool", name: "Read" },
      { do: "sleep", ms: 30 },
    ]);
    expect(first.at(-1)).toEqual({ do: "say", text: script[0]?.end });
  });
});
