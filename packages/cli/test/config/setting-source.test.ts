import { inspect } from "node:util";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  environmentSource,
  flagSource,
  parseEnvFile,
  resolveSettings,
  type SettingsCheck,
} from "../../src/config/setting-source.ts";
import { type Settings, settingRows } from "../../src/config/settings.ts";

function fromEnv(env: Record<string, string>): SettingsCheck {
  return resolveSettings([environmentSource(env, "/cwd")], "/home/me");
}

function settingsOf(check: SettingsCheck): Settings {
  expect(check.problems).toEqual([]);
  if (check.settings === undefined) throw new Error("expected settings");
  return check.settings;
}

test("without anything set, the defaults hold", () => {
  expect(settingsOf(resolveSettings([], "/home/me"))).toEqual({
    claudePath: "claude",
    model: "opus",
    maxTurns: 300,
    timeoutMs: 1_800_000,
    idleTimeoutMs: 900_000,
    maxRetries: 3,
    retryDelayMs: 5_000,
    maxIterations: undefined,
    budgetUsd: undefined,
    permissionMode: "bypassPermissions",
    onQuestionTimeout: { remedy: "wait" },
    onApprovalTimeout: { remedy: "wait" },
    onActionTimeout: { remedy: "wait" },
    branchPrefix: undefined,
    telegramBotToken: undefined,
    telegramChatId: undefined,
    telegramApiRoot: undefined,
    notify: undefined,
  });
});

test("every setting can be set", () => {
  const settings = settingsOf(
    fromEnv({
      CLAUDE_PATH: "~/bin/claude",
      CLAUDE_MODEL: "claude-opus[1m]",
      CLAUDE_MAX_TURNS: "1",
      CLAUDE_TIMEOUT: "0.5",
      SAMOCODE_IDLE_TIMEOUT: "0",
      SAMOCODE_MAX_RETRIES: "0",
      SAMOCODE_RETRY_DELAY: "0",
      SAMOCODE_MAX_ITERATIONS: "7",
      SAMOCODE_BUDGET_USD: "2.50",
      SAMOCODE_PERMISSION_MODE: "acceptedits",
      ON_QUESTION_TIMEOUT: "suggestions after 8h",
      ON_APPROVAL_TIMEOUT: "remind after 90s",
      ON_ACTION_TIMEOUT: "block after 1d",
      GIT_BRANCH_PREFIX: "me/",
      TELEGRAM_BOT_TOKEN: "1:secret",
      TELEGRAM_CHAT_ID: "-100",
      TELEGRAM_API_ROOT: "http://127.0.0.1:8081/",
      SAMOCODE_NOTIFY: "desktop, slack",
    }),
  );
  expect({ ...settings, telegramBotToken: settings.telegramBotToken?.reveal() }).toEqual({
    claudePath: "/home/me/bin/claude",
    model: "claude-opus[1m]",
    maxTurns: 1,
    timeoutMs: 500,
    idleTimeoutMs: 0,
    maxRetries: 0,
    retryDelayMs: 0,
    maxIterations: 7,
    budgetUsd: 2.5,
    permissionMode: "acceptEdits",
    onQuestionTimeout: { remedy: "suggestions", afterMs: 28_800_000 },
    onApprovalTimeout: { remedy: "remind", afterMs: 90_000 },
    onActionTimeout: { remedy: "block", afterMs: 86_400_000 },
    branchPrefix: "me",
    telegramBotToken: "1:secret",
    telegramChatId: "-100",
    telegramApiRoot: "http://127.0.0.1:8081",
    notify: [
      { type: "package", name: "desktop" },
      { type: "package", name: "slack" },
    ],
  });
});

