/**
 * Replaces `~` at the start, and `$HOME` and `${HOME}` anywhere.
 *
 * @example
 * expandHome("~/code", "/home/me"); // "/home/me/code"
 */
export function expandHome(text: string, home: string): string {
  return text.replace(/^~(?=\/|$)/, () => home).replaceAll(/\$(?:HOME\b|\{HOME\})/g, () => home);
}
