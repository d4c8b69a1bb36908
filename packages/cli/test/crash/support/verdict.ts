/** What became of a session that was broken in one way. */
export interface Verdict {
  /** How it was broken. */
  readonly name: string;
  /** What is not as it should be; empty if all is well. */
  readonly faults: readonly string[];
}

/** Prints how many sessions were broken and came through, and what is wrong with the others, whose names it gives. */
export function reportVerdicts(what: string, verdicts: readonly Verdict[]): string[] {
  const failed = verdicts.filter(({ faults }) => faults.length > 0);
  const told = failed.map(({ name, faults }) => `${name}\n${faults.join("\n")}\n`);
  const count = verdicts.length;
  process.stdout.write(
    `${[...told, `${what}: ${count - failed.length} of ${count}`].join("\n")}\n`,
  );
  return failed.map(({ name }) => name);
}
