import { fileURLToPath, pathToFileURL } from "node:url";
import type { Channel } from "@samocode/core";
import { faultOf } from "./channel-fault.ts";
import type { ChannelSetting } from "./channel-setting.ts";
import { findPackageEntry } from "./package-entry.ts";

/** A channel with the name that messages call it. */
export interface NamedChannel {
  readonly name: string;
  readonly channel: Channel;
}

/** A channel that comes with samocode and is configured. */
export interface OwnChannel {
  readonly name: string;
  readonly create: () => Channel | Promise<Channel>;
}

export interface ChannelListOptions {
  readonly own: readonly OwnChannel[];
  /** Those that a person names in `SAMOCODE_NOTIFY`. */
  readonly named: readonly ChannelSetting[];
  /** The folder of the project; packages are looked for from there, and commands run there. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Variables that commands do not inherit; `*` at the end matches any ending. */
  readonly secrets: readonly string[];
  readonly warn: (text: string) => void;
  /** Gets what modules print. */
  readonly print: (text: string) => void;
  /** Frees what the channels hold, and ends those that are still made. */
  readonly end: AbortSignal;
}

/**
 * Makes the channels that are set up, each in its own time. One that cannot be made is a warning, and nothing in its
 * place.
 */
export function createChannels(options: ChannelListOptions): Promise<NamedChannel | undefined>[] {
  const { own, named, warn, end } = options;
  const attempt = async (
    name: string,
    make: () => Channel | Promise<Channel>,
  ): Promise<NamedChannel | undefined> => {
    try {
      return { name, channel: await make() };
    } catch (error) {
      if (!end.aborted) warn(`${name}: cannot be used to notify people: ${faultOf(error)}`);
      return undefined;
    }
  };
  return [
    ...own.map(async ({ name, create }) => attempt(name, create)),
    ...named.map(async (setting) =>
      attempt(setting.name, async () => createChannel(setting, options)),
    ),
  ];
}

/**
 * Makes the channel that a person names in `SAMOCODE_NOTIFY`.
 *
 * @throws {Error} When a module is not there, cannot be loaded, or is no channel.
 */
export async function createChannel(
  setting: ChannelSetting,
  { folder, env, secrets, print, end }: Omit<ChannelListOptions, "own" | "named" | "warn">,
): Promise<Channel> {
  if (setting.type === "command") {
    const { createCommandChannel } = await import("./command-channel.ts");
    return createCommandChannel(setting.words, { cwd: folder, env, secrets });
  }
  const { loadModuleChannel } = await import("./module-channel.ts");
  const ownFolder = fileURLToPath(new URL(".", import.meta.url));
  const path =
    setting.type === "file" ? setting.path : findPackageEntry(setting.name, [folder, ownFolder]);
  return loadModuleChannel({ url: pathToFileURL(path).href, env, print, end });
}
