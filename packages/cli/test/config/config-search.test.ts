// Where a command finds its project from the places where the work is.
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findConfigFile } from "../../src/config/config-search.ts";

let root: string;
const at = (...parts: string[]): string => join(root, ...parts);

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A worktree as git leaves it. */
function link(main: string, worktree: string, gitFolder = join(main, ".git")): void {
  const record = join(gitFolder, "worktrees/x");
  write(join(worktree, ".git"), `gitdir: ${record}\n`);
  write(join(record, "gitdir"), `${worktree}/.git\n`);
  write(join(record, "commondir"), "../..\n");
}

function configure(path: string, { worktrees = at("wt"), sessions = at("sessions") } = {}): string {
  write(path, `MAIN_REPO=${at("app")}\nWORKTREES=${worktrees}\nSESSIONS=${sessions}\n`);
  return path;
}

function overview(session: string, workingDir: string): void {
  write(
    join(session, "_overview.md"),
    `# Session: t\nWorking Dir: ${workingDir}\n\n## Status\nPhase: planning\nBlocked: no\n`,
  );
}

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "samocode-search-")));
  link(at("app"), at("wt/26-01-15-t"));
  mkdirSync(at("wt/26-01-15-t/src"));
  overview(at("sessions/26-01-15-t"), at("wt/26-01-15-t"));
  mkdirSync(at("sessions/26-01-15-t/_logs"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe("from a worktree", () => {
  test.each(["wt/26-01-15-t", "wt/26-01-15-t/src"])(
    "the one of the main repository is found (%s)",
    (from) => {
      const path = configure(at("app/.samocode"));
      expect(findConfigFile(at(from))).toEqual({ path });
    },
  );

  test("so is one above the main repository", () => {
    mkdirSync(at("code"));
    renameSync(at("app"), at("code/app"));
    link(at("code/app"), at("wt/26-01-15-t"));
    const path = configure(at("code/.samocode"));
    expect(findConfigFile(at("wt/26-01-15-t"))).toEqual({ path });
  });

  test("one above the worktree of another project does not come first", () => {
    const path = configure(at("app/.samocode"));
    configure(at(".samocode"), { worktrees: at("other-wt"), sessions: at("other-sessions") });
    expect(findConfigFile(at("wt/26-01-15-t"))).toEqual({ path });
  });

  test("a copy that is committed does not come first", () => {
    const path = configure(at("app/.samocode"));
    write(at("wt/26-01-15-t/.samocode"), "MAIN_REPO=.\nWORKTREES=../wt\nSESSIONS=../sessions\n");
    expect(findConfigFile(at("wt/26-01-15-t"))).toEqual({ path });
  });

  test("of a repository whose WORKTREES is elsewhere, what lies above comes first", () => {
    const ofMain = configure(at("app/.samocode"), { worktrees: at("elsewhere") });
    expect(findConfigFile(at("wt/26-01-15-t"))).toEqual({ path: ofMain });
    const above = configure(at(".samocode"));
    expect(findConfigFile(at("wt/26-01-15-t"))).toEqual({ path: above });
  });

  test("of a bare repository, it is found above that", () => {
    link(at("app.git"), at("wt/26-01-15-t"), at("app.git"));
    const path = configure(at(".samocode"));
    expect(findConfigFile(at("wt/26-01-15-t"))).toEqual({ path });
  });
});

describe("what an agent has put into the place of a worktree's files is not believed", () => {
  beforeEach(() => {
    configure(at("app/.samocode"));
  });
  const nothing = { lookedAt: expect.arrayContaining([]) as unknown };

  test("a `.git` of a repository that does not know the worktree", () => {
    write(at("app/.git/worktrees/x/gitdir"), at("wt/other/.git"));
    expect(findConfigFile(at("wt/26-01-15-t"))).toEqual(nothing);
  });

  test.each(["commondir", "gitdir"])("a record without `%s`, as of a submodule", (name) => {
    rmSync(at("app/.git/worktrees/x", name));
    expect(findConfigFile(at("wt/26-01-15-t"))).toEqual(nothing);
  });

  test("a link", () => {
    renameSync(at("wt/26-01-15-t/.git"), at("elsewhere"));
    symlinkSync(at("elsewhere"), at("wt/26-01-15-t/.git"));
    expect(findConfigFile(at("wt/26-01-15-t"))).toEqual(nothing);
  });

  test.each(["", "nonsense", "gitdir: /nowhere", `gitdir: ${"x".repeat(20_000)}`])(
    "the text %j",
    (text) => {
      write(at("wt/26-01-15-t/.git"), text);
      expect(findConfigFile(at("wt/26-01-15-t"))).toEqual(nothing);
    },
  );

  test("a `.git` that is a folder: there is a repository of its own", () => {
    rmSync(at("wt/26-01-15-t/.git"));
    mkdirSync(at("wt/26-01-15-t/.git"));
    expect(findConfigFile(at("wt/26-01-15-t"))).toEqual(nothing);
  });
});

describe("from SESSIONS", () => {
  const places = ["sessions", "sessions/26-01-15-t", "sessions/26-01-15-t/_logs"];

  test.each(places)("the one of the project is found (%s)", (from) => {
    const path = configure(at("app/.samocode"));
    expect(findConfigFile(at(from))).toEqual({ path });
  });

  test.each(places)("also if the agents work in the main repository (%s)", (from) => {
    mkdirSync(at("code"));
    renameSync(at("app"), at("code/app"));
    overview(at("sessions/26-01-15-t"), at("code/app"));
    const path = configure(at("code/app/.samocode"));
    expect(findConfigFile(at(from))).toEqual({ path });
  });

  test.each(places)("also if the worktree is gone, beside SESSIONS (%s)", (from) => {
    const path = configure(at("app/.samocode"));
    rmSync(at("wt"), { recursive: true });
    configure(at("another/.samocode"), { sessions: at("other-sessions") });
    write(at("nothing-there/readme"), "");
    expect(findConfigFile(at(from))).toEqual({ path });
  });

  test("also from an archived session", () => {
    const path = configure(at("app/.samocode"));
    mkdirSync(at("sessions/_archive"));
    renameSync(at("sessions/26-01-15-t"), at("sessions/_archive/26-01-15-t"));
    expect(findConfigFile(at("sessions/_archive/26-01-15-t"))).toEqual({ path });
  });

  test("also if the overview cannot be read", () => {
    const path = configure(at("app/.samocode"));
    write(at("sessions/26-01-15-t/_overview.md"), "nonsense");
    expect(findConfigFile(at("sessions/26-01-15-t"))).toEqual({ path });
  });

  test("one whose SESSIONS is another folder is not believed", () => {
    configure(at("app/.samocode"), { sessions: at("other-sessions") });
    const found = findConfigFile(at("sessions/26-01-15-t"));
    expect(found).toHaveProperty("lookedAt");
    expect(found).toMatchObject({
      lookedAt: expect.arrayContaining([at("sessions/26-01-15-t/.samocode")]) as unknown,
    });
  });

  test("one above it comes first if it is its project's, and gives way if it is another's", () => {
    const above = configure(at(".samocode"));
    expect(findConfigFile(at("sessions/26-01-15-t"))).toEqual({ path: above });
    configure(at(".samocode"), { sessions: at("other-sessions") });
    expect(findConfigFile(at("sessions/26-01-15-t"))).toEqual({ path: above });
    const path = configure(at("app/.samocode"));
    expect(findConfigFile(at("sessions/26-01-15-t"))).toEqual({ path });
  });

  test("one above it comes first, though the main repository has one that names it, too", () => {
    const above = configure(at(".samocode"));
    configure(at("app/.samocode"));
    expect(findConfigFile(at("sessions/26-01-15-t"))).toEqual({ path: above });
    expect(findConfigFile(at("wt/26-01-15-t"))).toEqual({ path: at("app/.samocode") });
  });

  test.each(["WORKTREES=", "SESSIONS=", "nonsense"])(
    "a `.samocode` with `%s` names no folder",
    (line) => {
      write(at("app/.samocode"), `${line}\n`);
      expect(findConfigFile(at("sessions"))).toHaveProperty("lookedAt");
    },
  );

  test("paths in it are taken as everywhere: from its folder, with quotes", () => {
    write(at("app/.samocode"), 'SESSIONS="../sessions"\nWORKTREES=../wt\n');
    expect(findConfigFile(at("sessions"))).toEqual({ path: at("app/.samocode") });
    expect(findConfigFile(at("wt/26-01-15-t"))).toEqual({ path: at("app/.samocode") });
  });
});

test("--config is taken at its word", () => {
  configure(at("app/.samocode"));
  const from = at("wt/26-01-15-t");
  expect(findConfigFile(from, at("app"))).toEqual({ path: at("app/.samocode") });
  expect(findConfigFile(from, "gone")).toEqual({
    lookedAt: [join(from, "gone"), join(from, "gone/.samocode")],
  });
});
