import type { Channel } from "@samocode/core";
import type { Check } from "./check.ts";
import type { SettingRow } from "./setting-kind.ts";

/** A setting of a channel. It has no default; without a required one, the channel is off. */
export type ChannelSettingRow<T> = SettingRow<T | undefined> &
  (undefined extends T ? { readonly required?: false } : { readonly required: true });

/**
 * A channel that ships with samocode: its settings, its secrets, its checks and how it is created. One line in
 * `samocode-run` registers it.
 *
 * A plugin is loaded at each start: import what it needs to notify inside of `create` and `check`.
 *
 * @example
 * const pager: ChannelPlugin<{ pagerKey: Secret }> = {
 *   name: "pager",
 *   title: "Pager",
 *   secrets: ["PAGER_KEY"],
 *   settings: {
 *     pagerKey: { variable: "PAGER_KEY", required: true, standard: undefined, kind: secret(), doc: "pager key" },
 *   },
 *   create: ({ pagerKey }) => ({ tell: ({ title }) => title.length + pagerKey.reveal().length }),
 * };
 * missingSettings(pager, {}); // ["PAGER_KEY"]
 */
export interface ChannelPlugin<Settings extends object = object> {
  /** One lower-case word, the prefix of the channel's warnings. Do not change it: delivered notices are recorded by it. */
  readonly name: string;
  /** Its name in prose. */
  readonly title: string;
  /** Join the settings of samocode under these keys, which must be unique. */
  readonly settings: { readonly [Key in keyof Settings]-?: ChannelSettingRow<Settings[Key]> };
  /** Variables that agents, tests and notification commands do not inherit; `*` at the end matches any ending. */
  readonly secrets: readonly string[];
  /** Creates the channel, once all required settings are set. Failing is a warning, and the session continues. */
  create(settings: Settings): Channel | Promise<Channel>;
  /** Checks the settings for `doctor`, without notifying anyone. @default nothing is checked */
  check?(settings: Settings): Promise<readonly Check[]>;
}

/** Gives the variables of the required settings that have no value. */
export function missingSettings(
  { settings }: Pick<ChannelPlugin, "settings">,
  values: object,
): readonly string[] {
  const rows: readonly (readonly [
    string,
    ChannelSettingRow<unknown> | ChannelSettingRow<string>,
  ])[] = Object.entries(settings);
  return rows.flatMap(([key, { variable, required }]) =>
    required && Reflect.get(values, key) === undefined ? [variable] : [],
  );
}

/**
 * Gives an environment without the variables that are secrets of channels.
 *
 * @param secrets Names; `*` at the end matches any ending.
 * @example
 * withoutSecrets({ PAGER_KEY: "k", PATH: "/bin" }, ["PAGER_*"]); // { PATH: "/bin" }
 */
export function withoutSecrets(
  env: Readonly<NodeJS.ProcessEnv>,
  secrets: readonly string[],
): NodeJS.ProcessEnv {
  const isSecret = (name: string): boolean =>
    secrets.some((each) =>
      each.endsWith("*") ? name.startsWith(each.slice(0, -1)) : name === each,
    );
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isSecret(name)));
}
