import { resolve } from "node:path";
import { faultOf, createChannel, type ChannelSetting } from "@samocode/channels";
import { channelPlugins } from "../config/channel-plugins.ts";
import type { Settings } from "../config/settings.ts";
import { findProgram } from "@samocode/process";
import { createCheck, missingSettings, type Check } from "@samocode/channels/plugin";

const cure = "Fix it, or remove it from SAMOCODE_NOTIFY. Sessions continue without it.";

/** What each channel that ships with samocode says of its settings. */
export async function checkPlugins(settings: Settings): Promise<readonly Check[]> {
  const checks = channelPlugins.map(async (plugin) => {
    if (missingSettings(plugin, settings).length === 0) {
      return (await plugin.check?.(settings)) ?? [createCheck(plugin.title, "ok", "configured")];
    }
    const found = `not configured (${missingSettings(plugin, {}).join(", ")})`;
    return [createCheck(plugin.title, "off", found)];
  });
  return (await Promise.all(checks)).flat();
}

/**
 * Whether the channels of `SAMOCODE_NOTIFY` can be used. Modules are loaded as a run does, and commands looked up;
 * nothing is told.
 *
 * @param folder The folder of the project.
 */
export async function checkChannels(
  { notify = [] }: Pick<Settings, "notify">,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly Check[]> {
  const end = new AbortController();
  try {
    return await Promise.all(
      [...notify].map((setting) => checkChannel(setting, folder, env, end.signal)),
    );
  } finally {
    end.abort();
  }
}

async function checkChannel(
  setting: ChannelSetting,
  folder: string,
  env: NodeJS.ProcessEnv,
  end: AbortSignal,
): Promise<Check> {
  const { name } = setting;
  if (setting.type === "command") {
    const [program = ""] = setting.words;
    const path = findProgram(program.includes("/") ? resolve(folder, program) : program, env);
    if (path !== undefined) return createCheck("channel", "ok", `${name}: ${path}`);
    const found = `${name}: \`${program}\` is not a program on the PATH`;
    return createCheck("channel", "warning", found, cure);
  }
  try {
    const { listen } = await createChannel(setting, {
      folder,
      env,
      secrets: [],
      print: () => {},
      end,
    });
    const does = listen === undefined ? "notifies" : "notifies and listens";
    return createCheck("channel", "ok", `${name}: can be loaded, and ${does}`);
  } catch (error) {
    return createCheck("channel", "warning", `${name}: ${faultOf(error)}`, cure);
  }
}
