import type { ChannelPlugin, ChannelSettingRow } from "@samocode/channels/plugin";
import * as registry from "./channel-registry.ts";

/** The channels that ship with samocode. */
export const channelPlugins: readonly ChannelPlugin[] = Object.values(registry);

/** The variables of channels that agents, tests and notification commands do not inherit. */
export const channelSecrets: readonly string[] = channelPlugins.flatMap(({ secrets }) => secrets);

type SettingsOf<Plugin> = Plugin extends ChannelPlugin<infer Settings> ? Settings : never;
type Merged<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;
type AllSettings = Merged<SettingsOf<(typeof registry)[keyof typeof registry]>>;

/** The settings of all channels; what is `undefined` is not set. */
export type ChannelSettings = { readonly [Key in keyof AllSettings]: AllSettings[Key] | undefined };

/** Their rows in the table of settings. */
export const channelRows = Object.assign({}, ...channelPlugins.map(({ settings }) => settings)) as {
  readonly [Key in keyof ChannelSettings]-?: ChannelSettingRow<AllSettings[Key]>;
};
