import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { withoutRepository } from "../src/git-variables.ts";

/** Settings as git reads them from variables. */
const counted = (...settings: readonly (readonly [string, string])[]) => ({
  GIT_CONFIG_COUNT: String(settings.length),
  ...Object.fromEntries(
    settings.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ),
});

describe("variables that name a repository", () => {
  test("none that the installed git calls local is kept, nor those that name a part of one", async () => {
    const { stdout } = await execa("git", ["rev-parse", "--local-env-vars"]);
    const others = [
      "GIT_NAMESPACE",
      "GIT_QUARANTINE_PATH",
      "GIT_ATTR_SOURCE",
      "GIT_REFERENCE_BACKEND",
    ];
    const names = [...stdout.split("\n"), ...others];
    expect(names).toContain("GIT_DIR");
    const env = Object.fromEntries(names.map((name) => [name, "/somewhere"]));
    expect(withoutRepository(env)).toEqual({});
  });

  test("what names no place stays as it is", () => {
    const env = {
      PATH: "/bin",
      GIT_AUTHOR_NAME: "Ada",
      GIT_COMMITTER_EMAIL: "ada@example.org",
      GIT_CONFIG_GLOBAL: "/home/ada/.gitconfig",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_SSH_COMMAND: "ssh -v",
      GIT_EDITOR: "vi",
      GIT_DIRECTORY: "no variable of git",
      MY_GIT_DIR: "mine",
    };
    expect(withoutRepository(env)).toEqual(env);
    expect(withoutRepository({})).toEqual({});
  });
});

describe("configuration that is given by variables", () => {
  test("stays, whatever its values hold", () => {
    const env = counted(["user.name", "Ada"], ["alias.x", "!echo 'a=b'"], ["core.empty", ""]);
    expect(withoutRepository(env)).toEqual(env);
  });

  test("loses only the keys that name a repository, in any letter case", () => {
    const env = counted(
      ["core.worktree", "/x"],
      ["user.name", "Ada"],
      ["Core.Bare", "true"],
      ["a.b", "c"],
    );
    expect(withoutRepository(env)).toEqual(counted(["user.name", "Ada"], ["a.b", "c"]));
    expect(withoutRepository(counted(["core.worktree", "/x"]))).toEqual({});
  });

  test.each([
    ["'user.name'='Ada'", [["user.name", "Ada"]]],
    ["'user.name=Ada L'", [["user.name", "Ada L"]]],
    [
      "'a.b'='1' 'c.d=2' 'core.worktree'='/x'",
      [
        ["a.b", "1"],
        ["c.d", "2"],
      ],
    ],
    [String.raw`'a.b'='it'\''s'\!'`, [["a.b", "it's!"]]],
    ["'a.b'=", [["a.b", ""]]],
    ["'a.b'", [["a.b", "true"]]],
    ["'a.b=c=d'", [["a.b", "c=d"]]],
    ["nonsense", []],
    ["", []],
  ] as const)("of `git -c` (%s) becomes that of the other form", (parameters, settings) => {
    const expected = settings.length === 0 ? {} : counted(...settings);
    expect(withoutRepository({ GIT_CONFIG_PARAMETERS: parameters })).toEqual(expected);
  });

  test("of `git -c` comes last, for it is the more binding one", async () => {
    const env = { ...counted(["a.b", "first"]), GIT_CONFIG_PARAMETERS: "'a.b'='last'" };
    expect(withoutRepository(env)).toEqual(counted(["a.b", "first"], ["a.b", "last"]));
    const kept = { ...withoutRepository(env), PATH: process.env["PATH"] };
    const { stdout } = await execa("git", ["config", "--get", "a.b"], {
      env: kept,
      extendEnv: false,
    });
    expect(stdout).toBe("last");
  });

  test.each(["-1", "0", "x", "", "3", "99999999999"])(
    "a count of `%s` brings only what is there",
    (count) => {
      const env = { ...counted(["a.b", "c"]), GIT_CONFIG_COUNT: count };
      expect(withoutRepository(env)).toEqual(Number(count) >= 1 ? counted(["a.b", "c"]) : {});
    },
  );

  test("of more than a thousand settings, a thousand are kept", () => {
    const many = Array.from({ length: 1001 }, (_, index) => [`a.b${index}`, "c"] as const);
    expect(withoutRepository(counted(...many))).toEqual(counted(...many.slice(0, 1000)));
  });
});
