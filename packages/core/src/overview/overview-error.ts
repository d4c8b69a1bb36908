/** What is wrong in an overview, and where. */
export interface OverviewProblem {
  /** 1-based; absent when no line is to blame. */
  readonly line?: number | undefined;
  readonly found: string;
  readonly expected: string;
}

/**
 * An overview that cannot be read, or cannot take an edit. The text was not changed.
 *
 * @example
 * throw error.inFile("/sessions/26-01-15-task/_overview.md"); // the same, with its path
 */
export class OverviewError extends Error implements OverviewProblem {
  override readonly name = "OverviewError";
  readonly code = "SAMOCODE_OVERVIEW_INVALID";
  readonly file: string;
  readonly line?: number | undefined;
  readonly found: string;
  readonly expected: string;

  constructor({
    file = "_overview.md",
    line,
    found,
    expected,
  }: OverviewProblem & { readonly file?: string }) {
    const place = line === undefined ? file : `${file}:${line}`;
    super(
      `cannot use ${place}: found ${found}, expected ${expected}; fix the file by hand and run again`,
    );
    this.file = file;
    this.line = line;
    this.found = found;
    this.expected = expected;
  }

  /** The same error for one who knows which file it is. */
  inFile(file: string): OverviewError {
    const { line, found, expected } = this;
    return new OverviewError({ file, line, found, expected });
  }
}
