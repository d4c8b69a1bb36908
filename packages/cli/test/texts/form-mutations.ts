import { end, type Mutation } from "./text-mutation.ts";

const skill = (name: string) => `plugin/skills/${name}/SKILL.md`;

/** Names in backticks, commands, tools, forms and heads that are wrong. */
export const formMutations: readonly Mutation[] = [
  // names
  ["workflow.md", "`_qa.md`", "`_questions.md`", "_questions.md"],
  ["workflow.md", "named `STAMP-kind-topic.md`", "named _notes.json", "_notes.json"],
  ["plugin/agents/done.md", "skill `pr-summary`", "skill `summary`", "names a skill `summary`"],
  ["plugin/agents/done.md", "skills: pr-summary", "skills: summary", "has no skill `summary`"],
  [
    "plugin/commands/do.md",
    "skill `samocode:implementation`",
    "skill `samocode:implement`",
    "samocode:implement",
  ],
  ["plugin/commands/do.md", "$ARGUMENTS", "it", "loses its arguments"],
  [skill("investigation"), "STAMP-dive-TOPIC.md", "STAMP-report-TOPIC.md", "STAMP-report-TOPIC.md"],
  ["docs/session-files.md", "-test-report.md", "-tests.md", "STAMP-test-report.md"],
  [skill("quality"), "`samocode:reviewer`", "`samocode:critic`", "samocode:critic"],
  ["plugin/README.md", "`/samocode:dive`", "`/samocode:inspect`", "/samocode:inspect"],
  // what can be typed
  [
    skill("samocode-run"),
    "samocode-run answer NAME",
    "samocode-run reply NAME",
    "samocode-run reply",
  ],
  [skill("samocode-run"), "--feedback", "--because", "--because"],
  [
    skill("samocode-run"),
    "    samocode-run NAME --task",
    "    samocode-run NAME --text",
    "no flag `--text`",
  ],
  [skill("samocode-run"), "`--auto-approve`", "`--yes`", "--yes"],
  [
    skill("session-management"),
    "samocode-run status NAME`",
    "samocode-run where NAME`",
    "samocode-run where",
  ],
  // tools
  ["plugin/agents/planning.md", "tools: Read,", "tools: Task,", "unknown tool `Task`"],
  [
    "plugin/agents/quality.md",
    "Agent(samocode:reviewer)",
    "Agent(samocode:done)",
    "may start the phase agent done",
  ],
  // forms
  ["workflow.md", "**Answer:** _waiting_", "**Reply:** _waiting_", "shows a question"],
  ["workflow.md", "### Q1:", "### First:", "shows a question"],
  ["workflow.md", "**Suggestion:** A", "**Suggestion:** C", "shows a question"],
  ["workflow.md", "[NNN @ MM-DD HH:MM]", "[NNN, MM-DD]", "Flow Log"],
  [skill("planning"), "- [ ] what changes", "- what changes", "a plan"],
  [skill("planning"), "Verify: `command`", "Check: `command`", "a plan"],
  ["workflow.md", end, "```\n### Q1: Which?\n**Answer:** later\n```", "has a fence"],
  // who writes what, heads, tone
  ["workflow.md", "`Waiting For`, ", "", "gives the runner"],
  ["plugin/agents/done.md", "name: done", "name: summary", "is named `summary`"],
  ["plugin/agents/done.md", /^description: .*$/m, "description: Done.", "a description of 5"],
  ["workflow.md", "never push", "NEVER push", "shouts NEVER"],
];