test("the last source that has a setting wins", () => {
  const sources = [
    parseEnvFile("CLAUDE_MODEL=a\nCLAUDE_MAX_TURNS=1\nCLAUDE_TIMEOUT=1", "/etc/.env").source,
    environmentSource({ CLAUDE_MODEL: "b", CLAUDE_MAX_TURNS: "2", CLAUDE_TIMEOUT: "" }, "/"),
    flagSource({ model: "c", wait: true }, "/"),
  ];
  expect(settingsOf(resolveSettings(sources, "/"))).toMatchObject({
    model: "c",
    maxTurns: 2,
    timeoutMs: 1_000,
  });
});

test.each([
  ["CLAUDE_MAX_TURNS", "0", "a whole number, from 1 to 10000"],
  ["CLAUDE_MAX_TURNS", "2.5", "a whole number, from 1 to 10000"],
  [
    "ON_QUESTION_TIMEOUT",
    "sometimes",
    "`wait`, `remind after 8h`, `suggestions after 8h` or `block after 8h`, with a number of s, m, h, d or w from 1s to 3w",
  ],
  [
    "ON_APPROVAL_TIMEOUT",
    "suggestions after 8h",
    "`wait`, `remind after 8h` or `block after 8h`, with a number of s, m, h, d or w from 1s to 3w",
  ],
  ["CLAUDE_TIMEOUT", "0", "seconds, more than 0, at most 604800"],
  ["CLAUDE_TIMEOUT", "1e3", "seconds, more than 0, at most 604800"],
  ["SAMOCODE_IDLE_TIMEOUT", "-1", "seconds (0 = off), from 0 to 604800"],
  ["SAMOCODE_MAX_RETRIES", "many", "a whole number, from 0 to 10"],
  ["SAMOCODE_RETRY_DELAY", "Infinity", "seconds, from 0 to 3600"],
  ["SAMOCODE_MAX_ITERATIONS", "0x10", "a whole number, from 1 to 100000"],
  ["SAMOCODE_BUDGET_USD", "0", "US dollars, more than 0, at most 1000000"],
  ["SAMOCODE_BUDGET_USD", "$5", "US dollars, more than 0, at most 1000000"],
  ["CLAUDE_MODEL", "--dangerous", "the name of a model"],
  ["GIT_BRANCH_PREFIX", "a..b", "a valid first part of a branch name"],
  ["TELEGRAM_CHAT_ID", "me", "a chat's number or @name"],
  [
    "SAMOCODE_NOTIFY",
    "a,,b",
    "channels, comma-separated: `./FILE.js`, a package, or `cmd:` and a command",
  ],
])(
  "%s=%s is a problem that names the variable, the value and the range",
  (name, value, expected) => {
    const { settings, problems } = fromEnv({ [name]: value });
    expect(settings).toBeUndefined();
    expect(problems).toEqual([
      {
        where: "the environment",
        what: `${name} is \`${value}\`, expected ${expected}`,
        cure: `Fix or remove ${name}.`,
      },
    ]);
  },
);

test("an address that cannot be used is not shown, for there may be a password in it", () => {
  const { problems } = fromEnv({ TELEGRAM_API_ROOT: "me:hush@bot.example" });
  expect(problems.map(({ what }) => what)).toEqual([
    "TELEGRAM_API_ROOT expected an address that starts with http:// or https://",
  ]);
});

test("a permission mode that is none is answered with all that there are", () => {
  const [problem] = fromEnv({ SAMOCODE_PERMISSION_MODE: "yolo" }).problems;
  expect(problem?.what).toBe(
    "SAMOCODE_PERMISSION_MODE is `yolo`, expected one of `acceptEdits`, `auto`, `bypassPermissions`, `default`, `dontAsk`, `plan`",
  );
});

test("all problems come at once, each with the place that it stands in", () => {
  const sources = [
    parseEnvFile("# mine\nCLAUDE_TIMEOUT=soon\n", "/app/.env").source,
    environmentSource({ CLAUDE_MAX_TURNS: "0" }, "/"),
    flagSource({ budget: "" }, "/"),
  ];
  expect(resolveSettings(sources, "/").problems).toMatchObject([
    { where: "the environment", what: expect.stringContaining("CLAUDE_MAX_TURNS is `0`") },
    { where: "/app/.env:2", what: expect.stringContaining("CLAUDE_TIMEOUT is `soon`") },
    { where: "the command line", what: expect.stringContaining("--budget is ``") },
  ]);
});

