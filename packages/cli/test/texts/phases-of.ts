import { isPhase, phases, type Phase } from "@samocode/core";
import { parseFrontMatter, parseList } from "@samocode/agent-claude";
import { namesOf, type TextTree } from "./text-tree.ts";

/**
 * The phases whose agents read a text: an agent's own, all for `workflow.md`, for a skill those whose agents name it.
 * None for what parents and people read.
 */
export function phasesOf(tree: TextTree, path: string): readonly Phase[] {
  if (path === "workflow.md") return phases;
  const [, kind, name = ""] = /^plugin\/(agents|skills)\/([\w-]+)/.exec(path) ?? [];
  if (kind === "agents") return isPhase(name) ? [name] : [];
  if (kind !== "skills") return [];
  return namesOf(tree, "agents")
    .filter(isPhase)
    .filter((phase) => {
      const { fields } = parseFrontMatter(tree.get(`plugin/agents/${phase}.md`) ?? "");
      return parseList(fields.get("skills") ?? "").includes(name);
    });
}

/** The text below the front matter as it is read: without backticks, stars and examples of commands. */
export function spokenText(tree: TextTree, path: string): string {
  const { body } = parseFrontMatter(tree.get(path) ?? "");
  return body
    .replaceAll(/`(?:samocode-run|git) [^`\n]*`|^ {4,}samocode-run .*$/gm, "")
    .replaceAll(/[`*]/g, "");
}
