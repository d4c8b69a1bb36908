import { isPhase } from "@samocode/core";
import { parseFrontMatter, parseList } from "@samocode/agent-claude";
import { namesOf, type TextTree } from "./text-tree.ts";

/** The tools of the CLI that an agent may have. */
export const agentTools: ReadonlySet<string> = new Set(
  "Read, Grep, Glob, Bash, Write, Edit, WebFetch, WebSearch".split(", "),
);

/** What is wrong with the front matter of an agent, a skill or a command, and with how it names its skill. */
export function findHeadProblems(tree: TextTree, path: string): readonly string[] {
  const [, kind = "", own = ""] = /^plugin\/(agents|skills|commands)\/([^/.]+)/.exec(path) ?? [];
  if (kind === "") return [];
  const { fields, body } = parseFrontMatter(tree.get(path) ?? "");
  const problems = [...findDescriptionProblems(tree, kind, fields.get("description") ?? "")];
  if (kind === "commands") {
    const skills = [...body.matchAll(/Use the skill `samocode:([\w-]+)`/g)];
    if (skills.length !== 1) problems.push("does not name one skill to use");
    if (!body.includes("$ARGUMENTS")) problems.push("loses its arguments");
    if (body.length > 250) problems.push("is no thin command");
    return problems;
  }
  if (fields.get("name") !== own) problems.push(`is named \`${fields.get("name")}\``);
  if (kind === "skills") return problems;
  for (const tool of parseList(fields.get("tools") ?? "")) {
    const [, agent] = /^Agent\(samocode:([\w-]+)\)$/.exec(tool) ?? [];
    if (agent === undefined ? !agentTools.has(tool) : !namesOf(tree, "agents").includes(agent)) {
      problems.push(`has an unknown tool \`${tool}\``);
    }
    if (agent !== undefined && isPhase(agent)) problems.push(`may start the phase agent ${agent}`);
  }
  const skills = parseList(fields.get("skills") ?? "");
  if (isPhase(own) && skills.length === 0) problems.push("works by no skill");
  for (const skill of skills) {
    if (!namesOf(tree, "skills").includes(skill)) problems.push(`has no skill \`${skill}\``);
    if (!body.includes(`skill \`${skill}\``)) problems.push(`does not say to use \`${skill}\``);
  }
  return problems;
}

function findDescriptionProblems(
  tree: TextTree,
  kind: string,
  description: string,
): readonly string[] {
  const [least, most] = kind === "commands" ? [20, 80] : [60, 160];
  const [, ...served] = /\bFor ([\w-]+)(?: and ([\w-]+))?\.$/.exec(description) ?? [];
  return [
    ...(description.length < least || description.length > most
      ? [`a description of ${description.length} characters, not ${least} to ${most}`]
      : []),
    ...served
      .filter((name) => name !== undefined && !namesOf(tree, "commands").includes(name))
      .map((name) => `is for \`${name}\`, which is no command`),
  ];
}
