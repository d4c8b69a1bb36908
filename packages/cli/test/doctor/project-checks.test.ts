import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTempProject, type TempProject } from "@samocode/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkChannels } from "../../src/doctor/channel-checks.ts";
import {
  checkDisk,
  checkGit,
  checkIdentity,
  checkNode,
  judgeSpace,
} from "../../src/doctor/machine-checks.ts";
import {
  checkConfig,
  checkProjectFolders,
  checkTestCommand,
} from "../../src/doctor/project-checks.ts";
import { checkTexts } from "../../src/doctor/text-check.ts";

let project: TempProject;
beforeAll(async () => {
  project = await createTempProject();
});
afterAll(() => project.dispose());

const input = (cwd = project.root, env: Record<string, string> = {}) => ({
  cwd,
  env: { ...project.env, ...env },
});
const config = async () => {
  const { config: found } = await checkConfig(input());
  if (found === undefined) throw new Error("the project of the test has a configuration");
  return found;
};

describe("checkConfig", () => {
  it("gives a configuration that can be used", async () => {
    const { checks, config: found } = await checkConfig(input());
    expect(checks[0]).toEqual({ name: "config", state: "ok", found: project.config });
    expect(found?.project.sessions).toBe(project.sessions);
  });

  it("says if there is none, and how to write one", async () => {
    const { checks, config: found } = await checkConfig(input("/"));
    expect(found).toBeUndefined();
    expect(checks).toEqual([
      {
        name: "config",
        state: "fault",
        found: "no `.samocode` in / or above it",
        cure: "Write one: samocode-run init",
      },
    ]);
  });

  it("says all that is wrong with one", async () => {
    const env = { SAMOCODE_MAX_RETRIES: "many", CLAUDE_TIMEOUT: "long" };
    const { checks, config: found } = await checkConfig(input(project.root, env));
    expect(found).toBeUndefined();
    expect(checks.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "config fault",
      "config fault",
    ]);
    expect(checks.map((check) => check.found).join("\n")).toMatch(
      /SAMOCODE_MAX_RETRIES[^]*CLAUDE_TIMEOUT|CLAUDE_TIMEOUT[^]*SAMOCODE_MAX_RETRIES/,
    );
  });
});

describe("checkProjectFolders", () => {
  it("tries each folder, and leaves nothing behind", async () => {
    const { project: place } = await config();
    const checks = await checkProjectFolders(place);
    expect(checks.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "MAIN_REPO ok",
      "WORKTREES ok",
      "SESSIONS ok",
      "TEST_COMMAND off",
    ]);
    expect(checks[0]?.found).toBe(place.mainRepo);
    expect(checks[2]?.found).toBe(`${place.sessions} is writable`);
    expect(readdirSync(place.sessions)).toEqual([]);
  });

  it("says what to do about a repository without a commit and a folder that is gone", async () => {
    const { project: place } = await config();
    const sessions = join(project.root, "gone");
    const checks = await checkProjectFolders({ ...place, mainRepo: project.root, sessions });
    expect(checks[0]).toEqual({
      name: "MAIN_REPO",
      state: "warning",
      found: `${project.root} has no commit yet`,
      cure: `Create one: git -C ${project.root} commit --allow-empty -m "First commit"`,
    });
    expect(checks[2]).toMatchObject({
      name: "SESSIONS",
      state: "fault",
      found: expect.stringMatching(/gone is not writable: ./),
      cure: "Fix its permissions, or move SESSIONS to another disk.",
    });
  });

  it("shows the test command, or how to set it", async () => {
    const { project: place } = await config();
    expect(checkTestCommand({ ...place, testCommand: "npm test" })).toEqual({
      name: "TEST_COMMAND",
      state: "ok",
      found: "npm test",
    });
    const off = checkTestCommand(place);
    expect(off.found).toBe("not set: what agents report about tests is not verified");
    expect(off.cure).toMatch(/add a line to .*\.samocode: TEST_COMMAND=.+$/);
  });
});

const end = (setting: object) =>
  checkChannels(
    { notify: [setting] } as Parameters<typeof checkChannels>[0],
    project.root,
    project.env,
  );

