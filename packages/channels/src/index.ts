export { faultOf } from "./channel-fault.ts";
export { type OwnChannel, createChannel } from "./channel-list.ts";
export type { ChannelSetting } from "./channel-setting.ts";
export { createDesk } from "./desk.ts";
export { type RunChannels, openRunChannels } from "./run-channels.ts";
export { readNotice } from "./session-notice.ts";