test("the bot token is shown nowhere: not in a problem, not as JSON, not when it is logged", () => {
  const { problems } = fromEnv({ TELEGRAM_BOT_TOKEN: "1:hunter2 oops" });
  expect(problems).toHaveLength(1);
  expect(inspect(problems)).not.toContain("hunter2");
  const settings = settingsOf(fromEnv({ TELEGRAM_BOT_TOKEN: "1:hunter2", TELEGRAM_CHAT_ID: "1" }));
  expect(settings.telegramBotToken?.reveal()).toBe("1:hunter2");
  expect(inspect(settings) + JSON.stringify(settings)).not.toContain("hunter2");
});

test("half of a Telegram configuration is a warning", () => {
  expect(fromEnv({ TELEGRAM_BOT_TOKEN: "1:x" }).warnings).toEqual([
    "TELEGRAM_CHAT_ID is not set, so Telegram is disabled",
  ]);
});

test("a program without / is left for the PATH; with one it is taken from where it was written", () => {
  const read = (path: string) => settingsOf(fromEnv({ CLAUDE_PATH: path })).claudePath;
  expect(read("claude-next")).toBe("claude-next");
  expect(read("./claude")).toBe("/cwd/claude");
  const { source } = parseEnvFile("CLAUDE_PATH=bin/claude", "/app/.env");
  expect(settingsOf(resolveSettings([source], "/")).claudePath).toBe("/app/bin/claude");
});

test("an .env that sets what samocode does not know is told, but only under samocode's own prefix", () => {
  const { warnings } = parseEnvFile("DATABASE_URL=x\nSAMOCODE_BUDGET=5", "/app/.env");
  expect(warnings).toEqual([
    "/app/.env:2: unknown `SAMOCODE_BUDGET` is ignored; the nearest is `SAMOCODE_BUDGET_USD`",
  ]);
});

const modelOf = (text: string) => {
  const { source, warnings } = parseEnvFile(text, "/app/.env");
  return [settingsOf(resolveSettings([source], "/")).model, ...warnings];
};
const ignored = (line: number): string => `/app/.env:${line}: a line without \`=\` is ignored`;

describe("a line of an .env without =", () => {
  test.each([
    ["hides nothing, and is reported", "oops\nCLAUDE_MODEL=x\n", "x", [1]],
    ["may be the last one", "CLAUDE_MODEL=x\noops", "x", [2]],
    ["may come twice, with any line break", "a\r\nCLAUDE_MODEL=x\rexport b", "x", [1, 3]],
    ["may be a part of a value in quotes", 'A="one\ntwo\nthree"\nCLAUDE_MODEL=x\noops', "x", [5]],
    ["may follow quotes that are never closed", 'A="one\noops\nCLAUDE_MODEL=x', "x", [2]],
    ["may follow a value in quotes on its line", "A='one'\noops\nCLAUDE_MODEL=x", "x", [2]],
    ["is not a comment, nor blank", "# a\n  # b\n\n \nCLAUDE_MODEL=x", "x", []],
    ["is not one with nothing before it", "CLAUDE_MODEL=x\n=y", "x", [2]],
  ])("%s", (_, text, model, lines) => {
    expect(modelOf(text)).toEqual([model, ...lines.map(ignored)]);
  });
});

test("no text makes a setting throw: it is a value or a problem", () => {
  const rows = Object.values(settingRows);
  fc.assert(
    fc.property(fc.constantFrom(...rows), fc.string({ unit: "binary" }), (row, text) => {
      const { settings, problems } = fromEnv({ [row.variable]: text });
      expect(settings === undefined).toBe(problems.length > 0);
    }),
  );
});
