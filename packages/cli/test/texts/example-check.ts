import { openQuestions, parseOverview, parseQuestions } from "@samocode/core/overview";

/** Examples in a text that what reads them would not understand. */
export function findExampleProblems(text: string): readonly string[] {
  return blocksOf(text).flatMap((block) => [
    ...findQuestionProblems(block),
    ...findLogProblems(block),
    ...findPlanProblems(block),
  ]);
}

/** What is shown by indentation, from its own margin on. */
function blocksOf(text: string): readonly string[] {
  const blocks = text.match(/(?:^ {4,}\S.*\n(?:\n(?= {4}))?)+/gm) ?? [];
  return blocks.map((block) => {
    const margin = /^ */.exec(block)?.[0].length ?? 0;
    return block.replaceAll(new RegExp(`^ {${margin}}`, "gm"), "");
  });
}

function findQuestionProblems(block: string): readonly string[] {
  if (!/^#+ Q\d|\*\*(?:Answer|Suggestion)/m.test(block)) return [];
  const [question, ...more] = parseQuestions(block);
  const whole =
    more.length === 0 &&
    question?.suggestion?.letter !== undefined &&
    question.options.length > 1 &&
    /^\*\*Answer:\*\* _waiting_$/m.test(block) &&
    openQuestions(block).length === 1;
  return whole ? [] : ["shows a question that cannot be read as an open one with its suggestion"];
}

function findLogProblems(block: string): readonly string[] {
  if (!/^- \[/m.test(block) || /^- \[ \]/m.test(block)) return [];
  const [line = "", file = ""] = block.split("\n");
  const entry = line.replace("NNN", "002").replace("MM-DD HH:MM", "01-15 14:41");
  const overview = `# Session: x\n\n## Status\nPhase: testing\nBlocked: no\n\n## Flow Log\n${entry}\n`;
  const read = parseOverview(overview).flowLog;
  return read.length === 1 &&
    /^\[002 @ 01-15 14:41\] text -> file$/.test(read[0] ?? "") &&
    file === "- file - what it holds"
    ? []
    : ["shows a Flow Log or Files line that is none"];
}

/** A plan: a title, numbered steps, in each a box to tick and a command that proves it. */
function findPlanProblems(block: string): readonly string[] {
  if (!/^# Plan/m.test(block) && !/^## Step/m.test(block)) return [];
  const [head = "", ...steps] = block.split(/^## Step \d+: /m);
  const whole =
    head.startsWith("# Plan: ") &&
    steps.length > 0 &&
    steps.every(
      (step) =>
        /^- \[ \] \S/m.test(step) &&
        !/^- (?!\[ \])/m.test(step) &&
        /^Verify: `[^`]+` -> \S/m.test(step),
    );
  return whole ? [] : ["shows a plan whose steps have no box or no Verify"];
}
