import { isPhase, phases, sessionFiles } from "@samocode/core";
import { tools as mcp } from "../../src/mcp/tools.ts";
import { parseFrontMatter, parseList } from "../../src/texts/front-matter.ts";
import { findExampleProblems } from "./example-check.ts";
import { findMoveProblems } from "./move-check.ts";
import { namesOf, proseOf, type TextTree } from "./text-tree.ts";
import { findTypingProblem, isFlag } from "./typed-command.ts";

/** Lines of the Status section that are the runner's. */
export const runnersFields = [
  "Phase",
  "Blocked",
  "Waiting For",
  "Reason",
  "Needs",
  "Iteration",
  "Total Iterations",
  "Quality Iteration",
  "Cost",
];
const agentsFields = ["Last Action", "Next"];

/** The tools of the CLI that an agent may have. */
const tools = new Set("Read, Grep, Glob, Bash, Write, Edit, WebFetch, WebSearch".split(", "));

/** What may stand in backticks and is not ours. */
const others = new Set([
  "git status",
  "git log",
  "git push",
  "path:line",
  "summary",
  "green",
  "red",
  ">",
  "# ",
  "(two proposals)",
  "codex",
  "gemini",
  "codex exec --sandbox read-only",
  "gemini -p",
  "timeout",
  "nohup",
  "sleep",
  "run_in_background",
  "date +%m-%d-%H:%M",
  "claude plugin eval",
]);

/** The tools of `samocode-run mcp`. */
const mcpTools = new Set(mcp.map(({ name }) => name));

/** Words in capitals that do not shout. */
const capitals =
  /^(STAMP|NNN|MM|DD|HH|README|CONTRIBUTING|CLAUDE|AGENTS|SKILL|TODO|TITLE|NAME|TOPIC|TEXT|PHASE|ARGUMENTS|JWT|JSON|MCP|CLI|A|B|Q)$/;

/**
 * Holds every text that agents and parents read against what there is: files, commands, flags, skills, agents,
 * phases, signals, and the forms of what they are to write. One line a problem; none if all is true.
 */
export function findTextProblems(tree: TextTree): readonly string[] {
  const found = proseOf(tree).flatMap((path) =>
    [
      ...findHeadProblems(tree, path),
      ...findNameProblems(tree, path),
      ...findStyleProblems(tree.get(path) ?? ""),
      ...findMoveProblems(tree, path),
      ...findExampleProblems(tree.get(path) ?? ""),
    ].map((problem) => `${path}: ${problem}`),
  );
  return [...found, ...findUnused(tree), ...findOwnershipProblems(tree)];
}

function findHeadProblems(tree: TextTree, path: string): readonly string[] {
  const [, kind = "", own = ""] = /^plugin\/(agents|skills|commands)\/([^/.]+)/.exec(path) ?? [];
  if (kind === "") return [];
  const { fields, body } = parseFrontMatter(tree.get(path) ?? "");
  const problems: string[] = [];
  const description = fields.get("description") ?? "";
  const [least, most] = kind === "commands" ? [20, 80] : [60, 160];
  if (description.length < least || description.length > most) {
    problems.push(`a description of ${description.length} characters, not ${least} to ${most}`);
  }
  if (kind === "commands") {
    const skills = [...body.matchAll(/Use the skill `samocode:([\w-]+)`/g)];
    if (skills.length !== 1) problems.push("does not name one skill to use");
    if (!body.includes("$ARGUMENTS")) problems.push("loses its arguments");
    const as = / as `(\w+)`/.exec(body)?.[1];
    if (as !== undefined && as !== own) problems.push(`is not \`${as}\``);
    if (body.length > 250) problems.push("is no thin command");
    return problems;
  }
  if (fields.get("name") !== own) problems.push(`is named \`${fields.get("name")}\``);
  if (kind === "skills") return problems;
  for (const tool of parseList(fields.get("tools") ?? "")) {
    const [, agent] = /^Agent\(samocode:([\w-]+)\)$/.exec(tool) ?? [];
    if (agent === undefined ? !tools.has(tool) : !namesOf(tree, "agents").includes(agent)) {
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

function findNameProblems(tree: TextTree, path: string): readonly string[] {
  const text = tree.get(path) ?? "";
  const prose = withoutBlocks(text);
  const quoted = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, name = ""]) => name);
  const typed = [...text.matchAll(/^ {4,}(samocode-run .*)$/gm)].map(([, line = ""]) => line);
  const files = [
    ...text.matchAll(/(?<![\w/-])(_[a-z]\w*(?:\.\w+)?|[\w-]+\.(?:json|jsonl))(?!\w)/g),
  ];
  const skills = [...prose.matchAll(/skill `(?:samocode:)?([^`]+)`/g)].map(([, name = ""]) => name);
  return [
    ...quoted.filter((name) => !isKnown(tree, name)).map((name) => `names \`${name}\``),
    ...typed.flatMap((line) => findTypingProblem(line) ?? []),
    ...files
      .map(([, name = ""]) => name)
      .filter((name) => !fileNames.has(name))
      .map((name) => `names a file \`${name}\``),
    ...skills
      .filter((name) => !namesOf(tree, "skills").includes(name))
      .map((name) => `names a skill \`${name}\``),
  ];
}

