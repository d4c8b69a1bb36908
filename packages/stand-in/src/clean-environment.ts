import { join } from "node:path";

/** What a clean environment is made from. */
export interface CleanEnvironmentOptions {
  /** Folder that stands in for the home of a person. The CLI keeps its configuration and transcripts in it. */
  readonly home: string;
  /**
   * Address of the Messages API.
   *
   * @default a port of this machine that refuses: nothing can reach the real API
   */
  readonly apiUrl?: string;
  /** More variables; they win over the ones made here. */
  readonly variables?: Readonly<Record<string, string>>;
}

const REFUSED = "http://127.0.0.1:9";

/**
 * Make the whole environment for the CLI, for git and for a runner under test.
 *
 * Only the value of `PATH` comes from this machine: no credential, no proxy, no git configuration of the
 * person who runs the tests has a part in them.
 *
 * @example
 * spawn("claude", ["-p", "hello"], { env: cleanEnvironment({ home, apiUrl: api.url }) });
 */
export function cleanEnvironment(options: CleanEnvironmentOptions): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
    HOME: options.home,
    TZ: "UTC",
    ...gitEnvironment,
    CLAUDE_CONFIG_DIR: join(options.home, "claude-config"),
    CLAUDE_CODE_TMPDIR: join(options.home, "claude-temp"),
    ANTHROPIC_BASE_URL: options.apiUrl ?? REFUSED,
    ANTHROPIC_API_KEY: "dummy-key",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    DISABLE_TELEMETRY: "1",
    DISABLE_AUTOUPDATER: "1",
    // The CLI refuses to bypass permissions as root unless it is told that it runs in a sandbox.
    ...(process.getuid?.() === 0 ? { IS_SANDBOX: "1" } : {}),
    ...options.variables,
  };
}

/** Variables that keep git to the repository at hand: an identity, no configuration of the machine, no question. */
export const gitEnvironment = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_TERMINAL_PROMPT: "0",
  GIT_AUTHOR_NAME: "Ada Tester",
  GIT_AUTHOR_EMAIL: "ada@example.org",
  GIT_COMMITTER_NAME: "Ada Tester",
  GIT_COMMITTER_EMAIL: "ada@example.org",
} as const;
