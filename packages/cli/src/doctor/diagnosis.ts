import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { readSettings, type ConfigInput } from "../config/config.ts";
import { ConfigError } from "../config/config-error.ts";
import type { Settings } from "../config/settings.ts";
import { checkChannels, checkPlugins } from "./channel-checks.ts";
import type { Check } from "@samocode/channels/plugin";
import { checkClaude } from "./claude-checks.ts";
import { checkDisk, checkGit, checkIdentity, checkNode } from "./machine-checks.ts";
import { checkConfig, checkProjectFolders } from "./project-checks.ts";
import { checkTexts } from "./text-check.ts";

/**
 * Looks at all that a session needs, in the order in which one would set it up. Asks no model, sends no
 * message and leaves nothing behind.
 */
export async function diagnose(input: ConfigInput): Promise<readonly Check[]> {
  const git = await checkGit(input.env);
  const settings = settingsOf(input);
  const checks = await Promise.all([
    checkClaude(settings ?? assumed(input), input.env),
    git.state === "fault" ? [] : checkProject(input),
    settings === undefined ? [] : checkPlugins(settings),
  ]);
  return [checkNode(), git, ...checks.flat()];
}

async function checkProject(input: ConfigInput): Promise<readonly Check[]> {
  const { checks, config } = await checkConfig(input);
  if (config === undefined) return [await checkIdentity(input.cwd, input.env), ...checks];
  const { configPath, mainRepo, worktrees, sessions } = config.project;
  const disks = (await areOnOneDisk(worktrees, sessions)) ? [worktrees] : [worktrees, sessions];
  const [identity, folders, texts, channels, space] = await Promise.all([
    checkIdentity(mainRepo, input.env),
    checkProjectFolders(config.project),
    checkTexts(config.project),
    checkChannels(config.settings, dirname(configPath), input.env),
    Promise.all(disks.map((folder) => checkDisk("disk", folder))),
  ]);
  return [identity, ...checks, ...folders, ...texts, ...channels, ...space];
}

async function areOnOneDisk(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([stat(one), stat(other)]);
  return first.dev === second.dev;
}

/** What is most likely meant where the settings cannot be used. */
function assumed({ env }: ConfigInput): Pick<Settings, "claudePath" | "permissionMode"> {
  return { claudePath: env["CLAUDE_PATH"] || "claude", permissionMode: "bypassPermissions" };
}

/** `undefined` if they are invalid, which the check of the configuration reports. */
function settingsOf(input: ConfigInput): Settings | undefined {
  try {
    return readSettings(input).settings;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return undefined;
  }
}
