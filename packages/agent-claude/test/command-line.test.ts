import { describe, expect, test } from "vitest";
import { claudeEnvironment } from "../src/claude-environment.ts";
import { claudeArguments, type CommandLineOptions } from "../src/command-line.ts";

const options: CommandLineOptions = {
  pluginDir: "/opt/samocode/plugin",
  agent: "samocode:planning-agent",
  systemPrompt: "--- rules ---\n- one",
  settings: { hooks: {} },
  conversation: { start: "33333333-3333-4333-8333-333333333333" },
  model: "opus",
  maxTurns: 300,
  permissionMode: "bypassPermissions",
};

/** The word after an option. */
function valueOf(args: readonly string[], option: string): string | undefined {
  const index = args.indexOf(option);
  return index === -1 ? undefined : args[index + 1];
}

describe("the command line", () => {
  test("asks for a stream of JSON lines with parts of messages", () => {
    expect(claudeArguments(options)).toEqual([
      "-p",
      "--verbose",
      "--output-format",
      "stream-json",
      "--include-partial-messages",
      "--plugin-dir",
      "/opt/samocode/plugin",
      "--strict-mcp-config",
      "--agent",
      "samocode:planning-agent",
      "--append-system-prompt",
      "--- rules ---\n- one",
      "--settings",
      '{"hooks":{}}',
      "--session-id",
      "33333333-3333-4333-8333-333333333333",
      "--model",
      "opus",
      "--max-turns",
      "300",
      "--permission-mode",
      "bypassPermissions",
    ]);
  });

  test("resumes without a session id of its own", () => {
    const args = claudeArguments({ ...options, conversation: { resume: "abc" } });
    expect(valueOf(args, "--resume")).toBe("abc");
    expect(args).not.toContain("--session-id");
  });

  test("names each folder after an option of its own, and never last", () => {
    const args = claudeArguments({ ...options, addDirs: ["/a", "/b c"] });
    expect(args.join("\n")).toContain("--add-dir\n/a\n--add-dir\n/b c\n--plugin-dir");
  });

  test("writes money as a plain decimal number above 0", () => {
    const budget = (maxBudgetUsd: number) =>
      valueOf(claudeArguments({ ...options, maxBudgetUsd }), "--max-budget-usd");
    expect(budget(2)).toBe("2");
    expect(budget(0.25)).toBe("0.25");
    expect(budget(1e-9)).toBe("0.000001");
    expect(budget(10)).toBe("10");
    expect(claudeArguments(options)).not.toContain("--max-budget-usd");
  });

  test("refuses numbers that the CLI would take otherwise", () => {
    expect(() => claudeArguments({ ...options, maxTurns: 0 })).toThrow(/maxTurns `0`/);
    expect(() => claudeArguments({ ...options, maxBudgetUsd: 0 })).toThrow(RangeError);
    expect(() => claudeArguments({ ...options, maxBudgetUsd: Number.NaN })).toThrow(RangeError);
  });

  test("names a fallback model only if there is one", () => {
    expect(claudeArguments(options)).not.toContain("--fallback-model");
    const args = claudeArguments({ ...options, fallbackModel: "sonnet" });
    expect(valueOf(args, "--fallback-model")).toBe("sonnet");
  });
});

describe("the environment of an agent", () => {
  const told = { runId: "run-1", sessionFolder: "/s/26-01-15-x", idleMs: 900_000 };

  test("is the user's own, with what tells whose process it is", () => {
    const env = claudeEnvironment({ PATH: "/bin", ANTHROPIC_API_KEY: "k" }, told);
    expect(env).toEqual({
      PATH: "/bin",
      ANTHROPIC_API_KEY: "k",
      CLAUDE_CODE_ATTRIBUTION_HEADER: "0",
      CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: "1",
      BASH_MAX_TIMEOUT_MS: "600000",
      BASH_DEFAULT_TIMEOUT_MS: "120000",
      SAMOCODE_RUN_ID: "run-1",
      SAMOCODE_SESSION: "/s/26-01-15-x",
    });
  });

  test("has none of our secrets and no mark of a session around us", () => {
    const around = {
      TELEGRAM_BOT_TOKEN: "t",
      TELEGRAM_CHAT_ID: "1",
      CLAUDECODE: "1",
      CLAUDE_CODE_MESSAGING_TOKEN: "t",
      CLAUDE_CODE_MESSAGING_SOCKET: "/tmp/x.sock",
      CLAUDE_CODE_LAUNCHED_BY_SESSION_IDS: "x",
      CLAUDE_PROJECT_DIR: "/p",
      AI_AGENT: "claude-code",
      SAMOCODE_RUN_ID: "outer",
    };
    const env = claudeEnvironment(around, told);
    expect(Object.keys(env).filter((name) => name in around)).toEqual(["SAMOCODE_RUN_ID"]);
    expect(env["SAMOCODE_RUN_ID"]).toBe("run-1");
  });

  test("keeps what the user decided about background tasks", () => {
    const env = claudeEnvironment({ CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: "0" }, told);
    expect(env["CLAUDE_CODE_DISABLE_BACKGROUND_TASKS"]).toBe("0");
  });

  test.each([
    { idleMs: 900_000, user: undefined, max: "600000", usual: "120000" },
    { idleMs: 900_000, user: "3600000", max: "840000", usual: "120000" },
    { idleMs: 900_000, user: "60000", max: "60000", usual: "60000" },
    { idleMs: 900_000, user: "soon", max: "600000", usual: "120000" },
    { idleMs: 400_000, user: undefined, max: "340000", usual: "120000" },
    { idleMs: 60_000, user: undefined, max: "30000", usual: "30000" },
    { idleMs: 0, user: undefined, max: undefined, usual: undefined },
    { idleMs: 0, user: "3600000", max: "3600000", usual: undefined },
  ])("lets a command be silent for less than the idle limit: $idleMs, $user", (example) => {
    const user = example.user === undefined ? {} : { BASH_MAX_TIMEOUT_MS: example.user };
    const env = claudeEnvironment(user, { ...told, idleMs: example.idleMs });
    expect(env["BASH_MAX_TIMEOUT_MS"]).toBe(example.max);
    expect(env["BASH_DEFAULT_TIMEOUT_MS"]).toBe(example.usual);
  });
});
