/**
 * Gives `text` as one word of a shell command, for a command that is shown to a person, or that the Claude CLI runs as a hook.
 *
 * @example
 * shellQuote("/tmp/it's"); // `'/tmp/it'\''s'`
 */
export function shellQuote(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
