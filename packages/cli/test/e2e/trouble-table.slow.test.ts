import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { cutMidStream, delay, error, hang, status, text, type ReplyLike } from "@samocode/testkit";
import { describe, expect, it } from "vitest";
import {
  bash,
  createClaudeBench,
  signal,
  type Agent,
  type ClaudeBench,
} from "./support/claude-bench.ts";
import { endingsOf } from "./support/session-reading.ts";

const { poll } = expect;

/** One kind of trouble that an agent can have: with the API, with a limit, or with its own commands. */
interface Trouble {
  readonly name: string;
  /** What the API answers, again and again. */
  readonly reply: ReplyLike;
  /** It answers so once, and then as it should. */
  readonly once?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** What the first run comes to, if nobody interrupts it. */
  readonly exitCode: number;
  /** What the run says. */
  readonly says: RegExp;
  /** The events that end its iterations, and the state that each leads to. */
  readonly endings: readonly string[];
  /** Answered so much later where a run is to be interrupted in the middle of it: the CLI gives up at once. */
  readonly heldMs?: number;
}

const blocked = ["agent.failed blocked"];
const retried = ["agent.failed retrying", "signal.waiting waiting.action"];
const limited = ["agent.limited limited", "signal.waiting waiting.action"];
/** A subscription, and no key. */
const login = { CLAUDE_CODE_OAUTH_TOKEN: "scripted", ANTHROPIC_API_KEY: "" };
const resetsAt = String(Math.round(Date.now() / 1000) + 86_400);
/** The CLI asks the API once, and the runner lets one iteration fail. */
const impatient = { CLAUDE_CODE_MAX_RETRIES: "0", SAMOCODE_MAX_RETRIES: "1" };
const heldMs = 30_000;

const troubles: readonly Trouble[] = [
  {
    name: "401",
    reply: error(401, "authentication_error", "invalid x-api-key"),
    exitCode: 4,
    says: /Authentication failed: .*\/login, or set ANTHROPIC_API_KEY/s,
    endings: blocked,
    heldMs,
  },
  {
    name: "400",
    reply: error(400, "invalid_request_error", "messages: too strange"),
    exitCode: 3,
    says: /The API refused the request: .*too strange.*Check the log/s,
    endings: retried,
    heldMs,
  },
  {
    name: "a prompt that is too long",
    reply: error(
      400,
      "invalid_request_error",
      "prompt is too long: 210000 tokens > 200000 maximum",
    ),
    exitCode: 3,
    says: /The conversation exceeds the context of the model: Prompt is too long/,
    endings: retried,
    heldMs,
  },
  {
    name: "401 of a login",
    reply: error(401, "authentication_error", "OAuth token has expired."),
    env: { ...login, CLAUDE_CODE_MAX_RETRIES: "0" },
    exitCode: 3,
    says: /Authentication failed: .*OAuth token has expired/s,
    endings: retried,
    heldMs,
  },
  {
    name: "429 with a limit whose reset is not told",
    reply: error(429, "rate_limit_error", "You have reached your limit", {
      "anthropic-ratelimit-unified-status": "rejected",
      "anthropic-ratelimit-unified-representative-claim": "five_hour",
    }),
    env: login,
    exitCode: 3,
    says: /5-hour limit/,
    endings: limited,
    heldMs,
  },
  {
    name: "403",
    reply: error(403, "permission_error", "not for this key"),
    exitCode: 4,
    says: /Authentication failed: /,
    endings: blocked,
    heldMs,
  },
  {
    name: "404",
    reply: error(404, "not_found_error", "model: opus-99"),
    exitCode: 4,
    says: /Model unavailable: .*--model or CLAUDE_MODEL/s,
    endings: blocked,
    heldMs,
  },
  {
    name: "429 without a reset",
    reply: status(429),
    env: impatient,
    exitCode: 3,
    says: /Too many requests: /,
    endings: retried,
    heldMs,
  },
  {
    name: "429 with a reset",
    reply: error(429, "rate_limit_error", "You have reached your limit", {
      "anthropic-ratelimit-unified-status": "rejected",
      "anthropic-ratelimit-unified-reset": resetsAt,
      "anthropic-ratelimit-unified-representative-claim": "five_hour",
    }),
    env: login,
    exitCode: 3,
    says: /5-hour limit/,
    endings: limited,
    heldMs,
  },
  {
    name: "500",
    reply: status(500),
    env: impatient,
    exitCode: 3,
    says: /The API failed: /,
    endings: retried,
    heldMs,
  },
  {
    name: "529",
    reply: status(529),
    env: impatient,
    exitCode: 3,
    says: /The API is overloaded: /,
    endings: retried,
    heldMs,
  },
  {
    name: "a stream that is cut",
    reply: cutMidStream(text("I am about to say more.")),
    env: impatient,
    exitCode: 3,
    says: /The API could not be reached: /,
    endings: retried,
    heldMs,
  },
  {
    name: "an API that hangs",
    reply: hang(),
    env: { ...impatient, SAMOCODE_IDLE_TIMEOUT: "15" },
    exitCode: 3,
    says: /stopped after \d+ s without output \(SAMOCODE_IDLE_TIMEOUT, --idle-timeout\)/,
    endings: ["agent.stalled retrying", "signal.waiting waiting.action"],
  },
  {
    name: "a command that hangs",
    reply: bash("setsid tail -f /dev/null & tail -f /dev/null"),
    // The CLI is told to end a command before the idle limit is reached, and the agent goes on.
    env: { SAMOCODE_IDLE_TIMEOUT: "15" },
    once: true,
    exitCode: 3,
    says: /waits for a manual step/,
    endings: ["signal.waiting waiting.action"],
  },
  {
    name: "a command that hangs beyond the time limit",
    reply: bash("tail -f /dev/null"),
    env: { ...impatient, CLAUDE_TIMEOUT: "20" },
    exitCode: 3,
    says: /stopped after 20 s \(CLAUDE_TIMEOUT, --timeout\)/,
    endings: ["agent.timedOut retrying", "signal.waiting waiting.action"],
  },
  {
    name: "no turns left",
    reply: bash("echo on and on"),
    args: ["--max-turns", "2"],
    exitCode: 4,
    says: /stopped after 2 turns \(CLAUDE_MAX_TURNS, --max-turns\)/,
    endings: ["agent.outOfTurns blocked"],
    heldMs,
  },
  {
    name: "no money left",
    reply: bash("echo on and on"),
    args: ["--budget", "0.01"],
    exitCode: 4,
    says: /the budget of \$0\.01 is spent: .*\(SAMOCODE_BUDGET_USD, --budget\)/,
    endings: ["agent.overBudget blocked"],
    heldMs,
  },
];

