import { describe, expect, test } from "vitest";
import {
  findStubbornKey,
  findUnusedFilters,
  namesTransport,
  overridePrograms,
  parseConfigList,
} from "../src/git-programs.ts";

const repository = (key: string, value = "./evil") => ({ key, value, isOfRepository: true });
const human = (key: string, value = "mine") => ({ key, value, isOfRepository: false });

describe("the list of git's configuration", () => {
  test("tells whose each entry is", () => {
    const text =
      "system\0a.b\n1\0global\0a.c\n2\0local\0a.d\n3\0worktree\0a.e\n4\0command\0a.f\n5\0unknown\0a.g\n6\0";
    expect(parseConfigList(text, true)).toEqual([
      human("a.b", "1"),
      human("a.c", "2"),
      repository("a.d", "3"),
      repository("a.e", "4"),
      human("a.f", "5"),
      repository("a.g", "6"),
    ]);
  });

  test("has values of several lines, empty ones and none", () => {
    expect(parseConfigList("local\0a.b\nx\ny\0local\0a.c\n\0local\0a.d\0", true)).toEqual([
      repository("a.b", "x\ny"),
      repository("a.c", ""),
      repository("a.d", "true"),
    ]);
  });

  test("all of it counts as the repository's if git shows no scopes", () => {
    expect(parseConfigList("a.b\n1\0a.c\n2\0", false)).toEqual([
      repository("a.b", "1"),
      repository("a.c", "2"),
    ]);
  });

  test("is empty if there is none", () => {
    expect(parseConfigList("", true)).toEqual([]);
    expect(parseConfigList("", false)).toEqual([]);
  });
});

describe("programs that a repository's configuration names", () => {
  test.each([
    ["filter.x.smudge", ""],
    ["filter.x.clean", ""],
    ["filter.x.process", ""],
    ["filter.a.b\nc.process", ""],
    ["filter..clean", ""],
    ["filter.x.required", "false"],
    ["filter..required", "false"],
    ["core.sshcommand", "ssh"],
    ["core.askpass", ""],
    ["core.alternaterefscommand", "true"],
    ["credential.helper", ""],
    ["credential..helper", ""],
    ["credential.https://x.helper", ""],
  ])("%s is set to `%s`", (key, value) => {
    expect(overridePrograms([repository(key)])).toEqual([`${key}=${value}`]);
  });

  test.each([
    "user.name",
    "filter.smudge",
    "filter.x.smudged",
    "xfilter.x.smudge",
    "core.sshcommandx",
    "xcore.sshcommand",
    "mycredential.helper",
    "credential.helpers",
    "remote.origin.url",
    "alias.core.askpass",
    "core.askpassx",
    "filter.x.requiredx",
    "core.alternaterefscommands",
  ])("%s names none", (key) => {
    expect(overridePrograms([repository(key)])).toEqual([]);
  });

  test("the human's own are not touched", () => {
    expect(overridePrograms([human("filter.x.smudge"), human("core.sshcommand")])).toEqual([]);
    expect(overridePrograms([])).toEqual([]);
  });

  test("the human's own take the place of the repository's, the last of several", () => {
    const entries = [
      human("filter.lfs.process", "old"),
      human("filter.lfs.process", "git-lfs filter-process"),
      repository("filter.lfs.process"),
      human("core.sshcommand", "ssh -i key"),
      repository("core.sshcommand"),
    ];
    expect(overridePrograms(entries)).toEqual([
      "filter.lfs.process=git-lfs filter-process",
      "core.sshcommand=ssh -i key",
    ]);
  });

  test("a helper of the human's, which may hold a secret, comes into no argument", () => {
    expect(
      overridePrograms([
        human("credential.helper", "!echo secret"),
        repository("credential.helper"),
      ]),
    ).toEqual(["credential.helper="]);
  });

  test("each key is set once", () => {
    expect(overridePrograms([repository("core.askpass"), repository("core.askpass")])).toHaveLength(
      1,
    );
  });
});

describe("a program to fetch with", () => {
  test.each([
    "core.gitproxy",
    "remote.origin.uploadpack",
    "remote..uploadpack",
    "remote.a\nb.uploadpack",
    "remote.origin.vcs",
  ])("is named by %j of the repository, not by that of the human", (key) => {
    expect(namesTransport([human("a.b"), repository(key)])).toBe(true);
    expect(namesTransport([human(key)])).toBe(false);
  });

  test.each([
    "remote.origin.url",
    "remote.origin.uploadpacks",
    "remote.uploadpack",
    "remote.origin.vcsx",
    "xremote.origin.vcs",
    "core.gitproxyx",
    "xcore.gitproxy",
  ])("is not named by %s", (key) => {
    expect(namesTransport([repository(key)])).toBe(false);
  });
});

test("a program under a key with an equals sign cannot be overridden", () => {
  const stubborn = repository("filter.a=b.clean");
  expect(findStubbornKey([repository("filter.a.clean"), stubborn])).toBe("filter.a=b.clean");
  expect(findStubbornKey([repository("branch.a=b.remote"), human("filter.a=b.clean")])).toBe(
    undefined,
  );
});

test("filters that only the repository defines are named, each once", () => {
  const entries = [
    repository("filter.lfs.smudge"),
    repository("filter.lfs.process"),
    repository("filter.crypt.process"),
    repository("filter.clean-only.clean"),
    repository("filter.known.smudge"),
    human("filter.known.process"),
    human("filter.mine.smudge"),
    repository("filter..smudge"),
  ];
  expect(findUnusedFilters(entries)).toEqual(["lfs", "crypt", ""]);
  expect(findUnusedFilters([])).toEqual([]);
});
