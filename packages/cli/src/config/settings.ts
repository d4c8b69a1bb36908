import type { Patience } from "@samocode/core";
import { projectKeys } from "./project-keys.ts";
import { channels } from "./channel-setting.ts";
import type { ChannelSetting } from "@samocode/channels";
import { type SettingRow, word } from "@samocode/channels/plugin";
import { type ChannelSettings, channelRows } from "./channel-plugins.ts";
import { branchPrefix, choice, integer, patience, program, seconds, usd } from "./setting-kind.ts";

/** The permission modes of the Claude CLI. */
const permissionModes = [
  "acceptEdits",
  "auto",
  "bypassPermissions",
  "default",
  "dontAsk",
  "plan",
] as const;
type PermissionMode = (typeof permissionModes)[number];

/** All settings, read and in range. What is `undefined` has no default. */
export interface Settings extends ChannelSettings {
  /** A name to look up on `PATH`, or an absolute path. */
  readonly claudePath: string;
  readonly model: string;
  /** Model to go on with when the first one is overloaded or unknown. */
  readonly fallbackModel: string | undefined;
  readonly maxTurns: number;
  /** How long one iteration may take. */
  readonly timeoutMs: number;
  /** How long one iteration may go without a line of output; 0 is forever. */
  readonly idleTimeoutMs: number;
  readonly maxRetries: number;
  /** The first pause before a retry. */
  readonly retryDelayMs: number;
  /** Iterations of one call of `run`. */
  readonly maxIterations: number | undefined;
  /** What the whole session may cost. */
  readonly budgetUsd: number | undefined;
  readonly permissionMode: PermissionMode;
  /** What becomes of questions that nobody answers. */
  readonly onQuestionTimeout: Patience;
  /** What becomes of a plan that nobody approves or rejects. */
  readonly onApprovalTimeout: Patience;
  /** What becomes of a wait for something that nobody does, or a file that nobody brings up to date. */
  readonly onActionTimeout: Patience;
  /** Without `/` at its end. */
  readonly branchPrefix: string | undefined;
  /** Channels besides those of samocode. */
  readonly notify: readonly ChannelSetting[] | undefined;
}

const aWeek = 604_800;

/**
 * The settings, one row each: environment, `.env`, flags, `--help` and the README are all made from this table.
 *
 * @see docs of the flags: `samocode-run --help`
 */
export const settingRows: { readonly [K in keyof Settings]-?: SettingRow<Settings[K]> } = {
  claudePath: {
    variable: "CLAUDE_PATH",
    flag: "--claude-path",
    standard: "claude",
    kind: program(),
    doc: "the Claude CLI",
  },
  model: {
    variable: "CLAUDE_MODEL",
    flag: "--model",
    standard: "opus",
    kind: word("the name of a model", "name", /^[^\s-]\S*$/),
    doc: "model for the agents",
  },
  fallbackModel: {
    variable: "CLAUDE_FALLBACK_MODEL",
    flag: "--fallback-model",
    standard: undefined,
    kind: word("the name of a model", "name", /^[^\s-]\S*$/),
    doc: "model to use if the primary is overloaded or unavailable",
  },
  maxTurns: {
    variable: "CLAUDE_MAX_TURNS",
    flag: "--max-turns",
    standard: "300",
    // The CLI takes 0 as no limit at all.
    kind: integer({ min: 1, max: 10_000 }),
    doc: "maximum turns per iteration",
  },
  timeoutMs: {
    variable: "CLAUDE_TIMEOUT",
    flag: "--timeout",
    standard: "1800",
    kind: seconds({ min: 0, max: aWeek, aboveMin: true }),
    doc: "time limit per iteration",
  },
  idleTimeoutMs: {
    variable: "SAMOCODE_IDLE_TIMEOUT",
    flag: "--idle-timeout",
    standard: "900",
    kind: seconds({ min: 0, max: aWeek }, " (0 = off)"),
    doc: "stop the agent after this long without output",
  },
  maxRetries: {
    variable: "SAMOCODE_MAX_RETRIES",
    flag: "--max-retries",
    standard: "3",
    kind: integer({ min: 0, max: 10 }),
    doc: "maximum retries of a failed iteration",
  },
  retryDelayMs: {
    variable: "SAMOCODE_RETRY_DELAY",
    flag: "--retry-delay",
    standard: "5",
    kind: seconds({ min: 0, max: 3600 }),
    doc: "initial retry delay (exponential backoff)",
  },
  maxIterations: {
    variable: "SAMOCODE_MAX_ITERATIONS",
    flag: "--max-iterations",
    standard: undefined,
    kind: integer({ min: 1, max: 100_000 }),
    doc: "maximum iterations per `run`",
  },
  budgetUsd: {
    variable: "SAMOCODE_BUDGET_USD",
    flag: "--budget",
    standard: undefined,
    kind: usd({ min: 0, max: 1_000_000, aboveMin: true }),
    doc: "cost limit for the whole session",
  },
  permissionMode: {
    variable: "SAMOCODE_PERMISSION_MODE",
    flag: "--permission-mode",
    standard: "bypassPermissions",
    kind: choice(permissionModes),
    doc: "permission mode of the Claude CLI",
  },
  onQuestionTimeout: {
    variable: "ON_QUESTION_TIMEOUT",
    flag: "--on-question-timeout",
    standard: "wait",
    kind: patience("qa_answers"),
    doc: "what to do if a question gets no answer in time",
  },
  onApprovalTimeout: {
    variable: "ON_APPROVAL_TIMEOUT",
    flag: "--on-approval-timeout",
    standard: "wait",
    kind: patience("plan_approval"),
    doc: "what to do if a plan gets no decision in time",
  },
  onActionTimeout: {
    variable: "ON_ACTION_TIMEOUT",
    flag: "--on-action-timeout",
    standard: "wait",
    kind: patience("human_action"),
    doc: "what to do if a manual step is not done in time",
  },
  branchPrefix: {
    variable: "GIT_BRANCH_PREFIX",
    standard: undefined,
    kind: branchPrefix(),
    doc: "prefix for new branches",
  },
  ...channelRows,
  notify: {
    variable: "SAMOCODE_NOTIFY",
    flag: "--notify",
    standard: undefined,
    kind: channels(),
    doc: "additional notification channels (docs/channels.md)",
  },
};

/**
 * Gives the name under which commander hands over the value of a flag.
 *
 * @example
 * flagKey("--max-turns"); // "maxTurns"
 */
export function flagKey(flag: string): string {
  return flag.slice(2).replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Gives the settings as a Markdown table, for the README and the docs. */
export function formatSettingsTable(): string {
  const keys = projectKeys.map(
    ({ key, standard, expected, doc }) =>
      `| \`${key}\` (only in \`.samocode\`) | | ${standard ?? ""} | ${expected} | ${doc} |\n`,
  );
  const rows = Object.values(settingRows).map(
    ({ variable, flag, standard, kind, doc }) =>
      `| \`${variable}\` | ${flag ? `\`${flag}\`` : ""} | ${standard ? `\`${standard}\`` : ""} | ${kind.expected} | ${doc} |\n`,
  );
  return `| variable | flag | default | value | for |\n| --- | --- | --- | --- | --- |\n${keys.join("")}${rows.join("")}`;
}
