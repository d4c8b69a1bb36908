import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  findSession,
  listSessions,
  resolveSession,
  type SessionSearch,
} from "../src/session-folder.ts";

let root: string;
let sessions: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "samocode-sessions-")));
  sessions = join(root, "_sessions");
  mkdirSync(sessions);
  mkdirSync(join(root, "app"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function search(argument: string, more: Partial<SessionSearch> = {}): SessionSearch {
  const projectFolders = [join(root, "app"), join(root, "worktrees")];
  const now = new Date(2026, 1, 3, 12);
  return { argument, sessions, cwd: join(root, "app"), projectFolders, now, ...more };
}

function makeSession(...folderNames: string[]): void {
  for (const folderName of folderNames) {
    mkdirSync(join(sessions, folderName), { recursive: true });
    writeFileSync(join(sessions, folderName, "_overview.md"), "");
  }
}

async function folderNameOf(argument: string, more?: Partial<SessionSearch>): Promise<string> {
  return (await resolveSession(search(argument, more))).folderName;
}

test("a name that is new gets today's date, and nothing is made", async () => {
  expect(await resolveSession(search("JWT login"))).toEqual({
    folder: join(sessions, "26-02-03-jwt-login"),
    folderName: "26-02-03-jwt-login",
    name: "jwt-login",
    handle: "jwt-login",
    found: "nothing",
  });
  expect(await listSessions(sessions)).toEqual([]);
});

test("the newest by date is meant, and only one of exactly that name", async () => {
  makeSession("26-01-08-bug-fix", "25-12-31-fix", "26-01-02-fix", "26-99-99-fix", "fixed");
  expect(await resolveSession(search("fix"))).toEqual({
    folder: join(sessions, "26-01-02-fix"),
    folderName: "26-01-02-fix",
    name: "fix",
    handle: "fix",
    found: "session",
  });
  expect(await folderNameOf("ix")).toBe("26-02-03-ix");
});

test("the folder of exactly that name comes first, dated or not", async () => {
  makeSession("26-01-02-fix", "25-01-02-fix", "fix");
  expect(await folderNameOf("fix")).toBe("fix");
  expect(await folderNameOf("25-01-02-fix")).toBe("25-01-02-fix");
});

test("letter case, blanks and the form of Unicode make no difference", async () => {
  makeSession("26-01-02-My-Task", "26-01-02-cafe\u0301");
  expect(await folderNameOf("my task")).toBe("26-01-02-My-Task");
  expect(await folderNameOf("Café")).toBe("26-01-02-cafe\u0301");
});

test.skipIf(process.platform === "darwin")(
  "of two that differ in letter case the exact one is meant",
  async () => {
    makeSession("Fix", "fix");
    expect(await folderNameOf("Fix")).toBe("Fix");
    expect(await folderNameOf("fix")).toBe("fix");
  },
);

test("_archive is never searched and never meant", async () => {
  makeSession("_archive/26-01-02-fix");
  expect((await resolveSession(search("fix"))).found).toBe("nothing");
  await expect(resolveSession(search("_archive"))).rejects.toThrow("reserved for samocode");
  await expect(resolveSession(search(join(sessions, "_archive")))).rejects.toThrow("reserved for");
  await expect(resolveSession(search(join(sessions, "_archive/26-01-02-fix")))).rejects.toThrow(
    "it is inside a session or another folder",
  );
  expect(await listSessions(sessions)).toEqual([]);
});

test("a folder without _overview.md is said to be one", async () => {
  mkdirSync(join(sessions, "26-01-02-fix"));
  expect((await resolveSession(search("fix"))).found).toBe("folder");
  await expect(findSession(search("fix"))).rejects.toThrow("has no `_overview.md`");
});

test("a path to a session folder is taken, also a relative one and one that is not made yet", async () => {
  makeSession("26-01-02-fix");
  expect(await folderNameOf(join(sessions, "26-01-02-fix/"))).toBe("26-01-02-fix");
  expect(await folderNameOf("../_sessions/26-01-02-fix")).toBe("26-01-02-fix");
  expect(await folderNameOf(".", { cwd: join(sessions, "26-01-02-fix") })).toBe("26-01-02-fix");
  expect(await folderNameOf("./login", { cwd: sessions })).toBe("26-02-03-login");
});

test("a project path that ends in a session name is taken: the worktree's, or one in the repository", async () => {
  makeSession("26-01-02-fix");
  const worktree = join(root, "worktrees/26-01-02-fix");
  mkdirSync(worktree, { recursive: true });
  expect(await folderNameOf(worktree)).toBe("26-01-02-fix");
  expect(await folderNameOf(".", { cwd: worktree })).toBe("26-01-02-fix");
  expect(await folderNameOf(join(root, "app/login"))).toBe("26-02-03-login");
  expect(await folderNameOf("/somewhere/else/fix")).toBe("26-01-02-fix");
});

test.each([
  ["../evil", "it leaves SESSIONS with `..`"],
  ["a/../../evil", "it leaves SESSIONS with `..`"],
  ["..", "it leaves SESSIONS with `..`"],
  ["/etc/passwd", "it is outside SESSIONS"],
  ["a/b", "it is outside SESSIONS"],
  [".", "it is the project, not a session"],
  ["../_sessions", "it is SESSIONS itself"],
])("the path %s is refused: %s", async (argument, why) => {
  await expect(resolveSession(search(argument))).rejects.toMatchObject({
    code: "SAMOCODE_SESSION_NAME_INVALID",
    message: expect.stringContaining(why),
  });
});

test("a session folder of another project is not taken for one of this project", async () => {
  makeSession("26-01-02-fix");
  const other = join(root, "other/26-01-02-fix");
  mkdirSync(other, { recursive: true });
  writeFileSync(join(other, "_overview.md"), "");
  await expect(resolveSession(search(other))).rejects.toThrow("a session of another SESSIONS");
});

test("a link out of SESSIONS is refused and not listed; one within is fine", async () => {
  makeSession("26-01-02-fix");
  mkdirSync(join(root, "elsewhere"));
  writeFileSync(join(root, "elsewhere/_overview.md"), "");
  symlinkSync(join(root, "elsewhere"), join(sessions, "26-01-03-out"));
  symlinkSync("nothing", join(sessions, "26-01-03-broken"));
  symlinkSync("26-01-02-fix", join(sessions, "alias"));
  await expect(resolveSession(search("out"))).rejects.toThrow("leaves SESSIONS");
  await expect(resolveSession(search("broken"))).rejects.toThrow("leaves SESSIONS");
  expect(await folderNameOf("alias")).toBe("alias");
  const listed = await listSessions(sessions);
  expect(listed.map(({ folderName }) => folderName)).toEqual(["26-01-02-fix", "alias"]);
});

test("SESSIONS may itself be reached through a link", async () => {
  makeSession("26-01-02-fix");
  symlinkSync(sessions, join(root, "link"));
  expect(await folderNameOf(join(sessions, "26-01-02-fix"), { sessions: join(root, "link") })).toBe(
    "26-01-02-fix",
  );
});

test("a file where the new folder would be is told", async () => {
  writeFileSync(join(sessions, "26-02-03-fix"), "");
  await expect(resolveSession(search("fix"))).rejects.toThrow("exists and is not a folder");
});

test("a dated name that is not there makes no new session; the nearest one is named", async () => {
  makeSession("26-01-02-fix");
  await expect(resolveSession(search("26-01-03-fix"))).rejects.toMatchObject({
    code: "SAMOCODE_SESSION_NOT_FOUND",
    message: `cannot find a session \`26-01-03-fix\` in \`${sessions}\`. Did you mean \`26-01-02-fix\`? For a new session leave out the date: \`fix\`.`,
  });
});

test("commands that need a session name the nearest one, or where to see all", async () => {
  makeSession("26-01-02-jwt-login");
  await expect(findSession(search("jwt-logn"))).rejects.toThrow(
    `cannot find a session \`jwt-logn\` in \`${sessions}\`. Did you mean \`jwt-login\`? List all: \`samocode-run list\`.`,
  );
  await expect(findSession(search("other"))).rejects.toThrow(/\. List all: `samocode-run list`\.$/);
  expect((await findSession(search("jwt-login"))).name).toBe("jwt-login");
});

test("sessions are listed with the newest first, those without a date last", async () => {
  makeSession("25-12-31-b", "26-01-02-c", "26-01-02-a", "old", "_archive/x");
  mkdirSync(join(sessions, "26-01-05-empty"));
  writeFileSync(join(sessions, "notes.md"), "");
  const listed = await listSessions(sessions);
  expect(listed.map(({ name }) => name)).toEqual(["a", "c", "b", "old"]);
});

test("a session whose name a newer one has is told by its folder", async () => {
  makeSession("26-01-02-fix", "25-12-31-fix");
  const places = await listSessions(sessions);
  expect(places.map(({ handle }) => handle)).toEqual(["fix", "25-12-31-fix"]);
  expect((await findSession(search("25-12-31-fix"))).handle).toBe("25-12-31-fix");
});
