/**
 * A history that this version cannot continue: its newest record has a word that this version does not know.
 * Nothing was changed.
 *
 * @example
 * throw new HistoryError("/sessions/26-01-15-task/_signal_history.jsonl", "the phase `review`");
 */
export class HistoryError extends Error {
  override readonly name = "HistoryError";
  readonly code = "SAMOCODE_HISTORY_UNKNOWN";
  readonly file: string;
  /** What is not known, such as "the phase `review`". */
  readonly found: string;

  constructor(file: string, found: string) {
    super(
      `cannot continue from ${file}: found ${found}, expected words that this version knows; update samocode to the version that wrote it and run again`,
    );
    this.file = file;
    this.found = found;
  }
}
