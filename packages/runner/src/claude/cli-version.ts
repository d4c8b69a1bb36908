/** A version of the Claude CLI: `2.1.100` is `[2, 1, 100]`. */
export type CliVersion = readonly [number, number, number];

/** The oldest version of the Claude CLI that plays a whole session; the tests run it. */
export const leastVersion: CliVersion = [2, 1, 100];

/**
 * The version in what the CLI prints for `--version`; nothing if another program printed it.
 *
 * @example
 * parseVersion("2.1.332 (Claude Code)"); // [2, 1, 332]
 */
export function parseVersion(said: string): CliVersion | undefined {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)\S* \(Claude Code\)/m.exec(said) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

/** Whether a version is older than the oldest that is supported. */
export function isTooOld(version: CliVersion): boolean {
  const difference = version.map((part, index) => part - (leastVersion[index] ?? 0)).find(Boolean);
  return difference !== undefined && difference < 0;
}

/** A version as the CLI spells it. */
export function formatVersion(version: CliVersion): string {
  return version.join(".");
}
