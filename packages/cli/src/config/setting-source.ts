import { dirname } from "node:path";
import { parseEnv } from "node:util";
import type { ConfigProblem } from "./config-error.ts";
import type { ConfigEntry, ConfigText } from "./config-file.ts";
import { formerNameOf, presentName } from "./former-name.ts";
import { nearest } from "@samocode/session";
import { missingSettings, type ParsedSetting, type SettingRow } from "@samocode/channels/plugin";
import { channelPlugins } from "./channel-plugins.ts";
import { flagKey, settingRows, type Settings } from "./settings.ts";

/** A place that settings come from. */
export interface SettingSource {
  /** Where the setting stands in this source and what it says; `undefined` if it is not set. */
  readonly find: (row: SettingRow<unknown>) => FoundSetting | undefined;
  /** Relative paths are taken from here. */
  readonly folder: string;
}

interface FoundSetting {
  readonly where: string;
  /** The variable or the flag. */
  readonly name: string;
  readonly text: string;
}

/** The settings, or what is wrong with them. */
export interface SettingsCheck {
  readonly settings?: Settings;
  readonly problems: readonly ConfigProblem[];
  readonly warnings: readonly string[];
}

/** What an `.env` sets, and what in it is suspicious. */
export interface EnvFile {
  readonly source: SettingSource;
  readonly warnings: readonly string[];
}

/** The environment as a source; a variable that is empty is not set. */
export function environmentSource(
  env: Readonly<Record<string, string | undefined>>,
  folder: string,
): SettingSource {
  return {
    folder,
    find: ({ variable }) => {
      for (const name of namesOf(variable)) {
        const text = env[name]?.trim();
        if (text) return { where: "the environment", name, text };
      }
      return undefined;
    },
  };
}

/**
 * The flags of a command line as a source. An empty value is a mistake here, not a way to say nothing:
 * `--budget "$LIMIT"` without a limit must not run without one.
 *
 * @param flags Strings under the names that commander uses; anything else is not looked at.
 */
export function flagSource(
  flags: Readonly<Record<string, unknown>>,
  folder: string,
): SettingSource {
  return {
    folder,
    find: ({ flag }) => {
      for (const name of flag === undefined ? [] : namesOf(flag)) {
        const text = flags[flagKey(name)];
        if (typeof text === "string") return { where: "the command line", name, text: text.trim() };
      }
      return undefined;
    },
  };
}

/** The settings that `.samocode` may have; a key that is empty sets nothing. */
export function configFileSource({ entries }: ConfigText, path: string): SettingSource {
  const texts: ReadonlyMap<string, ConfigEntry> = entries;
  return {
    folder: dirname(path),
    find: ({ variable }) => {
      const entry = texts.get(variable);
      const text = entry?.value?.trim();
      return entry !== undefined && text
        ? { where: `${path}:${entry.line}`, name: entry.name, text }
        : undefined;
    },
  };
}

