import type { Phase, Signal } from "@samocode/core";
import { bash, edit, read, write, type Act } from "./act.ts";
import { changes } from "./roman-files.ts";
import { dive, plan, question, report, review, steps, summary } from "./roman-texts.ts";

/** One answer of the model: a sentence, and the tool calls that come with it. */
export interface Turn {
  readonly say: string;
  readonly acts: readonly Act[];
}

/** One iteration of the demo's session, without what every iteration begins and ends with. */
export interface Chapter {
  readonly phase: Phase;
  readonly work: readonly Turn[];
  /** What was done, for the overview. */
  readonly action: string;
  readonly next: string;
  /** The session file that was written, for the overview. */
  readonly file?: string;
  readonly signal: Signal;
}

/** The task that the demo's session is given. */
export const demoTask = "Add fromRoman, the way back from toRoman.";

const runTests = bash("node --test", "Run the tests");

/**
 * The demo's session, chapter by chapter. In texts and paths `{session}` stands for the session folder and
 * `{cwd}` for the worktree.
 *
 * @param stamp What the names of session files begin with, `MM-DD-HH:MM`.
 */
export function writeChapters(stamp: string): readonly Chapter[] {
  const planFile = `${stamp}-plan-from-roman.md`;
  return [
    {
      phase: "investigation",
      work: [
        { say: "I read the code and run its tests.", acts: [read("{cwd}/roman.js"), runTests] },
        {
          say: "One thing only a person can decide, so I ask.",
          acts: [
            write(`{session}/${stamp}-dive-roman.md`, dive),
            write("{session}/_qa.md", question),
          ],
        },
      ],
      action: "Looked into roman.js",
      next: "Answer Q1",
      file: `${stamp}-dive-roman.md`,
      signal: { status: "waiting", phase: "investigation", for: "qa_answers" },
    },
    {
      phase: "investigation",
      work: [{ say: "What was the answer?", acts: [read("{session}/_qa.md")] }],
      action: "Took the answer to Q1",
      next: "Plan",
      signal: { status: "continue", phase: "planning" },
    },
    {
      phase: "planning",
      work: [
        {
          say: "I write the plan.",
          acts: [read("{cwd}/roman.test.js"), write(`{session}/${planFile}`, plan)],
        },
      ],
      action: "Wrote the plan",
      next: "Approve the plan",
      file: planFile,
      signal: { status: "waiting", phase: "planning", for: "plan_approval" },
    },
    {
      phase: "implementation",
      work: [
        {
          say: "The plan is approved. First the tests: they must fail.",
          acts: [
            read(`{session}/${planFile}`),
            read("{cwd}/roman.test.js"),
            edit("{cwd}/roman.test.js", changes.imports),
            edit("{cwd}/roman.test.js", changes.tests),
            runTests,
          ],
        },
        {
          say: "Red, as it should be. Now the code.",
          acts: [read("{cwd}/roman.js"), edit("{cwd}/roman.js", changes.code), runTests],
        },
        {
          say: "Green. I bring the README up to date and commit.",
          acts: [
            read("{cwd}/README.md"),
            edit("{cwd}/README.md", changes.readme),
            bash('git commit --quiet --all --message "Read Roman numerals"', "Commit"),
            edit(`{session}/${planFile}`, { from: steps, to: steps.replaceAll("[ ]", "[x]") }),
          ],
        },
      ],
      action: "Added fromRoman, tests first",
      next: "Test",
      signal: { status: "continue", phase: "testing" },
    },
    {
      phase: "testing",
      work: [
        {
          say: "I take nobody's word for it: I run the tests, and try it by hand.",
          acts: [
            runTests,
            bash(
              `node --input-type=module --eval 'import { fromRoman } from "./roman.js"; console.log(fromRoman("MMXXIV"))'`,
              "Use it as its user would",
            ),
            write(`{session}/${stamp}-test-report.md`, report),
          ],
        },
      ],
      action: "Tested: green",
      next: "Review",
      file: `${stamp}-test-report.md`,
      signal: { status: "continue", phase: "quality" },
    },
    {
      phase: "quality",
      work: [
        {
          say: "I see this change for the first time: the whole diff.",
          acts: [
            bash("git diff main -- roman.js", "Look at the change"),
            write(`{session}/${stamp}-review.md`, review),
          ],
        },
      ],
      action: "Reviewed: may be merged",
      next: "Write the summary",
      file: `${stamp}-review.md`,
      signal: { status: "continue", phase: "done" },
    },
    {
      phase: "done",
      work: [
        {
          say: "I write the summary, ready for a pull request.",
          acts: [
            bash("git log --oneline main..HEAD", "See what there is"),
            write(`{session}/${stamp}-summary.md`, summary),
          ],
        },
      ],
      action: "Wrote the summary",
      next: "Merge",
      file: `${stamp}-summary.md`,
      signal: {
        status: "done",
        phase: "done",
        summary: "fromRoman reads Roman numerals; 3 tests, all green",
      },
    },
  ];
}
