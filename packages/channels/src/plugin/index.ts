export {
  type ChannelPlugin,
  type ChannelSettingRow,
  missingSettings,
  withoutSecrets,
} from "./channel-plugin.ts";
export { type Check, createCheck } from "./check.ts";
export {
  type ParsedSetting,
  type Secret,
  secret,
  type SettingKind,
  type SettingRow,
  webAddress,
  word,
} from "./setting-kind.ts";
