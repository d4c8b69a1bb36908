import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type Config,
  type ConfigInput,
  readConfig,
  readSettings,
} from "../../src/config/config.ts";
import { ConfigError } from "../../src/config/config-error.ts";

let home: string;
let app: string;

beforeEach(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "samocode-home-")));
  app = join(home, "code", "app");
  for (const folder of ["code/app/src", "code/worktrees", "code/_sessions"]) {
    mkdirSync(join(home, folder), { recursive: true });
  }
  await execa("git", ["init", "--quiet", app]);
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

const goodLines = [
  "MAIN_REPO=~/code/app",
  "WORKTREES=$HOME/code/worktrees/",
  "SESSIONS=../_sessions",
];

function write(path: string, ...lines: string[]): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, lines.join("\n"));
}

async function read(input: Partial<ConfigInput> = {}): Promise<Config> {
  return readConfig({ cwd: join(app, "src"), env: { HOME: home }, ...input });
}

async function failure(input?: Partial<ConfigInput>): Promise<ConfigError> {
  try {
    await read(input);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("expected a ConfigError");
}

test("a project is read with `~`, `$HOME` and a path relative to the file", async () => {
  write(join(app, ".samocode"), ...goodLines, "TEST_COMMAND=npm test && npm run lint");
  const { project, settings, warnings } = await read();
  expect(project).toEqual({
    configPath: join(app, ".samocode"),
    mainRepo: app,
    worktrees: join(home, "code/worktrees"),
    sessions: join(home, "code/_sessions"),
    testCommand: "npm test && npm run lint",
  });
  expect(settings.maxTurns).toBe(300);
  expect(warnings).toEqual([]);
});

test("an empty TEST_COMMAND is none", async () => {
  write(join(app, ".samocode"), ...goodLines, "TEST_COMMAND=");
  expect((await read()).project).not.toHaveProperty("testCommand");
});

test("the overview carries the chart where OVERVIEW_CHART says `yes`, and nothing else will do", async () => {
  write(join(app, ".samocode"), ...goodLines, "OVERVIEW_CHART=yes");
  expect((await read()).project.overviewChart).toBe(true);
  for (const no of ["no", ""]) {
    write(join(app, ".samocode"), ...goodLines, `OVERVIEW_CHART=${no}`);
    expect((await read()).project).not.toHaveProperty("overviewChart");
  }
  write(join(app, ".samocode"), ...goodLines, "OVERVIEW_CHART=true");
  const { message } = await failure();
  expect(message).toContain("OVERVIEW_CHART is `true`: expected `yes` or `no`");
  expect(message).toContain(`.samocode:${goodLines.length + 1}`);
});

test("a bare repository will do", async () => {
  await execa("git", ["init", "--quiet", "--bare", join(home, "app.git")]);
  write(join(app, ".samocode"), "MAIN_REPO=~/app.git", ...goodLines.slice(1));
  expect((await read()).project.mainRepo).toBe(join(home, "app.git"));
});

test("GIT_DIR of a surrounding hook does not make a repository of what is none", async () => {
  process.env["GIT_DIR"] = join(app, ".git");
  try {
    write(join(app, ".samocode"), "MAIN_REPO=~/code/worktrees", ...goodLines.slice(1));
    expect((await failure()).message).toContain("is not a git repository");
  } finally {
    delete process.env["GIT_DIR"];
  }
});

test("a missing file: where it was looked for, the three lines to put in it, and `samocode-run init`", async () => {
  const error = await failure();
  expect(error).toMatchObject({ name: "ConfigError", code: "SAMOCODE_CONFIG_MISSING" });
  expect(error.lookedAt.slice(0, 2)).toEqual([join(app, "src/.samocode"), join(app, ".samocode")]);
  expect(error.lookedAt.at(-1)).toBe("/.samocode");
  expect(error.message).toContain(`  ${join(app, ".samocode")}\n`);
  expect(error.message).toContain(
    "\nMAIN_REPO=~/code/app\nWORKTREES=~/code/worktrees/\nSESSIONS=~/code/_sessions/\n",
  );
  expect(error.message).toContain("samocode-run init");
});

test("all problems come in one message, each with its line or path and the cure", async () => {
  const path = join(app, ".samocode");
  write(path, "MAIN_REPO=~/code", "WORKTREE=~/code/worktrees", "SESSIONS=~/gone", "what is this");
  write(join(app, ".env"), "CLAUDE_TIMEOUT=soon");
  const error = await failure({ env: { HOME: home, SAMOCODE_MAX_RETRIES: "11" } });
  expect(error.code).toBe("SAMOCODE_CONFIG_INVALID");
  const lines = error.message.split("\n");
  expect(lines[0]).toBe("cannot use the configuration: 6 problems");
  for (const expected of [
    `- ${path}:4: expected \`KEY=value\``,
    `- ${path}:1: MAIN_REPO \`${home}/code\` is not a git repository (git: not a git repository (or any of the parent directories): .git)`,
    `- ${path}: WORKTREES is missing`,
    "  Add a line: WORKTREES=~/code/worktrees/",
    `- ${path}:3: SESSIONS \`${home}/gone\` does not exist`,
    `  Create it (mkdir -p ${home}/gone) or fix the path.`,
    `- ${app}/.env:1: CLAUDE_TIMEOUT is \`soon\`, expected seconds, more than 0, at most 604800`,
    "- the environment: SAMOCODE_MAX_RETRIES is `11`, expected a whole number, from 0 to 10",
    `- warning: ${path}:2: unknown key \`WORKTREE\` is ignored; the nearest known key is \`WORKTREES\``,
  ]) {
    expect(lines).toContain(expected);
  }
  expect(error.problems).toHaveLength(6);
});

test("a value whose quotes are wrong is told once, not as a missing folder too", async () => {
  write(join(app, ".samocode"), ...goodLines.slice(0, 2), "SESSIONS='x");
  const error = await failure();
  expect(error.problems).toHaveLength(1);
});

test("a folder inside a repository is not its top, and the line to write is told", async () => {
  write(join(app, ".samocode"), "MAIN_REPO=src", ...goodLines.slice(1));
  expect((await failure()).message).toContain(`Write: MAIN_REPO=${app}\n`.trim());
});

test("a file in place of a folder, an empty value and a missing repository are told", async () => {
  write(join(home, "file"));
  write(join(app, ".samocode"), "MAIN_REPO=~/gone", "WORKTREES=~/file", "SESSIONS=");
  const { message } = await failure();
  expect(message).toContain(`Create it (git clone URL ${home}/gone) or fix the path.`);
  expect(message).toContain(`WORKTREES \`${home}/file\` is not a folder`);
  expect(message).toContain("SESSIONS is empty");
});

test("other variables are not replaced, and that is told when the folder is not there", async () => {
  write(join(app, ".samocode"), ...goodLines.slice(0, 2), "SESSIONS=$CODE/_sessions");
  expect((await failure()).message).toContain("Only `~` and `$HOME` are replaced.");
});

test("worktrees and sessions in one folder would collide", async () => {
  write(join(app, ".samocode"), ...goodLines.slice(0, 2), "SESSIONS=../worktrees");
  expect((await failure()).message).toContain("are the same folder");
});

test.skipIf(process.getuid?.() === 0)("a folder that cannot be written to is told", async () => {
  chmodSync(join(home, "code/_sessions"), 0o500);
  write(join(app, ".samocode"), ...goodLines);
  expect((await failure()).message).toContain("chmod u+rwx");
});

test("settings: personal .env, then .env beside .samocode, then the environment, then flags", async () => {
  write(join(app, ".samocode"), ...goodLines);
  write(
    join(home, ".config/samocode/.env"),
    "CLAUDE_MODEL=personal",
    "CLAUDE_PATH=personal",
    "GIT_BRANCH_PREFIX=personal",
    "TELEGRAM_API_ROOT=http://personal",
  );
  write(
    join(app, ".env"),
    "CLAUDE_MODEL=project",
    "CLAUDE_PATH=project",
    "GIT_BRANCH_PREFIX=project",
  );
  const env = { HOME: home, CLAUDE_MODEL: "environment", CLAUDE_PATH: "environment" };
  expect((await read({ env, flags: { model: "flag" } })).settings).toMatchObject({
    model: "flag",
    claudePath: "environment",
    branchPrefix: "project",
    telegramApiRoot: "http://personal",
  });
});

test("XDG_CONFIG_HOME is where the personal .env is, if it is absolute", async () => {
  write(join(app, ".samocode"), ...goodLines);
  write(join(home, "xdg/samocode/.env"), "CLAUDE_MODEL=xdg");
  const model = async (configHome: string) =>
    (await read({ env: { HOME: home, XDG_CONFIG_HOME: configHome } })).settings.model;
  expect(await model(join(home, "xdg"))).toBe("xdg");
  expect(await model(relative(process.cwd(), join(home, "xdg")))).toBe("opus");
});

test("a folder called .env, as Python has it, is no problem", async () => {
  write(join(app, ".samocode"), ...goodLines);
  mkdirSync(join(app, ".env"));
  expect((await read()).settings.model).toBe("opus");
});

test("files that are not UTF-8 are problems", async () => {
  const bad = Buffer.from("CLAUDE_MODEL=ü", "latin1");
  writeFileSync(join(app, ".samocode"), bad);
  writeFileSync(join(app, ".env"), bad);
  const { problems } = await failure();
  expect(problems.map(({ where, what }) => `${where} ${what}`)).toEqual([
    `${join(app, ".samocode")} is not UTF-8`,
    `${join(app, ".env")} is not UTF-8`,
  ]);
});

test("the bot token is in no message, wherever it was written wrongly", async () => {
  const token = "123456:hunter2";
  write(join(app, ".samocode"), `TELEGRAM_BOT_TOKEN=${token}`, `TOKEN ${token}`);
  write(join(app, ".env"), `TELEGRAM_BOT_TOKEN="${token} x"`, token);
  expect((await failure()).message).not.toContain("hunter2");
});

test("settings can be read without a project", () => {
  write(join(app, ".env"), "CLAUDE_MODEL=beside");
  const input = { cwd: app, env: { HOME: home } };
  expect(readSettings(input).settings.model).toBe("opus");
  write(join(app, ".samocode"));
  expect(readSettings(input).settings.model).toBe("beside");
  expect(() => readSettings({ ...input, flags: { maxTurns: "no" } })).toThrow(
    "--max-turns is `no`",
  );
});

test("the rules for when nobody answers stand in `.samocode`, between the person's `.env` and the one beside it", async () => {
  write(
    join(app, ".samocode"),
    ...goodLines,
    "ON_QUESTION_TIMEOUT=suggestions after 8h # over night",
    "ON_APPROVAL_TIMEOUT='remind after 2h'",
    "ON_ACTION_TIMEOUT=",
  );
  write(
    join(home, ".config/samocode/.env"),
    "ON_QUESTION_TIMEOUT=remind after 1h",
    "ON_ACTION_TIMEOUT=block after 1d",
  );
  write(join(app, ".env"), "ON_APPROVAL_TIMEOUT=block after 3d");
  const { settings, warnings } = await read();
  expect(warnings).toEqual([]);
  expect(settings).toMatchObject({
    onQuestionTimeout: { remedy: "suggestions", afterMs: 28_800_000 },
    onApprovalTimeout: { remedy: "block", afterMs: 259_200_000 },
    onActionTimeout: { remedy: "block", afterMs: 86_400_000 },
  });
  const flags = { onQuestionTimeout: "wait" };
  expect((await read({ flags })).settings.onQuestionTimeout).toEqual({ remedy: "wait" });
  expect(readSettings({ cwd: app, env: { HOME: home } }).settings).toMatchObject({
    onQuestionTimeout: { remedy: "suggestions" },
  });
});

test("all rules that cannot be are told at once, with their lines", async () => {
  const path = join(app, ".samocode");
  write(path, ...goodLines, "ON_QUESTION_TIMEOUT=never", "ON_APPROVAL_TIMEOUT=approve after 1h");
  const { problems } = await failure();
  expect(problems.map(({ where, what }) => `${where}: ${what}`)).toEqual([
    expect.stringContaining(
      `${path}:4: ON_QUESTION_TIMEOUT is \`never\`, expected \`wait\`, \`remind`,
    ),
    expect.stringContaining(
      `${path}:5: ON_APPROVAL_TIMEOUT is \`approve after 1h\`, expected \`wait\`, \`remind after 8h\` or`,
    ),
  ]);
});
