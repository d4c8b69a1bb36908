import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import {
  createTempProject,
  cutBeforeHeaders,
  error,
  hang,
  message,
  type ReplyLike,
  scriptedConversation,
  status,
  type TempProject,
  text,
  toolUse,
} from "../src/index.ts";
import { runClaude } from "./run-claude.ts";

const ID = "11111111-1111-4111-8111-111111111111";
/** The Bash tool refuses a bare `sleep`. */
const ENDLESS = "touch started; tail -f /dev/null; true";

const bash = (command: string) => toolUse("Bash", { command, description: "Run" });

let project: TempProject;

beforeEach(async () => {
  project = await createTempProject();
});

afterEach(async () => {
  for (const pid of findProcesses()) process.kill(pid, "SIGKILL");
  await project.dispose();
});

/** Processes that run in the repository. */
function findProcesses(): number[] {
  if (!existsSync("/proc/self")) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === project.repo;
      } catch {
        return false;
      }
    })
    .map(Number);
}

const endings: readonly [string, ReplyLike, Record<string, unknown>, string][] = [
  [
    "401",
    error(401, "authentication_error", "invalid x-api-key"),
    { api_error_status: 401 },
    "authentication_failed",
  ],
  ["403", status(403), { api_error_status: 403 }, "authentication_failed"],
  ["400", status(400), { api_error_status: 400 }, "unknown"],
  [
    "no credit",
    error(400, "invalid_request_error", "Your credit balance is too low to access"),
    { api_error_status: 400 },
    "billing_error",
  ],
  [
    "a prompt too long",
    error(400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"),
    { terminal_reason: "prompt_too_long" },
    "invalid_request",
  ],
  ["404", error(404, "not_found_error", "model: x"), { api_error_status: 404 }, "model_not_found"],
  ["429", status(429), { api_error_status: 429 }, "rate_limit"],
  ["500", status(500), { api_error_status: 500 }, "server_error"],
  ["529", status(529), { api_error_status: 529 }, "server_error"],
  ["a cut connection", cutBeforeHeaders(), { api_error_status: null }, "server_error"],
];

test.each(endings)(
  "%s ends with exit code 1 and a `success` that is an error",
  async (_, reply, result, kind) => {
    const run = await runClaude({ project, script: () => reply });
    expect([run.code, run.result]).toEqual([
      1,
      expect.objectContaining({ subtype: "success", is_error: true, ...result }),
    ]);
    expect(run.lines.flatMap((line) => line["error"] ?? [])).toEqual([kind]);
  },
);

test("an API that refuses ends the same way", async () => {
  const run = await runClaude({ project, script: () => text("x"), apiUrl: "http://127.0.0.1:9" });
  expect([run.code, run.result]).toEqual([
    1,
    expect.objectContaining({ subtype: "success", is_error: true, api_error_status: null }),
  ]);
});

test("a retry is told before it is made", async () => {
  const run = await runClaude({
    project,
    script: ({ number }) => (number === 1 ? status(529) : text("Done.")),
    variables: { CLAUDE_CODE_MAX_RETRIES: "1" },
  });
  expect(run.code).toBe(0);
  expect(run.lines.find(({ subtype }) => subtype === "api_retry")).toMatchObject({
    attempt: 1,
    max_retries: 1,
    error_status: 529,
    error: "overloaded",
  });
});

test("a used-up subscription tells when it is there again", async () => {
  const resetsAt = Math.floor(Date.now() / 1000) + 7200;
  const run = await runClaude({
    project,
    script: () =>
      status(429, {
        "anthropic-ratelimit-unified-status": "rejected",
        "anthropic-ratelimit-unified-reset": String(resetsAt),
        "anthropic-ratelimit-unified-representative-claim": "five_hour",
      }),
    variables: { ANTHROPIC_API_KEY: "", CLAUDE_CODE_OAUTH_TOKEN: "dummy-token" },
  });
  expect([run.code, run.requests.length]).toEqual([1, 1]);
  expect(run.lines.find(({ type }) => type === "rate_limit_event")).toMatchObject({
    rate_limit_info: { status: "rejected", resetsAt, rateLimitType: "five_hour" },
  });
});

test("the limit on turns ends the run after the tools of the last turn", async () => {
  const run = await runClaude({
    project,
    script: () => bash("echo x >> ran"),
    flags: ["--max-turns", "2"],
  });
  expect([run.code, run.result]).toEqual([
    1,
    expect.objectContaining({ subtype: "error_max_turns", is_error: true, num_turns: 3 }),
  ]);
  expect(readFileSync(join(project.repo, "ran"), "utf8")).toBe("x\nx\n");
});

test("the limit on money ends the run before the tools of the answer that passes it, and counts the process alone", async () => {
  const dear = message(bash("touch ran"), { usage: { input_tokens: 200_000 } });
  const flags = ["--max-budget-usd", "0.5"];
  const run = await runClaude({
    project,
    script: () => dear,
    flags: [...flags, "--session-id", ID],
  });
  expect([run.code, run.result]).toEqual([
    1,
    expect.objectContaining({ subtype: "error_max_budget_usd", is_error: true }),
  ]);
  expect(existsSync(join(project.repo, "ran"))).toBe(false);
  expect(run.result).not.toHaveProperty("result");
  const resumed = await runClaude({
    project,
    script: () => text("Done."),
    flags: [...flags, "--resume", ID],
  });
  expect([resumed.code, resumed.result?.["is_error"]]).toEqual([0, false]);
});

test("an agent that does not exist ends the run before it begins", async () => {
  const run = await runClaude({ project, script: () => text("x"), flags: ["--agent", "nobody"] });
  expect([run.code, run.lines, run.requests]).toEqual([1, [], []]);
  expect(run.stderr).toContain("--agent 'nobody' not found");
});

/** Kill the CLI while its Bash tool runs a command, and see what is left. */
async function killInCommand(signal: NodeJS.Signals) {
  const started = join(project.repo, "started");
  const run = await runClaude({
    project,
    script: scriptedConversation([bash(ENDLESS), text("Done.")]),
    flags: ["--session-id", ID],
    variables: { SAMOCODE_RUN: "run-7" },
    act: async (pid) => {
      await vi.waitFor(() => expect(existsSync(started)).toBe(true), {
        timeout: 20_000,
        interval: 50,
      });
      process.kill(pid, signal);
    },
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { ...run, left: findProcesses() };
}

describe.runIf(existsSync("/proc/self"))("a kill signal while a command runs", () => {
  test("SIGINT leaves nothing behind, and ends with no result or one that is an error", async () => {
    const { results, left } = await killInCommand("SIGINT");
    expect(left).toEqual([]);
    expect(results.filter((result) => result["is_error"] !== true)).toEqual([]);
  });

  test("SIGTERM leaves nothing behind and ends with 143 and no result", async () => {
    const { code, result, left } = await killInCommand("SIGTERM");
    expect([code, result, left]).toEqual([143, undefined, []]);
  });

  test("SIGKILL leaves the command behind, with the variables of the run, and the conversation can be resumed", async () => {
    const { code, left } = await killInCommand("SIGKILL");
    expect(code).toBe("SIGKILL");
    expect(left.length).toBeGreaterThan(0);
    for (const pid of left)
      expect(readFileSync(`/proc/${pid}/environ`, "utf8").split("\0")).toContain(
        "SAMOCODE_RUN=run-7",
      );
    const resumed = await runClaude({
      project,
      script: scriptedConversation([text("unused"), text("Mended.")]),
      flags: ["--resume", ID],
    });
    expect([resumed.code, resumed.result?.["result"]]).toEqual([0, "Mended."]);
  });
});

test("SIGINT before an answer comes ends with exit code 0, and with no result or one that is an error", async () => {
  const seen = join(project.root, "asked");
  const run = await runClaude({
    project,
    script: async () => {
      await writeFile(seen, "");
      return hang();
    },
    act: async (pid) => {
      await vi.waitFor(() => expect(existsSync(seen)).toBe(true), {
        timeout: 20_000,
        interval: 50,
      });
      process.kill(pid, "SIGINT");
    },
  });
  expect(run.code).toBe(0);
  expect(run.results.filter((result) => result["is_error"] !== true)).toEqual([]);
});
