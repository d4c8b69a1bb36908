// The channels that ship with samocode, one line each.
export { telegram } from "@samocode/notify-telegram/plugin";
