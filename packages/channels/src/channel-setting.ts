/** A channel as a person names it in `SAMOCODE_NOTIFY`. `name` is what messages call it. */
export type ChannelSetting = { readonly name: string } & (
  | { readonly type: "file"; readonly path: string }
  | { readonly type: "package" }
  | { readonly type: "command"; readonly words: readonly string[] }
);
