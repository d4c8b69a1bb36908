import { hideSecret } from "@samocode/core/overview";

/** A value, or what was expected in its place (`a whole number from 1 to 10`). */
export type ParsedSetting<T> = { readonly value: T } | { readonly expected: string };

/** Where a value was written, for values that are paths. */
interface SettingPlace {
  /** Relative paths are taken from here. */
  readonly folder: string;
  readonly home: string;
}

/** How the text of a setting is read. */
export interface SettingKind<T> {
  /** For tables and messages. */
  readonly expected: string;
  /** What a person sees for the value on a command line: `--timeout <seconds>`. */
  readonly placeholder: string;
  /** No message may show the value. */
  readonly hidden?: true;
  readonly parse: (text: string, place: SettingPlace) => ParsedSetting<T>;
}

/** One setting: what it is called, what it may be, and what it is for. */
export interface SettingRow<T> {
  readonly variable: string;
  /** As it is typed; without one it can only come from the environment and `.env`. */
  readonly flag?: string;
  /** As a person would write it; `undefined` is none. */
  readonly standard: undefined extends T ? undefined : string;
  readonly kind: SettingKind<NonNullable<T>>;
  readonly doc: string;
}

/** One line that does not start with `-`, so that it is never taken for an option of another program. */
export function word(expected: string, placeholder: string, pattern: RegExp): SettingKind<string> {
  return {
    expected,
    placeholder,
    parse: (text) => (pattern.test(text) ? { value: text } : { expected }),
  };
}

/** An `http` or `https` address, without a `/` at its end. There may be a password in it. */
export function webAddress(): SettingKind<string> {
  const expected = "an address that starts with http:// or https://";
  return {
    expected,
    placeholder: "url",
    hidden: true,
    parse: (text) =>
      /^https?:\/\//i.test(text) && URL.canParse(text)
        ? { value: text.replace(/\/+$/, "") }
        : { expected },
  };
}

/** Text that no message, log or JSON may show: once it was read, `maskSecrets` masks it. */
export interface Secret {
  /** Gives the text itself, to be handed to the one who needs it. */
  readonly reveal: () => string;
  readonly toJSON: () => string;
}

/** One word that is kept out of sight. */
export function secret(): SettingKind<Secret> {
  const expected = "one word without spaces";
  return {
    expected,
    placeholder: "secret",
    hidden: true,
    parse: (text) => (/^\S+$/.test(text) ? { value: createSecret(text) } : { expected }),
  };
}

function createSecret(text: string): Secret {
  hideSecret(text);
  return { reveal: () => text, toJSON: () => "[secret]" };
}
