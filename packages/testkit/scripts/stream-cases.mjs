/**
 * The runs of the CLI that are recorded as fixtures: what the API answers, and how the CLI is started.
 *
 * A case is `{ script, prompt?, flags?, variables?, after?, act?, apiUrl? }`: `after` names a case of the same conversation that
 * is run before it (in the same project), `act` does something to the run while it lives.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import {
  cutAfterHeaders,
  cutBeforeHeaders,
  cutMidStream,
  error,
  hang,
  message,
  raw,
  scriptedConversation,
  status,
  streamError,
  text,
  toolUse,
} from "../dist/index.js";

export const SESSION_ID = "11111111-1111-4111-8111-111111111111";

const ONCE = { CLAUDE_CODE_MAX_RETRIES: "0" };
const TWICE = { CLAUDE_CODE_MAX_RETRIES: "1" };
const SUBSCRIPTION = { ...ONCE, ANTHROPIC_API_KEY: "", CLAUDE_CODE_OAUTH_TOKEN: "dummy-token" };

const bash = (command, more = {}) => toolUse("Bash", { command, description: "Run", ...more });
const stopHook = (command) => [
  "--settings",
  JSON.stringify({ hooks: { Stop: [{ hooks: [{ type: "command", command }] }] } }),
];
const always = (reply) => () => reply;

/** The limits of a subscription, as headers. */
function limits(state, claim) {
  const resetsAt = String(Math.floor(Date.now() / 1000) + 7200);
  return {
    "anthropic-ratelimit-unified-status": state,
    "anthropic-ratelimit-unified-reset": resetsAt,
    "anthropic-ratelimit-unified-representative-claim": claim,
    "anthropic-ratelimit-unified-5h-utilization": state === "rejected" ? "1" : "0.91",
    "anthropic-ratelimit-unified-5h-reset": resetsAt,
    "anthropic-ratelimit-unified-7d-utilization": claim === "five_hour" ? "0.4" : "1",
    "anthropic-ratelimit-unified-7d-reset": resetsAt,
  };
}

/** A command that runs until it is killed, and says when it has started. */
const ENDLESS = "touch started; tail -f /dev/null; true";

async function until(condition) {
  for (let waited = 0; waited < 20_000; waited += 50) {
    if (condition()) return;
    await sleep(50);
  }
  throw new Error("waited 20 s in vain");
}

const killInCommand = (signal) => ({
  script: scriptedConversation([[text("Looking."), bash(ENDLESS)], text("Done.")]),
  act: async ({ run, project }) => {
    await until(() => existsSync(join(project.repo, "started")));
    process.kill(run.pid, signal);
  },
});

const killAtRequest = (script, signal, flags = []) => ({
  script,
  flags,
  act: async ({ run, api }) => {
    await until(() => api.requests.length > 0);
    await sleep(500);
    process.kill(run.pid, signal);
  },
});

const refuse = (reply, variables = ONCE) => ({ script: always(reply), variables });
const work = scriptedConversation([[text("Looking."), bash("echo hi")], text("Done.")]);

