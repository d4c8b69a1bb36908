import type { TestCounts } from "./test-counts.ts";

/**
 * What a run of the test command shows. Only `passed` opens a way: `red` is any exit code but 0,
 * `no-tests` an exit code of 0 if the output says that no test was run.
 */
export type Verdict = "passed" | "red" | "no-tests" | "timed-out" | "cannot-run";

/** What the runner itself saw when it ran the test command. Plain data, fit for the history. */
export interface Evidence {
  /** The line as the person wrote it. */
  readonly command: string;
  readonly verdict: Verdict;
  /** `null` if it was ended by a kill signal, or never started. */
  readonly exitCode: number | null;
  readonly exitSignal: string | null;
  readonly durationMs: number;
  /** Absent if the output has no form that is known. */
  readonly tests?: TestCounts;
  /** The commit that was checked out when the command started; absent outside a repository. */
  readonly commit?: string;
  /** Whether the worktree held changes that were not committed, or files that git does not know. */
  readonly dirty?: boolean;
  /** The last lines of the output: printable, without secrets, some 4000 characters at most. */
  readonly outputTail: string;
  /** The file with the whole output. */
  readonly outputFile: string;
}

/** How a run of the test command ended. */
export interface RunEnd extends Pick<Evidence, "exitCode" | "exitSignal" | "tests"> {
  readonly timedOut: boolean;
}

/** With these a shell says that it found no such command, or may not run it. */
const shellFailures = new Set<number | null>([126, 127]);

/**
 * Judges a run of the test command. Output of no known form does not count against it: then the
 * exit code alone must do, and that the number of tests is not known is recorded.
 *
 * @see docs/decisions/0011-evidence-without-a-number.md
 * @example
 * judgeRun({ exitCode: 0, exitSignal: null, timedOut: false }); // "passed"
 */
export function judgeRun({ exitCode, exitSignal, timedOut, tests }: RunEnd): Verdict {
  if (timedOut) return "timed-out";
  if (exitCode === null && exitSignal === null) return "cannot-run";
  if (tests === undefined && shellFailures.has(exitCode)) return "cannot-run";
  if (exitCode !== 0) return "red";
  return tests !== undefined && tests.passed + tests.failed === 0 ? "no-tests" : "passed";
}

/**
 * Tells evidence to the next agent, or to a person: one sentence, and unless all is well the last
 * lines of the output.
 *
 * @example
 * formatEvidence(evidence).split("\n")[0];
 * // "`npm test` failed with exit code 1 after 3.2 s at 1a2b3c4: 1 failed, 5 passed."
 */
export function formatEvidence(evidence: Evidence): string {
  const { command, verdict, outputFile, outputTail } = evidence;
  const seconds = `${(evidence.durationMs / 1000).toFixed(1)} s`;
  const sentence = `\`${command}\` ${describeEnd(evidence, seconds)}${formatPlace(evidence)}${formatTests(evidence)}.`;
  if (verdict === "passed") return sentence;
  const output =
    outputTail === "" ? "It printed nothing." : `The end of ${outputFile}:\n\n${outputTail}`;
  return `${sentence}\n\n${output}`;
}

function describeEnd({ verdict, exitCode, exitSignal }: Evidence, seconds: string): string {
  switch (verdict) {
    case "passed":
      return `passed after ${seconds}`;
    case "red":
      return exitSignal === null
        ? `failed with exit code ${String(exitCode)} after ${seconds}`
        : `was killed by ${exitSignal} after ${seconds}`;
    case "no-tests":
      return `exited 0 after ${seconds} without running any tests`;
    case "timed-out":
      return `timed out and was stopped after ${seconds}`;
    case "cannot-run":
      return exitCode === null
        ? "cannot be started"
        : `cannot be run: the shell reports exit code ${String(exitCode)}`;
  }
}

function formatPlace({ commit, dirty }: Evidence): string {
  if (commit === undefined) return "";
  return ` at ${commit.slice(0, 7)}${dirty === true ? " with uncommitted changes" : ""}`;
}

function formatTests({ tests, verdict }: Evidence): string {
  if (tests === undefined) return verdict === "passed" ? ", number of tests unknown" : "";
  const { passed, failed, skipped } = tests;
  const counts = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    `${passed} passed`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return `: ${counts.join(", ")}`;
}
