import { end, type Mutation } from "./text-mutation.ts";

const skill = (name: string) => `plugin/skills/${name}/SKILL.md`;

/** Names that stand for nothing wherever they stand, skills that are not the right ones, and promises that are gone. */
export const nameMutations: readonly Mutation[] = [
  // names that are bare, in the front matter, or in what is shown
  ["workflow.md", end, "Read docs/signals.md too.", "names a document `docs/signals.md`"],
  ["workflow.md", end, "Read docs/session-files.md too.", "names a document"],
  ["plugin/README.md", end, "See agents/tester.md.", "names a document `agents/tester.md`"],
  ["workflow.md", end, "Keep a STAMP-diary.md.", "names a document `STAMP-diary.md`"],
  ["workflow.md", end, "    - STAMP-diary.md - what it holds", "names a document"],
  [skill("samocode-run"), end, "Add --yes to be quick.", "names a flag `--yes`"],
  [skill("samocode-run"), "description: ", "description: --yes ", "names a flag `--yes`"],
  [skill("samocode-run"), "description: ", "description: `run` ", "names `run`"],
  [skill("samocode-run"), end, "Then type samocode-run reply NAME.", "`samocode-run reply`"],
  ["plugin/commands/samocode.md", "samocode-run,", "samocode-run go,", "`samocode-run go`"],
  [skill("samocode-run"), end, "Use the tool tail.", "names a tool `tail`"],
  [skill("samocode-run"), end, "Use the tool `log`.", "names a tool `log`"],
  [skill("samocode-run"), " --feedback 'TEXT'", " --feedback", "--feedback"],
  [skill("samocode-run"), " --note 'TEXT'", " --note --quiet", "--note"],
  [skill("samocode-run"), "NAME --task 'TEXT'\n", "NAME --task\n", "needs a value after `--task`"],
  ["plugin/agents/proposer.md", "For do2 and dop2.", "For do3 and dop2.", "a command `do3`"],
  [skill("implementation"), "do2 and dop2 compare", "do3 and dop2 compare", "a command `do3`"],
  ["plugin/agents/reviewer.md", "For multi-review.", "For reviews.", "is for `reviews`"],
  ["plugin/README.md", "samocode@samocode", "samocode@market", "installs `samocode@market`"],
  [".claude-plugin/marketplace.json", '"samocode",', '"market",', "installs `samocode@samocode`"],
  // commands and phases that use a skill that there is, and not theirs
  ["plugin/commands/dive.md", "samocode:investigation", "samocode:testing", "does not begin"],
  ["plugin/commands/do2.md", " as `do2`", "", "does not begin"],
  ["plugin/commands/do2.md", "`do2`", "`dop2`", "does not begin"],
  ["plugin/commands/multi-review.md", "multi-review of", "cleanup of", "does not begin"],
  ["plugin/commands/session-archive.md", "to archive", "to continue", "does not begin"],
  [
    "plugin/agents/done.md",
    "pr-summary",
    "testing",
    "works by testing, testing, not by pr-summary",
  ],
  // what must be said
  ["workflow.md", "never push, rebase", "never rebase", "does not say: never push"],
  ["workflow.md", / Commit them only.*$/, "", "does not say: Commit them only"],
  ...[
    " nor `_signal_history.jsonl`",
    "start none of its agents",
    "`timeout` or ",
    ", wait with `sleep`",
    "- Never decide for the person.",
    "- Never start a second run of a session.",
    "`samocode-run watch NAME`",
  ].map((line): Mutation => [skill("samocode-run"), line, "", "does not say"]),
  [skill("samocode-run"), "--task 'TEXT'", '--task "TEXT"', "does not say"],
  [skill("task-definition"), "--task 'TEXT'", '--task "TEXT"', "does not say"],
  [skill("implementation"), ", if there is a plan,", "", "does not say"],
];
