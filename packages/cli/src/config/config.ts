import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { type ConfigProblem, invalidConfig, missingConfig } from "./config-error.ts";
import { parseConfigFile, readConfigText, type ConfigText } from "./config-file.ts";
import { findConfigFile } from "./config-search.ts";
import { checkProject, type Project } from "./project.ts";
import {
  configFileSource,
  environmentSource,
  flagSource,
  parseEnvFile,
  resolveSettings,
  type SettingsCheck,
  type SettingSource,
} from "./setting-source.ts";
import type { Settings } from "./settings.ts";

/** What the configuration is read from. */
export interface ConfigInput {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As given with `--config`: the file, or a folder with `.samocode` in it. */
  readonly configPath?: string;
  /** Strings under the names that commander uses (`maxTurns`), without commander's defaults. */
  readonly flags?: Readonly<Record<string, unknown>>;
}

/** All that a command needs to know of its project. */
export interface Config {
  readonly project: Project;
  readonly settings: Settings;
  /** One line each, to be told to the person. */
  readonly warnings: readonly string[];
}

/**
 * Reads `.samocode`, the `.env` files, the environment and the flags. Changes nothing on disk.
 *
 * @throws {ConfigError} with all that is wrong, when there is no `.samocode`, a folder is missing, or a value is out of range.
 * @example
 * const { project, settings, warnings } = await readConfig({ cwd: process.cwd(), env: process.env });
 */
export async function readConfig(input: ConfigInput): Promise<Config> {
  const search = findConfigFile(input.cwd, input.configPath);
  if ("lookedAt" in search) throw missingConfig(search.lookedAt);
  const { path } = search;

  const text = readConfigText(path);
  if (text === undefined) throw missingConfig([path]);
  if (typeof text !== "string") {
    const { problems, warnings } = collectSettings(input, path);
    throw invalidConfig([text, ...problems], warnings);
  }

  const parsed = parseConfigFile(text, path);
  const settings = collectSettings(input, path, parsed);
  const checked = await checkProject(path, parsed, homeOf(input.env));
  const problems = [...parsed.problems, ...checked.problems, ...settings.problems];
  const warnings = [...parsed.warnings, ...settings.warnings];
  if (problems.length > 0 || !checked.project || !settings.settings) {
    throw invalidConfig(problems, warnings);
  }
  return { project: checked.project, settings: settings.settings, warnings };
}

/**
 * Reads the settings alone, for commands that need no project (`demo`, `doctor`); the `.env` beside a `.samocode`
 * counts if there is one.
 *
 * @throws {ConfigError} with all values that are wrong.
 */
export function readSettings(input: ConfigInput): Omit<Config, "project"> {
  const search = findConfigFile(input.cwd, input.configPath);
  const path = "path" in search ? search.path : undefined;
  const text = path === undefined ? undefined : readConfigText(path);
  const parsed =
    path !== undefined && typeof text === "string" ? parseConfigFile(text, path) : undefined;
  const { settings, problems, warnings } = collectSettings(input, path, parsed);
  if (settings === undefined) throw invalidConfig(problems, warnings);
  return { settings, warnings };
}

/** @param path The `.samocode`, if there is one; `parsed` if it can be read. */
function collectSettings(
  input: ConfigInput,
  path: string | undefined,
  parsed?: ConfigText,
): SettingsCheck {
  const { cwd, env, flags = {} } = input;
  const home = homeOf(env);
  const sources: SettingSource[] = [];
  const problems: ConfigProblem[] = [];
  const warnings: string[] = [];
  const addEnvFile = (envPath: string): void => {
    const text = readConfigText(envPath);
    if (text === undefined) return;
    if (typeof text !== "string") {
      problems.push(text);
      return;
    }
    const file = parseEnvFile(text, envPath);
    sources.push(file.source);
    warnings.push(...file.warnings);
  };
  addEnvFile(personalEnvPath(env, home));
  if (path !== undefined && parsed !== undefined) sources.push(configFileSource(parsed, path));
  if (path !== undefined) addEnvFile(join(dirname(path), ".env"));
  sources.push(environmentSource(env, cwd), flagSource(flags, cwd));

  const resolved = resolveSettings(sources, home);
  return {
    ...(problems.length === 0 && resolved.settings ? { settings: resolved.settings } : {}),
    problems: [...problems, ...resolved.problems],
    warnings: [...warnings, ...resolved.warnings],
  };
}

/** The files that may hold secrets of the person, whether they are there or not. */
export function envFiles(configPath: string, env: ConfigInput["env"]): readonly string[] {
  return [join(dirname(configPath), ".env"), personalEnvPath(env, homeOf(env))];
}

function homeOf(env: ConfigInput["env"]): string {
  return env["HOME"] || homedir();
}

/** An `XDG_CONFIG_HOME` that is not absolute is to be ignored, says the XDG specification. */
function personalEnvPath(env: ConfigInput["env"], home: string): string {
  const configHome = env["XDG_CONFIG_HOME"];
  const base = configHome && isAbsolute(configHome) ? configHome : join(home, ".config");
  return join(base, "samocode", ".env");
}
