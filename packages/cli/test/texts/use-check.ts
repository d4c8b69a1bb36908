import type { Phase } from "@samocode/core";
import { parseFrontMatter, parseList } from "@samocode/agent-claude";
import type { TextTree } from "./text-tree.ts";

// Both tables are typed by hand: that a skill exists does not make it the right one.

/** The skill that each command uses, and the words that say for what. */
const commands: Readonly<Record<string, readonly [skill: string, words: string]>> = {
  cleanup: ["quality", "for a cleanup of:"],
  "create-plan": ["planning", "to plan:"],
  dive: ["investigation", "to make a dive into:"],
  do: ["implementation", "as `do` for this instruction,"],
  do2: ["implementation", "as `do2` for this instruction,"],
  dop: ["implementation", "as `dop` for this step of the plan,"],
  dop2: ["implementation", "as `dop2` for this step of the plan,"],
  "multi-review": ["quality", "for a multi-review of:"],
  samocode: ["samocode-run", "for:"],
  "session-archive": ["session-management", "to archive the session:"],
  "session-continue": ["session-management", "to continue the session:"],
  "session-start": ["session-management", "to start a session:"],
  "session-sync": ["session-management", "to sync the session:"],
  summary: ["pr-summary", "for:"],
  task: ["task-definition", "to define this task:"],
};

/** The skill that the agent of each phase works by. */
const agents: Readonly<Record<Phase, string>> = {
  investigation: "investigation",
  planning: "planning",
  implementation: "implementation",
  testing: "testing",
  quality: "quality",
  done: "pr-summary",
};

/** Commands and agents of phases that use another skill than theirs, or for something else. */
export function findUseProblems(tree: TextTree): readonly string[] {
  const text = (path: string) => parseFrontMatter(tree.get(path) ?? "");
  return [
    ...Object.entries(commands).flatMap(([name, [skill, words]]) => {
      const path = `plugin/commands/${name}.md`;
      const start = `Use the skill \`samocode:${skill}\` ${words}`;
      return text(path).body.startsWith(start) ? [] : [`${path}: does not begin "${start}"`];
    }),
    ...Object.entries(agents).flatMap(([phase, skill]) => {
      const path = `plugin/agents/${phase}.md`;
      const { fields, body } = text(path);
      const named = [...body.matchAll(/skill `([^`]+)`/g)].map(([, name]) => name);
      const own = [...parseList(fields.get("skills") ?? ""), ...named];
      return own.length > 1 && own.every((name) => name === skill)
        ? []
        : [`${path}: works by ${own.join(", ")}, not by ${skill} alone`];
    }),
  ];
}
