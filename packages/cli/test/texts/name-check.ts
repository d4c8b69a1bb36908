import { isPhase, phases } from "@samocode/core";
import { sessionFiles } from "@samocode/core/store";
import { tools as mcp } from "../../src/mcp/tools.ts";
import { agentTools } from "./head-check.ts";
import { agentsFields, runnersFields } from "./status-fields.ts";
import { namesOf, withoutBlocks, type TextTree } from "./text-tree.ts";
import { findTypingProblem, isCommand, isFlag } from "./typed-command.ts";

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
  String.raw`'\''`,
]);

/** The tools of `samocode-run mcp`. */
const mcpTools: ReadonlySet<string> = new Set(mcp.map(({ name }) => name));

/** Guides that any repository may have. */
const guides = new Set(["CLAUDE.md", "AGENTS.md"]);

/** Names in a text, in backticks or bare, that stand for nothing. */
export function findNameProblems(tree: TextTree, path: string): readonly string[] {
  const text = tree.get(path) ?? "";
  const prose = withoutBlocks(text);
  const foreign = [...others].reduce((rest, name) => rest.replaceAll(`\`${name}\``, ""), text);
  return [
    ...all(text.replaceAll(/^ {4,}.*$/gm, ""), /`([^`\n]+)`/g)
      .filter((name) => !isKnown(tree, name))
      .map((name) => `names \`${name}\``),
    ...all(text, /^ {4,}(samocode-run .*)$/gm).flatMap((line) => findTypingProblem(line) ?? []),
    ...all(text, /samocode-run ([a-z][\w-]*)/g)
      .filter((word) => !isCommand(word))
      .map((word) => `names a command \`samocode-run ${word}\``),
    ...all(foreign, /(?<![\w-])(--[a-z][\w-]*)/g)
      .filter((flag) => !isFlag(flag))
      .map((flag) => `names a flag \`${flag}\``),
    ...all(text, /(?<![\w/-])(_[a-z]\w*(?:\.\w+)?|[\w-]+\.(?:json|jsonl))(?!\w)/g)
      .filter((name) => !fileNames.has(name))
      .map((name) => `names a file \`${name}\``),
    ...all(text, /(?<![\w./-])([\w.-][\w./-]*\.md)\b/g)
      .filter((name) => !isDocument(tree, path, name))
      .map((name) => `names a document \`${name}\``),
    ...all(prose, /skill `(?:samocode:)?([^`]+)`/g)
      .filter((name) => !namesOf(tree, "skills").includes(name))
      .map((name) => `names a skill \`${name}\``),
    ...all(text, /\btools? `?([a-z]\w*)/g)
      .filter((name) => !mcpTools.has(name) && !/^(of|for|with|that|and|or|in|to)$/.test(name))
      .map((name) => `names a tool \`${name}\``),
    ...all(text, /(?<![\w:-])([a-z]+\d+)\b/g)
      .filter((name) => !namesOf(tree, "commands").includes(name))
      .map((name) => `names a command \`${name}\``),
    ...all(text, /([\w.-]+@[\w.-]*\w)/g)
      .filter((name) => name !== installName(tree))
      .map((name) => `installs \`${name}\`, not \`${installName(tree)}\``),
  ];
}

function all(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, name = ""]) => name);
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
  if (name.startsWith("STAMP-")) return isSessionFile(tree, name);
  const ours: readonly string[] = [
    ...phases,
    ...runnersFields,
    ...agentsFields,
    ...fileNames,
    ...commands,
    ...namesOf(tree, "agents"),
    ...namesOf(tree, "skills"),
  ];
  return ours.includes(name) || others.has(name) || mcpTools.has(name) || agentTools.has(name);
}

/** A document that the reader of the text at `path` has: agents work in another repository than this. */
function isDocument(tree: TextTree, path: string, name: string): boolean {
  return (
    fileNames.has(name) ||
    guides.has(name) ||
    isSessionFile(tree, name) ||
    (path === "plugin/README.md" && tree.has(`plugin/${name}`))
  );
}

/** A kind of session file, as the tree in docs/session-files.md shows them: alone or with a topic. */
function isSessionFile(tree: TextTree, name: string): boolean {
  const [, kind, topic] = /^STAMP-([a-z-]+?)(-TOPIC)?\.md$/.exec(name) ?? [];
  if (kind === "kind-topic") return true;
  const text = tree.get("docs/session-files.md") ?? "";
  return all(text, /── \d\d-\d\d-\d\d:\d\d-([a-z-]+)\.md/g).some((each) =>
    topic === undefined ? each === kind : each.startsWith(`${kind}-`),
  );
}

/** What the CLI calls the plugin when it installs it. */
function installName(tree: TextTree): string {
  const [plugin, marketplace] = [
    "plugin/.claude-plugin/plugin.json",
    ".claude-plugin/marketplace.json",
  ].map((path) => String(JSON.parse(tree.get(path) ?? "{}").name));
  return `${plugin}@${marketplace}`;
}