describe("checkChannels", () => {
  it("has nothing to say if none is set up", async () => {
    expect(await checkChannels({ notify: undefined }, project.root, project.env)).toEqual([]);
  });

  it("looks a command up, from the folder of the project", async () => {
    const path = join(project.root, "tell");
    writeFileSync(path, "#!/bin/sh\n");
    chmodSync(path, 0o755);
    const [found] = await end({ type: "command", name: "mine", words: ["./tell"] });
    expect(found).toEqual({ name: "channel", state: "ok", found: `mine: ${path}` });
    const [sh] = await end({ type: "command", name: "mine", words: ["sh", "-c", ":"] });
    expect(sh?.found).toMatch(/^mine: \/.*\/sh$/);
    const [none] = await end({ type: "command", name: "mine", words: ["tell-nobody"] });
    expect(none).toEqual({
      name: "channel",
      state: "warning",
      found: "mine: `tell-nobody` is not a program on the PATH",
      cure: "Fix it, or remove it from SAMOCODE_NOTIFY. Sessions continue without it.",
    });
  });

  it("says what is wrong with a module", async () => {
    const [none] = await end({ type: "file", name: "mod", path: join(project.root, "none.mjs") });
    expect(none).toMatchObject({ state: "warning", found: expect.stringMatching(/^mod: ./) });
  });
});

it("has no custom prompts to check if there are none", async () => {
  const { project: place } = await config();
  const [only, ...more] = await checkTexts(place);
  expect(more).toEqual([]);
  expect(only).toMatchObject({ name: "texts", state: "off" });
  expect(only?.found).toMatch(/^built-in prompts only \(no .+\)$/);
});

const stateOf = (bytes: number): string => judgeSpace("disk", "/code", bytes).state;

describe("the machine", () => {
  it("has a git that will do, or none", async () => {
    expect(await checkGit(project.env)).toMatchObject({
      name: "git",
      state: "ok",
      found: expect.stringMatching(/^\d+\.\d+/),
    });
    expect(await checkGit({ PATH: project.root })).toEqual({
      name: "git",
      state: "fault",
      found: "cannot be started",
      cure: "Install git: https://git-scm.com/downloads",
    });
  });

  it.each([
    ["2.17.0", "ok"],
    ["2.17", "ok"],
    ["3.0", "ok"],
    ["2.16.9", "fault"],
    ["1.99.0", "fault"],
  ])("takes git %s for what it is: %s", async (version, state) => {
    const folder = join(project.root, `git-${version}`);
    mkdirSync(folder);
    writeFileSync(join(folder, "git"), `#!/bin/sh\necho git version ${version}\n`);
    chmodSync(join(folder, "git"), 0o755);
    const check = await checkGit({ PATH: folder });
    expect(check.state).toBe(state);
    expect(check.found).toBe(state === "ok" ? version : `${version}, expected 2.17.0 or newer`);
  });

  it("knows in whose name agents commit, without the moment", async () => {
    const named = { ...project.env, GIT_COMMITTER_NAME: "Ada", GIT_COMMITTER_EMAIL: "a@b.org" };
    expect(await checkIdentity(project.repo, named)).toEqual({
      name: "git identity",
      state: "ok",
      found: "Ada <a@b.org>",
    });
  });

  it("says which Node.js is expected", () => {
    expect(checkNode("20.19.0")).toEqual({ name: "Node.js", state: "ok", found: "20.19.0" });
    expect(checkNode("20.18.9")).toEqual({
      name: "Node.js",
      state: "fault",
      found: "20.18.9, expected 20.19.0 or newer",
      cure: "Install a newer one: https://nodejs.org",
    });
    expect(checkNode()).toMatchObject({ state: "ok", found: process.versions.node });
  });

  it("says how much space there is, from the exact byte on", async () => {
    const mebibyte = 1024 * 1024;
    expect([1024 * mebibyte, 1024 * mebibyte - 1].map(stateOf)).toEqual(["ok", "warning"]);
    expect([100 * mebibyte, 100 * mebibyte - 1].map(stateOf)).toEqual(["warning", "fault"]);
    expect(judgeSpace("disk", "/code", 1.5 * 1024 * mebibyte)).toEqual({
      name: "disk",
      state: "ok",
      found: "1.5 GiB free for /code",
    });
    expect(await checkDisk("disk", project.root)).toMatchObject({
      name: "disk",
      found: expect.stringMatching(/^\d+\.\d GiB free for \//),
    });
  });
});
