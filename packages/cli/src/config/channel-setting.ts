import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ChannelSetting } from "@samocode/channels";
import { expandHome } from "./home-path.ts";
import type { SettingKind } from "@samocode/channels/plugin";

/** Begins the name of a channel that is a command. */
const commandPrefix = "cmd:";

/**
 * Channels: `./my-channel.js`, the name of a package, or `cmd:` and a command, comma-separated. Blanks part the words of
 * a command; quotes, single or double, keep blanks and commas in a word, and nothing else is special.
 */
export function channels(): SettingKind<readonly ChannelSetting[]> {
  const expected = "channels, comma-separated: `./FILE.js`, a package, or `cmd:` and a command";
  return {
    expected,
    placeholder: "channels",
    parse: (text, { folder, home }) => {
      const value: ChannelSetting[] = [];
      for (const words of splitEntries(text) ?? [[]]) {
        const channel = readChannel(words, (path) => resolve(folder, expandHome(path, home)));
        if (channel === undefined) return { expected };
        if (value.some((other) => isDeepStrictEqual(other, channel))) continue;
        const alike = value.filter(({ name }) => name.replace(/#\d+$/, "") === channel.name).length;
        value.push(alike === 0 ? channel : { ...channel, name: `${channel.name}#${alike + 1}` });
      }
      return { value };
    },
  };
}

function readChannel(
  [first = "", ...rest]: readonly string[],
  toPath: (text: string) => string,
): ChannelSetting | undefined {
  if (first.startsWith(commandPrefix)) {
    const program = first.slice(commandPrefix.length);
    const words = program === "" ? rest : [program, ...rest];
    if (words[0] === undefined || words[0].startsWith("-") || words[0] === "") return undefined;
    // The words may hold a secret.
    return { type: "command", name: `${commandPrefix}${words[0]}`, words };
  }
  if (rest.length > 0) return undefined;
  if (/^(?:~|\.{1,2})?\/.|^[^-@].*\.[cm]?js$/.test(first)) {
    return { type: "file", name: first, path: toPath(first) };
  }
  return /^(?:@\w[\w.-]*\/)?\w[\w.-]*$/.test(first) ? { type: "package", name: first } : undefined;
}

/** The words of each entry; nothing if a quote is not closed. */
function splitEntries(text: string): string[][] | undefined {
  const entries: string[][] = [[]];
  const part = /\s+|,|(?:[^\s,'"]|'[^']*'|"[^"]*")+/y;
  while (part.lastIndex < text.length) {
    const [found] = part.exec(text) ?? [];
    if (found === undefined) return undefined;
    if (found === ",") entries.push([]);
    else if (found.trim() !== "") {
      entries.at(-1)?.push(found.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, one, two) => one ?? two));
    }
  }
  return entries;
}
