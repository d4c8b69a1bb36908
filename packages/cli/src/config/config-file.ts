import { readRegularFile } from "@samocode/core/store";
import type { ConfigProblem } from "./config-error.ts";
import { nearest } from "@samocode/session";
import { presentName } from "./former-name.ts";

/** The keys of `.samocode`. The first three are required; those that start with `ON_` are settings as well. */
export const configKeys = [
  "MAIN_REPO",
  "WORKTREES",
  "SESSIONS",
  "TEST_COMMAND",
  "OVERVIEW_CHART",
  "ON_QUESTION_TIMEOUT",
  "ON_APPROVAL_TIMEOUT",
  "ON_ACTION_TIMEOUT",
] as const;
export type ConfigKey = (typeof configKeys)[number];

/** A value and the line, counted from 1, that it stands in. */
export interface ConfigEntry {
  /** The key as it is written: a former name is read as well. */
  readonly name: string;
  /** `undefined`: it could not be read, and `problems` says why. */
  readonly value: string | undefined;
  readonly line: number;
}

/** A `.samocode` as it was read: nothing is looked up on disk, nothing is expanded. */
export interface ConfigText {
  readonly entries: ReadonlyMap<ConfigKey, ConfigEntry>;
  readonly problems: readonly ConfigProblem[];
  readonly warnings: readonly string[];
}

/**
 * Reads the text of `.samocode`: one `KEY=value` a line. Never throws; what is wrong comes as `problems`.
 *
 * A line that starts with `#` is a comment, and so is the rest of a line after a blank and `#`: quote a value that
 * holds ` #`. A value in single or double quotes is taken as it stands between them; in double quotes `\"` and `\\`
 * mean `"` and `\`. `export ` before the key, blanks around key and value, CRLF and a BOM are accepted.
 *
 * @param path For messages only.
 * @example
 * parseConfigFile("MAIN_REPO=~/code/app # the app").entries.get("MAIN_REPO"); // { value: "~/code/app", line: 1 }
 */
export function parseConfigFile(text: string, path: string): ConfigText {
  const entries = new Map<ConfigKey, ConfigEntry>();
  const problems: ConfigProblem[] = [];
  const warnings: string[] = [];

  const lines = text.split(/\r\n|\n|\r/);
  for (const [index, source] of lines.entries()) {
    const line = index + 1;
    const where = `${path}:${line}`;
    if (/^\s*(?:#|$)/.test(source)) continue;

    // The line itself is not shown: it may hold a secret that was put into the wrong file.
    const [, name, rest] = /^\s*(?:export\s+)?(\w+)\s*=(.*)$/.exec(source) ?? [];
    if (name === undefined || rest === undefined) {
      const cure = "Write it that way, or start the line with # to make it a comment.";
      problems.push({ where, what: "expected `KEY=value`", cure });
      continue;
    }
    const key = presentName(name);
    if (!isConfigKey(key)) {
      warnings.push(`${where}: ${describeUnknownKey(key)}`);
      continue;
    }
    const earlier = entries.get(key);
    if (earlier !== undefined) {
      const what = `${key} is set twice, first on line ${earlier.line}`;
      problems.push({ where, what, cure: "Remove one of the two lines." });
      continue;
    }
    const value = parseValue(rest);
    if (value === undefined) {
      const what = `the quotes of ${key} do not enclose the whole value`;
      problems.push({ where, what, cure: "Quote the whole value, or none of it." });
    }
    entries.set(key, { name, value, line });
  }
  return { entries, problems, warnings };
}

/**
 * Gives the text of a `.samocode` with these values, quoted if they need it; `parseConfigFile` gives them back.
 *
 * @param values One line each, without control characters.
 */
export function formatConfigFile(values: Partial<Record<ConfigKey, string>>): string {
  return configKeys
    .flatMap((key) => (values[key] === undefined ? [] : [`${key}=${formatValue(values[key])}\n`]))
    .join("");
}

/**
 * Reads a file that must be UTF-8, without its BOM.
 * `undefined`: there is none; a problem: it cannot be read.
 */
export function readConfigText(path: string): string | undefined | ConfigProblem {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(
      readRegularFile(path, { followLinks: true }),
    );
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    // EISDIR: a Python environment is often called `.env`.
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return undefined;
    return code === "ERR_ENCODING_INVALID_ENCODED_DATA"
      ? { where: path, what: "is not UTF-8", cure: "Save it as UTF-8." }
      : {
          where: path,
          what: `cannot be read (${String(code)})`,
          cure: "Make it readable for you.",
        };
  }
}

function isConfigKey(key: string): key is ConfigKey {
  return (configKeys as readonly string[]).includes(key);
}

function describeUnknownKey(key: string): string {
  return `unknown key \`${key}\` is ignored; the nearest known key is \`${nearest(key, configKeys)}\``;
}

/** `undefined`: the quotes are not closed, or something follows them. */
function parseValue(rest: string): string | undefined {
  const text = rest.trim();
  if (!/^["']/.test(text)) return text.replace(/(?:^|\s+)#.*$/, "");
  const quoted = /^(?:'([^']*)'|"((?:[^"\\]|\\.)*)")\s*(?:#.*)?$/.exec(text);
  if (quoted === null) return undefined;
  return quoted[1] ?? quoted[2]?.replaceAll(/\\(["\\])/g, "$1");
}

function formatValue(value: string): string {
  if (/^[^\s"'#]+(?: [^\s"'#]+)*$/.test(value)) return value;
  return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