const fileNames = new Set<string>([...Object.values(sessionFiles), "_waiting_"]);

function isKnown(tree: TextTree, name: string): boolean {
  const commands = namesOf(tree, "commands");
  const [, own] = /^samocode:([\w-]+)$/.exec(name) ?? [];
  if (own !== undefined) {
    const agents = namesOf(tree, "agents").filter((each) => !isPhase(each));
    return [...namesOf(tree, "skills"), ...agents].includes(own);
  }
  const [, command] = /^\/(?:samocode:)?([\w-]+)$/.exec(name) ?? [];
  if (command !== undefined) return commands.includes(command);
  if (name.startsWith("samocode-run")) return findTypingProblem(name) === undefined;
  if (name.startsWith("--")) return isFlag(name);
  const [, folder] = /^(\w+)\/$/.exec(name) ?? [];
  if (folder !== undefined)
    return [...tree.keys()].some((each) => each.startsWith(`plugin/${name}`));
  const [, kind, topic] = /^STAMP-([a-z-]+?)(-TOPIC)?\.md$/.exec(name) ?? [];
  if (kind !== undefined) return kind === "kind-topic" || isKind(tree, kind, topic !== undefined);
  const ours: readonly string[] = [
    ...phases,
    ...runnersFields,
    ...agentsFields,
    ...fileNames,
    ...commands,
    ...namesOf(tree, "agents"),
    ...namesOf(tree, "skills"),
  ];
  return ours.includes(name) || others.has(name) || mcpTools.has(name) || tools.has(name);
}

/** A kind of session file, as the tree in docs/session-files.md shows them: alone or with a topic. */
function isKind(tree: TextTree, kind: string, topic: boolean): boolean {
  const text = tree.get("docs/session-files.md") ?? "";
  return [...text.matchAll(/── \d\d-\d\d-\d\d:\d\d-([a-z-]+)\.md/g)].some(([, name = ""]) =>
    topic ? name.startsWith(`${kind}-`) : name === kind,
  );
}

function findStyleProblems(text: string): readonly string[] {
  const plain = withoutBlocks(text).replaceAll(/`[^`\n]*`/g, "");
  const words = [...plain.matchAll(/\b[A-Z]+\b/g)].map(([word]) => word);
  return [
    ...words.filter((word) => !capitals.test(word)).map((word) => `shouts ${word}`),
    ...(/"status"|"phase"/.test(text) ? ["types a signal; signals are generated"] : []),
    ...(/\d{2}-\d{2}-\d{2}|(?<![\w`.])~\//.test(text) ? ["names a path or a date"] : []),
  ];
}

/** A skill that nobody is told of is lost. */
function findUnused(tree: TextTree): readonly string[] {
  const told = proseOf(tree).filter((path) => !path.startsWith("plugin/skills/"));
  const text = told.map((path) => tree.get(path) ?? "").join("\n");
  return namesOf(tree, "skills")
    .filter((name) => !new RegExp(`skill \`(?:samocode:)?${name}\``).test(text))
    .map((name) => `plugin/skills/${name}: no agent and no command uses it`);
}

function findOwnershipProblems(tree: TextTree): readonly string[] {
  const workflow = tree.get("workflow.md") ?? "";
  const [, ours = ""] = /The runner alone writes (.*?);/.exec(workflow) ?? [];
  const told = [...ours.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  return told.join() === runnersFields.join()
    ? []
    : [`workflow.md: gives the runner ${told.join(", ")}, not ${runnersFields.join(", ")}`];
}

/** The text without its front matter, and without what is shown as an example. */
function withoutBlocks(text: string): string {
  return text.replace(/^---\n.*?\n---\n/s, "").replaceAll(/^ {4,}.*$/gm, "");
}
