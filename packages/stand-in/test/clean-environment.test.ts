import { expect, test } from "vitest";

import { cleanEnvironment } from "../src/index.ts";

test("a clean environment has a home, an identity for git, and nothing of this machine but `PATH`", () => {
  const { PATH, IS_SANDBOX, ...env } = cleanEnvironment({ home: "/home/x" });
  expect(PATH).toBe(process.env["PATH"]);
  expect(IS_SANDBOX).toBe(process.getuid?.() === 0 ? "1" : undefined);
  expect(env).toEqual({
    HOME: "/home/x",
    TZ: "UTC",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_AUTHOR_NAME: "Ada Tester",
    GIT_AUTHOR_EMAIL: "ada@example.org",
    GIT_COMMITTER_NAME: "Ada Tester",
    GIT_COMMITTER_EMAIL: "ada@example.org",
    CLAUDE_CONFIG_DIR: "/home/x/claude-config",
    CLAUDE_CODE_TMPDIR: "/home/x/claude-temp",
    ANTHROPIC_BASE_URL: "http://127.0.0.1:9",
    ANTHROPIC_API_KEY: "dummy-key",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    DISABLE_TELEMETRY: "1",
    DISABLE_AUTOUPDATER: "1",
  });
});

test("what is asked for wins, the address of the API and variables", () => {
  const env = cleanEnvironment({
    home: "/home/x",
    apiUrl: "http://127.0.0.1:1",
    variables: { TZ: "Asia/Tokyo", MORE: "1" },
  });
  expect(env).toMatchObject({
    ANTHROPIC_BASE_URL: "http://127.0.0.1:1",
    TZ: "Asia/Tokyo",
    MORE: "1",
  });
});
