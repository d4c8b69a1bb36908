#!/usr/bin/env node
/**
 * Record what the newest and the oldest Claude CLI say of limits, into `packages/agent-claude/test/fixtures/cli/limits.json`.
 *
 *     pnpm build && node packages/testkit/scripts/record-limits.mjs
 *
 * The words name real times: each recording has the moment from which its limit was counted, in whole minutes.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import {
  cleanEnvironment,
  createScriptedApi,
  createTempProject,
  error,
  installClaude,
  startCli,
  status,
} from "../dist/index.js";

const TARGET = fileURLToPath(
  new URL("../../agent-claude/test/fixtures/cli/limits.json", import.meta.url),
);
const LONGEST_MS = 120_000;
const HOUR = 3600;
const DAY = 24 * HOUR;

const KEY = { CLAUDE_CODE_MAX_RETRIES: "0" };
const LOGIN = { ...KEY, ANTHROPIC_API_KEY: "", CLAUDE_CODE_OAUTH_TOKEN: "dummy-token" };

const limit = (headers) =>
  error(429, "rate_limit_error", "limit", {
    "anthropic-ratelimit-unified-status": "rejected",
    ...headers,
  });

/** A limit of a subscription that ends so many seconds after `now`. */
const claim = (kind, now, seconds) =>
  limit({
    "anthropic-ratelimit-unified-representative-claim": kind,
    ...(seconds > 0 && { "anthropic-ratelimit-unified-reset": String(now + seconds) }),
  });

/** What the API answers, and to which login. */
const cases = (now) => [
  { name: "five hours", reply: claim("five_hour", now, 3 * HOUR), variables: LOGIN },
  { name: "a week", reply: claim("seven_day", now, 4 * DAY), variables: LOGIN },
  { name: "a week of Opus", reply: claim("seven_day_opus", now, 4 * DAY), variables: LOGIN },
  {
    name: "extra usage",
    reply: limit({
      "anthropic-ratelimit-unified-representative-claim": "five_hour",
      "anthropic-ratelimit-unified-reset": String(now + 3 * HOUR),
      "anthropic-ratelimit-unified-overage-status": "rejected",
      "anthropic-ratelimit-unified-overage-reset": String(now + 5 * HOUR),
      "anthropic-ratelimit-unified-overage-disabled-reason": "out_of_credits",
    }),
    variables: LOGIN,
  },
  { name: "no reset", reply: claim("five_hour", now, 0), variables: LOGIN },
  { name: "the server's own", reply: status(429), variables: LOGIN },
  { name: "of a key", reply: status(429), variables: KEY },
];

/** The fields that say something of a limit, by the type of the line. */
const fields = {
  rate_limit_event: ["type", "rate_limit_info"],
  assistant: ["type", "error", "message"],
  result: [
    "type",
    "subtype",
    "is_error",
    "api_error_status",
    "terminal_reason",
    "stop_reason",
    "result",
  ],
};

const recordings = [];
for (const edition of ["newest", "oldest"]) {
  const claude = await installClaude(edition);
  const [version] = execFileSync(claude, ["--version"], { encoding: "utf8" }).split(" ");
  const now = Math.ceil(Date.now() / 60_000) * 60;
  for (const { name, reply, variables } of cases(now)) {
    const lines = await record(claude, reply, variables);
    recordings.push({ version, name, saidAt: new Date(now * 1000).toISOString(), lines });
    console.log(`${version} ${name}: ${lines.at(-1)?.result}`);
  }
}
writeFileSync(TARGET, `${JSON.stringify(recordings, null, 2)}\n`);

async function record(claude, reply, variables) {
  const project = await createTempProject();
  const api = await createScriptedApi(() => reply);
  const folder = join(project.root, "run");
  mkdirSync(folder);
  const run = startCli(claude, folder, {
    prompt: "Do it.",
    cwd: project.repo,
    flags: ["--model", "opus"],
    env: cleanEnvironment({ home: project.home, apiUrl: api.url, variables }),
  });
  const tooLong = setTimeout(() => process.kill(run.pid, "SIGKILL"), LONGEST_MS);
  await run.ended;
  clearTimeout(tooLong);
  await api.close();
  const lines = run.lines().flatMap((line) => trim(line));
  await project.dispose();
  return lines;
}

function trim(line) {
  const kept = fields[line.type];
  if (kept === undefined) return [];
  const told = Object.fromEntries(kept.map((name) => [name, line[name]]));
  return line.type === "assistant"
    ? [{ ...told, message: { content: line.message.content } }]
    : [told];
}
