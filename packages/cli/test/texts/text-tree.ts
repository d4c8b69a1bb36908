import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Files by their path from the top of the repository. */
export type TextTree = ReadonlyMap<string, string>;

export const repository = fileURLToPath(new URL("../../../../", import.meta.url));

/** All that agents are told, and the documents that their words are held against. */
export function readTextTree(): TextTree {
  const plugin = readdirSync(join(repository, "plugin"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(repository.length));
  const paths = [
    "workflow.md",
    "docs/session-files.md",
    ".claude-plugin/marketplace.json",
    ...plugin,
  ];
  return new Map(paths.map((path) => [path, readFileSync(join(repository, path), "utf8")]));
}

/** The names of the agents, skills or commands in a tree. */
export function namesOf(tree: TextTree, kind: "agents" | "skills" | "commands"): readonly string[] {
  const pattern = new RegExp(`^plugin/${kind}/([^/]+?)(?:/SKILL)?\\.md$`);
  return [...tree.keys()].flatMap((path) => pattern.exec(path)?.[1] ?? []);
}

/** The paths of the texts that agents and parents read. */
export function proseOf(tree: TextTree): readonly string[] {
  return [...tree.keys()].filter((path) => path === "workflow.md" || /^plugin\/.*\.md$/.test(path));
}

/** The text without its front matter, and without what is shown as an example. */
export function withoutBlocks(text: string): string {
  return text.replace(/^---\n.*?\n---\n/s, "").replaceAll(/^ {4,}.*$/gm, "");
}
