import { describe, expect, test } from "vitest";
import { claudeEnvironment } from "../src/claude-environment.ts";

const options = { runId: "run-1", sessionFolder: "/sessions/x", idleMs: 0 };
const own = {
  CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: "1",
  CLAUDE_CODE_ATTRIBUTION_HEADER: "0",
  SAMOCODE_RUN_ID: "run-1",
  SAMOCODE_SESSION: "/sessions/x",
};

describe("the environment of an agent", () => {
  test("is the human's own with what says whose process it is", () => {
    expect(claudeEnvironment({ PATH: "/bin", HOME: "/home/ada" }, options)).toEqual({
      ...own,
      PATH: "/bin",
      HOME: "/home/ada",
    });
  });

  test("has nothing that names a repository, and keeps identity and configuration", () => {
    const kept = {
      GIT_AUTHOR_NAME: "Ada",
      GIT_SSH_COMMAND: "ssh -v",
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "user.name",
      GIT_CONFIG_VALUE_0: "Ada",
    };
    const places = {
      GIT_DIR: "/app/.git",
      GIT_WORK_TREE: "/app",
      GIT_INDEX_FILE: "/app/.git/index",
    };
    expect(claudeEnvironment({ ...kept, ...places }, options)).toEqual({ ...own, ...kept });
  });

  test("has nothing of the bot, nor of a Claude session around it", () => {
    const dropped = { TELEGRAM_BOT_TOKEN: "1", TELEGRAM_: "2", CLAUDECODE: "1", AI_AGENT: "x" };
    expect(claudeEnvironment({ ...dropped, MY_TELEGRAM_: "3" }, options)).toEqual({
      ...own,
      MY_TELEGRAM_: "3",
    });
  });

  test("what the human has set for the CLI stays, what says whose process it is does not", () => {
    const set = { CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: "0", CLAUDE_CODE_ATTRIBUTION_HEADER: "1" };
    expect(claudeEnvironment({ ...set, SAMOCODE_RUN_ID: "other" }, options)).toEqual({
      ...own,
      ...set,
    });
  });
});

/** The limits of commands that an agent is given. */
const limits = (idleMs: number, env: NodeJS.ProcessEnv = {}) => {
  const { BASH_MAX_TIMEOUT_MS: max, BASH_DEFAULT_TIMEOUT_MS: standard } = claudeEnvironment(env, {
    ...options,
    idleMs,
  });
  return [max, standard];
};

describe("the limits of commands", () => {
  test.each([
    [0, [undefined, undefined]],
    [900_000, ["600000", "120000"]],
    [660_000, ["600000", "120000"]],
    [659_999, ["599999", "120000"]],
    [180_000, ["120000", "120000"]],
    [120_000, ["60000", "60000"]],
    [100_000, ["50000", "50000"]],
    [3, ["1", "1"]],
  ])("stay below an idle limit of %i ms", (idleMs, expected) => {
    expect(limits(idleMs)).toEqual(expected);
  });

  test("the human's own hold, as far as they stay below", () => {
    const env = { BASH_MAX_TIMEOUT_MS: "300000", BASH_DEFAULT_TIMEOUT_MS: "10000" };
    expect(limits(900_000, env)).toEqual(["300000", "10000"]);
    expect(limits(100_000, env)).toEqual(["50000", "10000"]);
    expect(limits(900_000, { BASH_MAX_TIMEOUT_MS: "0", BASH_DEFAULT_TIMEOUT_MS: "x" })).toEqual([
      "600000",
      "120000",
    ]);
  });
});
