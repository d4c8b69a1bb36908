import { resolve } from "node:path";
import { describePatience, parsePatience, type Patience, type WaitReason } from "@samocode/core";
import type { SettingKind } from "@samocode/channels/plugin";
import { branchFault } from "@samocode/session";
import { expandHome } from "./home-path.ts";

interface Range {
  readonly min: number;
  readonly max: number;
  /** `min` itself is not allowed. */
  readonly aboveMin?: boolean;
}

/** A whole number. */
export function integer(range: Range): SettingKind<number> {
  return number("a whole number", "n", range, (value) =>
    Number.isSafeInteger(value) ? value : undefined,
  );
}

/** Seconds with or without a fraction; the value is in milliseconds. */
export function seconds(range: Range, zeroMeans = ""): SettingKind<number> {
  return number(`seconds${zeroMeans}`, "seconds", range, (value) => Math.round(value * 1000));
}

/** An amount of money in US dollars. */
export function usd(range: Range): SettingKind<number> {
  return number("US dollars", "usd", range, (value) => value);
}

/** What becomes of a wait for a person when nobody acts. */
export function patience(reason: WaitReason): SettingKind<Patience> {
  const expected = describePatience(reason);
  return {
    expected,
    placeholder: "rule",
    parse: (text) => {
      const value = parsePatience(text, reason);
      return value === undefined ? { expected } : { value };
    },
  };
}

/** One of a few words. */
export function choice<const T extends string>(words: readonly T[]): SettingKind<T> {
  const expected = `one of ${words.map((word) => `\`${word}\``).join(", ")}`;
  return {
    expected,
    placeholder: "word",
    parse: (text) => {
      const value = words.find((word) => word.toLowerCase() === text.toLowerCase());
      return value === undefined ? { expected } : { value };
    },
  };
}

/** A program: a bare name is left for `PATH`, anything with a `/` becomes an absolute path. */
export function program(): SettingKind<string> {
  const expected = "a program on the PATH, or a path";
  return {
    expected,
    placeholder: "path",
    parse: (text, { folder, home }) => {
      if (/^-|^$|\p{Cc}/u.test(text)) return { expected };
      const path = expandHome(text, home);
      return { value: path.includes("/") ? resolve(folder, path) : path };
    },
  };
}

/** The first part of a branch name, without a `/` at its end. */
export function branchPrefix(): SettingKind<string> {
  const expected = "a valid first part of a branch name";
  return {
    expected,
    placeholder: "prefix",
    parse: (text) => {
      const value = text.replace(/\/+$/, "");
      return branchFault(`${value}/x`) === undefined ? { value } : { expected };
    },
  };
}

function number(
  what: string,
  placeholder: string,
  { min, max, aboveMin = false }: Range,
  convert: (value: number) => number | undefined,
): SettingKind<number> {
  const expected = aboveMin
    ? `${what}, more than ${min}, at most ${max}`
    : `${what}, from ${min} to ${max}`;
  return {
    expected,
    placeholder,
    parse: (text) => {
      // Number() alone would take "", "0x10" and "1e3" as well.
      const number = /^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
      const inRange = number <= max && (aboveMin ? number > min : number >= min);
      const value = inRange ? convert(number) : undefined;
      return value === undefined ? { expected } : { value };
    },
  };
}
