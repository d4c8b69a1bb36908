import type { Failure } from "@samocode/agent";
import { findStatus, isConversationGone, isConversationTooLong } from "./conversation-fault.ts";
import type { ResultEvent } from "./stream-event.ts";
import type { StreamSummary } from "./stream-summary.ts";

const loginCure =
  "Run `claude` and log in with /login, or set ANTHROPIC_API_KEY to a valid key; then run the session again.";

/**
 * The failure of an agent that the API does not let in.
 *
 * @param isRefusedLogin True for a login that was there and that the API refused: another process may just be renewing it.
 */
export function authenticationFailure(words: string, isRefusedLogin: boolean): Failure {
  return {
    kind: "authentication",
    canRetry: false,
    ...(isRefusedLogin && { secondTry: "login" }),
    message: `Authentication failed: ${words}`,
    cure: loginCure,
  };
}

/** The failure that an erroneous result tells of. */
export function failureOfResult(result: ResultEvent, summary: StreamSummary): Failure {
  const error = summary.apiError?.error ?? "";
  const words = result.errors.join(" ") || result.text || summary.apiError?.text || result.subtype;
  const status = result.apiErrorStatus ?? findStatus(words);

  if (result.terminalReason?.startsWith("aborted") === true) {
    return {
      kind: "killed",
      canRetry: true,
      message: "Claude was interrupted by another process.",
    };
  }
  if (status === 401 || status === 403 || /^(authentication_failed|oauth_org)/.test(error)) {
    return authenticationFailure(words, isRefusedLogin(status, words, summary));
  }
  if (isConversationGone(words)) return goneFailure(words);
  if (error === "billing_error" || /credit balance/i.test(words)) {
    return {
      kind: "billing",
      canRetry: false,
      message: `Billing problem: ${words}`,
      cure: "Add credit at https://console.anthropic.com/settings/billing, or log in with another account.",
    };
  }
  if (error === "model_not_found" || status === 404) {
    return {
      kind: "model",
      canRetry: false,
      message: `Model unavailable: ${words}`,
      cure: "Choose another with --model or CLAUDE_MODEL, for example `opus` or `sonnet`.",
    };
  }
  const isTooLong = /prompt_too_long|blocking_limit/.test(result.terminalReason ?? "");
  if (isTooLong || isConversationTooLong(words)) {
    return {
      kind: "prompt-too-long",
      canRetry: false,
      secondTry: "conversation",
      message: `The conversation exceeds the context of the model: ${words}`,
      cure: "Shorten the agent's input (CLAUDE.md, the overview, MCP servers with many tools), or choose a model with a larger context.",
    };
  }
  if (result.stopReason === "refusal") {
    return {
      kind: "refusal",
      canRetry: false,
      message: `The model declined: ${words}`,
      cure: "Rephrase the task, or choose another model.",
    };
  }
  return failureOfStatus(status, error, words);
}

/** Whether the API refused a login, and not a key. */
export function isLogin({ init }: StreamSummary, words: string): boolean {
  const source = init?.apiKeySource;
  if (source !== undefined) return source === "none";
  return (
    /\b(?:oauth|bearer|token|log ?in|logged)\b/i.test(words) && !/\bapi[ -]?key\b/i.test(words)
  );
}

function isRefusedLogin(
  status: number | undefined,
  words: string,
  summary: StreamSummary,
): boolean {
  const isRefused =
    status === 401 || status === 403 || /\b(?:expired|revoked|not allowed)\b/i.test(words);
  return isRefused && isLogin(summary, words);
}

function goneFailure(words: string): Failure {
  return {
    kind: "unknown-session",
    canRetry: false,
    secondTry: "conversation",
    message: `Claude cannot continue the conversation: ${words}`,
    cure: "A conversation can only be resumed in the same folder and with the same CLAUDE_CONFIG_DIR: check whether either has changed.",
  };
}

function failureOfStatus(status: number | undefined, error: string, words: string): Failure {
  if (error === "max_output_tokens") {
    return {
      kind: "output-too-long",
      canRetry: true,
      message: `A response was too long: ${words}`,
    };
  }
  if (status === 429 || error === "rate_limit") {
    return { kind: "rate-limit", canRetry: true, message: `Too many requests: ${words}` };
  }
  if (status === 529 || error === "overloaded") {
    return { kind: "overloaded", canRetry: true, message: `The API is overloaded: ${words}` };
  }
  if (status !== undefined && status >= 500) {
    return { kind: "server", canRetry: true, message: `The API failed: ${words}` };
  }
  if (status !== undefined && status >= 400) {
    return {
      kind: "invalid-request",
      canRetry: false,
      secondTry: "conversation",
      message: `The API refused the request: ${words}`,
      cure: "Check the log of this iteration; a plugin, an MCP server or a large file may be the cause.",
    };
  }
  if (error === "server_error") {
    return {
      kind: "connection",
      canRetry: true,
      message: `The API could not be reached: ${words}`,
    };
  }
  return { kind: "agent", canRetry: true, message: `Claude failed: ${words}` };
}

/** The failure of a program that ended with an error before it wrote anything to stdout. */
export function rejectedFailure(stderr: string): Failure {
  const words = stderr.trim() || "it exited with code 1 and no output";
  if (isConversationGone(words)) return goneFailure(words);
  const message = `The agent did not start: ${words}`;
  if (isHalfInstalled(words)) return { kind: "start", canRetry: true, message };
  return { kind: "rejected", canRetry: false, message, cure: cureOfRejection(words) };
}

/** What a program says of itself whose files are just being replaced. */
function isHalfInstalled(words: string): boolean {
  return /\b(?:cannot find (?:module|package)|MODULE_NOT_FOUND|SyntaxError|unexpected end|text file busy|exec format error)\b/i.test(
    words,
  );
}

function cureOfRejection(words: string): string {
  if (/root\/sudo/.test(words)) {
    return "Do not run as root, or set IS_SANDBOX=1 if this machine is a sandbox, or choose another SAMOCODE_PERMISSION_MODE.";
  }
  if (/--agent .*not found/.test(words)) {
    return "The plugin with the agents was not loaded: reinstall samocode.";
  }
  if (/unknown option/.test(words)) {
    return "Update the Claude CLI (`claude update`), or set CLAUDE_PATH to a newer one.";
  }
  return "Check that `claude` starts on its own; its output is in the `.stderr.txt` file of this iteration in `_logs/`.";
}