export const cases = {
  success: { script: work },
  "success-partial-messages": { script: work, flags: ["--include-partial-messages"] },
  resumed: { script: always(text("Mended.")), after: "success" },
  "resume-unknown": { script: always(text("x")), flags: ["--resume", SESSION_ID], noSession: true },
  "session-id-in-use": {
    script: always(text("x")),
    flags: ["--session-id", SESSION_ID],
    after: "success",
    noSession: true,
  },
  "denied-tool": {
    script: scriptedConversation([bash("git init other"), text("Done.")]),
    flags: ["--permission-mode", "dontAsk"],
  },
  "background-command": {
    script: scriptedConversation([
      bash("tail -f /dev/null & sleep 1.5; kill $!; echo late", { run_in_background: true }),
      text("Started."),
      text("Seen."),
    ]),
  },
  "background-subagent": {
    script: scriptedConversation([
      toolUse("Agent", { description: "Look", prompt: "Look.", subagent_type: "general-purpose" }),
      text("Waiting."),
      text("Done."),
    ]),
  },
  "foreground-subagent": {
    script: scriptedConversation([
      toolUse("Agent", { description: "Look", prompt: "Look.", subagent_type: "general-purpose" }),
      text("Done."),
    ]),
    variables: { CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: "1" },
  },
  "stop-hook-blocks-once": {
    script: always(text("Done.")),
    flags: stopHook("test -e signal || { touch signal; echo 'no signal' >&2; exit 2; }"),
  },
  "stop-hook-blocks-always": {
    script: always(text("Done.")),
    flags: stopHook(`echo '{"decision":"block","reason":"no signal"}'`),
  },
  "stop-hook-ends": {
    script: always(text("Done.")),
    flags: stopHook(`echo '{"continue":false,"stopReason":"enough"}'`),
  },
  "max-turns": { script: always(bash("echo hi")), flags: ["--max-turns", "2"] },
  "max-budget": {
    script: always(message(bash("echo hi"), { usage: { input_tokens: 200_000 } })),
    flags: ["--max-budget-usd", "1"],
  },
  "max-budget-at-end": {
    script: always(message(text("Done."), { usage: { input_tokens: 400_000 } })),
    flags: ["--max-budget-usd", "1"],
  },
  "max-budget-zero": { script: always(text("x")), flags: ["--max-budget-usd", "0"] },
  "agent-unknown": { script: always(text("x")), flags: ["--agent", "nobody"] },
  "plugin-missing": { script: always(text("Done.")), flags: ["--plugin-dir", "/nonexistent"] },
  "flag-unknown": { script: always(text("x")), flags: ["--nonsense"] },
  "not-logged-in": { script: always(text("x")), variables: { ANTHROPIC_API_KEY: "" } },
  400: refuse(status(400)),
  "400-credit": refuse(
    error(
      400,
      "invalid_request_error",
      "Your credit balance is too low to access the Anthropic API.",
    ),
  ),
  "400-prompt-too-long": refuse(
    error(400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"),
  ),
  401: refuse(error(401, "authentication_error", "invalid x-api-key")),
  "401-retried": refuse(error(401, "authentication_error", "invalid x-api-key"), TWICE),
  403: refuse(status(403)),
  "404-model": refuse(error(404, "not_found_error", "model: claude-opus-9")),
  413: refuse(status(413)),
  429: refuse(status(429)),
  "429-retried": refuse(status(429), TWICE),
  "429-retry-after": refuse(status(429, { "retry-after": "3600" }), TWICE),
  "429-five-hours": refuse(status(429, limits("rejected", "five_hour")), SUBSCRIPTION),
  "429-week": refuse(status(429, limits("rejected", "seven_day")), SUBSCRIPTION),
  "429-week-opus": refuse(status(429, limits("rejected", "seven_day_opus")), SUBSCRIPTION),
  "429-subscription-bare": refuse(status(429), SUBSCRIPTION),
  "limit-warning": refuse(
    message(text("Done."), { headers: limits("allowed_warning", "five_hour") }),
    SUBSCRIPTION,
  ),
  500: refuse(status(500)),
  "500-final": refuse(status(500, { "x-should-retry": "false" }), TWICE),
  502: refuse(status(502)),
  529: refuse(status(529)),
  "529-retried": refuse(status(529), TWICE),
  "529-then-fine": {
    script: ({ number }) => (number === 1 ? status(529) : text("Done.")),
    variables: TWICE,
  },
  "529-fallback": {
    script: ({ model }) => (model.includes("opus") ? status(529) : text("Done.")),
    flags: ["--fallback-model", "sonnet"],
    variables: { CLAUDE_CODE_MAX_RETRIES: "4" },
  },
  "529-in-stream": refuse(streamError(529)),
  refused: { ...refuse(text("x")), apiUrl: "http://127.0.0.1:9" },
  "unknown-host": { ...refuse(text("x")), apiUrl: "http://nowhere.invalid" },
  "cut-before-headers": refuse(cutBeforeHeaders()),
  "cut-after-headers": refuse(cutAfterHeaders()),
  "cut-in-block": refuse(cutMidStream(text("Some words."))),
  "cut-in-block-then-fine": {
    script: ({ stream }) => (stream ? cutMidStream(text("Some words.")) : text("Done.")),
    variables: ONCE,
  },
  "cut-after-text": refuse(cutMidStream(text("Some words."), "after-block")),
  "cut-after-tool": {
    script: ({ turn }) =>
      turn === 0 ? cutMidStream(bash("echo hi"), "after-block") : text("Done."),
    variables: ONCE,
  },
  "cut-after-tool-then-fine": {
    script: ({ turn, stream }) =>
      turn > 0
        ? text("Done.")
        : stream
          ? cutMidStream(bash("echo hi"), "after-block")
          : bash("echo hi"),
    variables: ONCE,
  },
  html: refuse(raw("text/html", "<h1>Log in</h1>")),
  refusal: refuse(message(text("No."), { stopReason: "refusal" })),
  "max-tokens": refuse(message(text("Some words."), { stopReason: "max_tokens" })),
  "empty-once": { script: ({ number }) => (number === 1 ? message([]) : text("Done.")) },
  "empty-always": { script: always(message([])) },
  "slash-unknown": { script: always(text("Done.")), prompt: "/nonsense a" },
  "sigint-in-command": killInCommand("SIGINT"),
  "sigterm-in-command": killInCommand("SIGTERM"),
  "sighup-in-command": killInCommand("SIGHUP"),
  "sigkill-in-command": killInCommand("SIGKILL"),
  "sigint-before-answer": killAtRequest(always(hang()), "SIGINT"),
  "sigint-in-stream": killAtRequest(
    always(message(text("Some more words."), { pieceDelayMs: 1500 })),
    "SIGINT",
    ["--include-partial-messages"],
  ),
  "sigterm-before-answer": killAtRequest(always(hang()), "SIGTERM"),
};
