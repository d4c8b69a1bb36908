import { fileURLToPath, pathToFileURL } from "node:url";
import type { Channel } from "@samocode/core";
import type { ChannelSetting } from "../config/channel-setting.ts";
import type { Settings } from "../config/settings.ts";
import { faultOf } from "./channel-fault.ts";
import { findPackageEntry } from "./package-entry.ts";

/** A channel with the name that messages call it. */
export interface NamedChannel {
  readonly name: string;
  readonly channel: Channel;
  /** Frees what the channel holds. */
  readonly end?: () => Promise<void>;
}

export interface ChannelListOptions {
  readonly settings: Settings;
  /** The folder of the project; packages are looked for from there, and commands run there. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly warn: (text: string) => void;
  /** Gets what modules print. */
  readonly print: (text: string) => void;
}

/** Makes the channels that are set up. One that cannot be made is a warning, and the others are made all the same. */
export async function createChannels(options: ChannelListOptions): Promise<NamedChannel[]> {
  const { settings, warn } = options;
  const channels = [...(settings.notify ?? [])].map(async (setting) => {
    try {
      return [{ name: setting.name, ...(await createChannel(setting, options)) }];
    } catch (error) {
      warn(`${setting.name}: cannot be used to tell people: ${faultOf(error)}`);
      return [];
    }
  });
  return [...(await createTelegram(settings)), ...(await Promise.all(channels)).flat()];
}

async function createTelegram(settings: Settings): Promise<NamedChannel[]> {
  const { telegramBotToken: token, telegramChatId: chatId, telegramApiRoot: apiRoot } = settings;
  if (token === undefined || chatId === undefined) return [];
  const { createTelegramChannel } = await import("@samocode/notify-telegram");
  const channel = createTelegramChannel({
    token: token.reveal(),
    chatId,
    ...(apiRoot !== undefined && { apiRoot }),
  });
  return [{ name: "telegram", channel }];
}

async function createChannel(
  setting: ChannelSetting,
  { folder, env, print }: ChannelListOptions,
): Promise<Omit<NamedChannel, "name">> {
  if (setting.type === "command") {
    const { createCommandChannel } = await import("./command-channel.ts");
    return { channel: createCommandChannel(setting.words, { cwd: folder, env }) };
  }
  const { loadModuleChannel } = await import("./module-channel.ts");
  const ownFolder = fileURLToPath(new URL(".", import.meta.url));
  const path =
    setting.type === "file" ? setting.path : findPackageEntry(setting.name, [folder, ownFolder]);
  return loadModuleChannel({ url: pathToFileURL(path).href, env, print });
}
