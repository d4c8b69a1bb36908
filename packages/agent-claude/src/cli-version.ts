import { isAtLeast } from "@samocode/process";

/** The oldest version of the Claude CLI that plays a whole session; the tests run it. */
export const leastVersion = "2.1.100";

/**
 * The version in what the CLI prints for `--version`; nothing if another program printed it.
 *
 * @example
 * parseVersion("2.1.332 (Claude Code)"); // "2.1.332"
 */
export function parseVersion(said: string): string | undefined {
  return /^(\d+\.\d+\.\d+)\S* \(Claude Code\)/m.exec(said)?.[1];
}

/** Whether a version is older than the oldest that is supported. */
export function isTooOld(version: string): boolean {
  return !isAtLeast(version, leastVersion);
}