/** Reads the text of an `.env`, by the rules of Node's own `util.parseEnv`; without a BOM. */
export function parseEnvFile(text: string, path: string): EnvFile {
  const lines = text.split(/\r\n|\n|\r/);
  const idle = findLinesWithoutValue(lines);
  const lost = idle.filter((index) => !/^\s*(?:#|$)/.test(lines[index] ?? ""));
  const kept = lines.map((line, index) => (idle.includes(index) ? "" : line));
  const values = parseEnv(kept.join("\n"));
  const whereIs = (name: string): string =>
    `${path}:${lines.findLastIndex((line) => envKey(line) === name) + 1}`;
  const { find } = environmentSource(values, dirname(path));
  const known = Object.values(settingRows).map(({ variable }) => variable);
  const warnings = Object.keys(values).flatMap((name) => {
    if (!name.startsWith("SAMOCODE_") || known.includes(name)) return [];
    const meant = nearest(name, known);
    return [`${whereIs(name)}: unknown \`${name}\` is ignored; the nearest is \`${meant}\``];
  });
  return {
    warnings: [
      ...lost.map((index) => `${path}:${index + 1}: a line without \`=\` is ignored`),
      ...warnings,
    ],
    source: {
      folder: dirname(path),
      find: (row) => {
        const found = find(row);
        return found && { ...found, where: whereIs(found.name) };
      },
    },
  };
}

/**
 * The lines that set nothing. Depending on its version, Node takes one for a part of the next key, also a blank one with
 * spaces in it. What stands between quotes over several lines is a value.
 */
function findLinesWithoutValue(lines: readonly string[]): readonly number[] {
  const found: number[] = [];
  let quote: string | undefined;
  for (const [index, line] of lines.entries()) {
    if (quote !== undefined) {
      if (line.includes(quote)) quote = undefined;
      continue;
    }
    const [, value] = /^\s*[^#\s=][^=]*=\s*(.*)$/.exec(line) ?? [];
    if (value === undefined) {
      found.push(index);
      continue;
    }
    const opened = /^["'`]/.exec(value)?.[0];
    const isOpen = opened !== undefined && !value.slice(1).includes(opened);
    if (isOpen && lines.slice(index + 1).some((later) => later.includes(opened))) quote = opened;
  }
  return found;
}

/**
 * Gives the settings, each from the last of the sources that has it, else its default.
 *
 * @param sources Least binding first.
 */
export function resolveSettings(sources: readonly SettingSource[], home: string): SettingsCheck {
  const values = new Map<string, unknown>();
  const problems: ConfigProblem[] = [];
  const renamed: string[] = [];
  for (const [key, row] of Object.entries(settingRows) as [string, SettingRow<unknown>][]) {
    const read = readSetting(row, sources, home);
    renamed.push(...describeFormerNames(row, sources));
    if (read === undefined) values.set(key, undefined);
    else if ("value" in read) values.set(key, read.value);
    else problems.push(read);
  }
  if (problems.length > 0) return { problems, warnings: renamed };
  // Each key of the table has its value by now, read by that row's own kind.
  const settings = Object.fromEntries(values) as unknown as Settings;
  return { settings, problems, warnings: [...renamed, ...channelWarnings(settings)] };
}

/** The present name of a variable or flag, then its former one. */
function namesOf(name: string): readonly string[] {
  const former = formerNameOf(name);
  return former === undefined ? [name] : [name, former];
}

function describeFormerNames(
  row: SettingRow<unknown>,
  sources: readonly SettingSource[],
): readonly string[] {
  return sources.flatMap(({ find }) => {
    const { name, where } = find(row) ?? {};
    if (name === undefined || presentName(name) === name) return [];
    return [`${where}: \`${name}\` is now \`${presentName(name)}\``];
  });
}

function readSetting(
  row: SettingRow<unknown>,
  sources: readonly SettingSource[],
  home: string,
): { value: unknown } | ConfigProblem | undefined {
  const source = sources.findLast((candidate) => candidate.find(row) !== undefined);
  const found = source?.find(row);
  if (source === undefined || found === undefined) {
    if (row.standard === undefined) return undefined;
    return accept(row.kind.parse(row.standard, { folder: home, home }), "its default", row);
  }
  return accept(
    row.kind.parse(found.text, { folder: source.folder, home }),
    found.where,
    row,
    found,
  );
}

function accept(
  parsed: ParsedSetting<unknown>,
  where: string,
  row: SettingRow<unknown>,
  found?: FoundSetting,
): { value: unknown } | ConfigProblem {
  if ("value" in parsed) return parsed;
  const name = found?.name ?? row.variable;
  const shown = row.kind.hidden ? "" : ` is \`${clip(found?.text ?? "")}\`,`;
  return {
    where,
    what: `${name}${shown} expected ${parsed.expected}`,
    cure: `Fix or remove ${name}.`,
  };
}

function channelWarnings(settings: Settings): string[] {
  return channelPlugins.flatMap((plugin) => {
    const [missing, ...others] = missingSettings(plugin, settings);
    const isWanted = missingSettings(plugin, {}).length > others.length + 1;
    return missing === undefined || !isWanted
      ? []
      : [`${missing} is not set, so ${plugin.title} is disabled`];
  });
}

function envKey(line: string): string | undefined {
  return /^\s*(?:export\s+)?([^=\s]+)\s*=/.exec(line)?.[1];
}

function clip(text: string): string {
  const printable = text.replaceAll(/\p{Cc}/gu, "?");
  return printable.length > 60 ? `${printable.slice(0, 60)}…` : printable;
}