/** A session whose first agent has this trouble, until it is repaired; the ones after it do their work. */
async function createTroubled(trouble: Trouble, isHeld: boolean) {
  const { reply, once: isOnce = false, env = {}, heldMs: held } = trouble;
  let isMended = false;
  const answer = isHeld && held !== undefined ? delay(held, reply) : reply;
  const agent: Agent = (told) => {
    const work = signal(told, { status: "waiting", for: "human_action" });
    if (isMended || told.iteration > 1) return [work];
    return isOnce ? [answer, work] : Array.from({ length: 50 }, () => answer);
  };
  const bench = await createClaudeBench([agent], { env });
  return {
    bench,
    mend: () => (isMended = true),
    [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
  };
}

const endings = (bench: ClaudeBench) => endingsOf(bench).map(({ event, to }) => `${event} ${to}`);
const stateOf = (bench: ClaudeBench) =>
  readdirSync(bench.project.sessions).length === 0 || !existsSync(history(bench))
    ? undefined
    : bench.records().at(-1)?.to;
const history = (bench: ClaudeBench) => join(bench.folder(), "_signal_history.jsonl");

describe.each(troubles)("$name", (trouble) => {
  const { exitCode, says, args = [] } = trouble;

  it("has the right outcome and message, and leaves nothing running", async () => {
    await using troubled = await createTroubled(trouble, false);
    const { bench } = troubled;
    const running = bench.start("t", "--task", "x", ...args);
    if (trouble.endings[0] === "agent.limited limited") {
      await poll(() => stateOf(bench), { timeout: 60_000 }).toBe("limited");
      expect(bench.file("_overview.md")).toContain("Limited Until: ");
      // Nobody waits for that in a test: a person knows better.
      expect(await bench.run("resume", "t")).toMatchObject({ exitCode: 0 });
    }
    const ended = await running;
    expect(ended.stderr).toMatch(says);
    expect(ended.stderr).not.toMatch(/this is a bug|^ +at /m);
    expect(ended.exitCode).toBe(exitCode);
    expect(endings(bench)).toEqual(trouble.endings);
    expect(bench.processes()).toEqual([]);
  });

  it("is ended by SIGINT, with nothing left running, and the next run goes on", async () => {
    await using troubled = await createTroubled(trouble, true);
    const { bench } = troubled;
    const running = bench.start("t", "--task", "x", ...args);
    await poll(() => bench.api.requests.length, { timeout: 60_000 }).toBeGreaterThan(0);
    running.kill("SIGINT");
    expect(await running).toMatchObject({ exitCode: 130 });
    expect(bench.processes()).toEqual([]);
    expect(bench.records().at(-1)).toMatchObject({ event: "agent.interrupted", to: "paused" });
    troubled.mend();
    expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
    expect(bench.status()).toMatchObject({ waitingFor: "human_action" });
    expect(bench.processes()).toEqual([]);
  });
});

it("says that nothing listens at the address of the API, and fails after all retries", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  server.close();
  await using bench = await createClaudeBench([], {
    env: { ...impatient, ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}` },
  });
  const { exitCode, stderr } = await bench.run("t", "--task", "x");
  expect(stderr).toMatch(/The API could not be reached: .*refused/i);
  expect(exitCode).toBe(1);
  expect(endingsOf(bench).map(({ to }) => to)).toEqual(["retrying", "failed"]);
  expect(bench.processes()).toEqual([]);
});

it("is ended by SIGINT while the CLI asks again and again for an API that is not there", async () => {
  await using bench = await createClaudeBench([], {
    env: { ANTHROPIC_BASE_URL: "http://127.0.0.1:9" },
  });
  const running = bench.start("t", "--task", "x");
  await poll(() => stateOf(bench) !== undefined && bench.processes().length, {
    timeout: 60_000,
  }).toBeGreaterThan(0);
  running.kill("SIGINT");
  expect(await running).toMatchObject({ exitCode: 130 });
  expect(bench.processes()).toEqual([]);
  expect(bench.records().at(-1)).toMatchObject({ event: "agent.interrupted", to: "paused" });
});
