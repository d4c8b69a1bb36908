import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { phases } from "@samocode/core";
import { invalidConfig, type ConfigProblem } from "./config-error.ts";
import { readConfigText } from "./config-file.ts";
import type { Project } from "./project.ts";
import { isInside, nearest } from "@samocode/session";
import {
  customFolder,
  parseCustomText,
  type CustomTarget,
  type CustomText,
  type CustomTexts,
  listSkillNames,
} from "@samocode/agent-claude";

/** What there is, and what is wrong with it. */
export interface CustomTextsCheck extends CustomTexts {
  readonly folder: string;
  readonly problems: readonly ConfigProblem[];
  readonly warnings: readonly string[];
}

const targets = new Map<string, CustomTarget>([
  ["workflow.md", "workflow"],
  ...phases.map((phase): [string, CustomTarget] => [`agents/${phase}.md`, phase]),
]);
const mcpFile = "mcp.json";

/**
 * Reads a project's own texts for its agents.
 *
 * @throws {ConfigError} with all that is wrong with them.
 */
export function readCustomTexts(
  project: Project,
): CustomTexts & { readonly warnings: readonly string[] } {
  const { problems, ...found } = checkCustomTexts(project);
  if (problems.length > 0) throw invalidConfig(problems, found.warnings);
  return found;
}

/**
 * Looks at a project's own texts for its agents: `workflow.md` and `agents/PHASE.md` in the folder `.samocode.d`
 * beside `.samocode`, and `mcp.json` there. Changes nothing; never throws for what is in them.
 *
 * They are orders, so they must come from whoever owns the project: a file in the worktrees or in the sessions,
 * where agents write, is not taken, nor a link to one.
 */
export function checkCustomTexts(
  project: Pick<Project, "configPath" | "worktrees" | "sessions">,
): CustomTextsCheck {
  const folder = join(dirname(project.configPath), customFolder);
  const names = listFiles(folder);
  const problems: ConfigProblem[] = [];
  const texts: CustomText[] = [];
  let mcpConfig: string | undefined;
  let servers: readonly string[] = [];
  for (const name of [...targets.keys(), mcpFile]) {
    if (!names.includes(name)) continue;
    const path = join(folder, name);
    if (isInside([project.worktrees, project.sessions], path)) {
      const what = "is in a folder that agents can write to, so it is ignored";
      const cure = `Move .samocode and ${customFolder} out of WORKTREES and SESSIONS, with no link into them.`;
      problems.push({ where: path, what, cure });
      continue;
    }
    const source = readConfigText(path) ?? "";
    if (typeof source !== "string") problems.push(source);
    else if (name === mcpFile) {
      const found = readServerNames(source);
      if ("what" in found) problems.push({ where: path, ...found });
      else [mcpConfig, servers] = [path, found];
    } else {
      const text = parseCustomText(source, path, targetOf(name), listSkillNames());
      if ("body" in text) texts.push(text);
      else
        problems.push(...text.map(({ line, ...rest }) => ({ where: lineOf(path, line), ...rest })));
    }
  }
  return {
    folder,
    texts,
    ...(mcpConfig !== undefined && { mcpConfig }),
    problems,
    warnings: [
      ...names.flatMap((name) => findStray(folder, name)),
      ...texts.flatMap((text) => findLostTools(text, servers)),
    ],
  };
}

function targetOf(name: string): CustomTarget {
  return targets.get(name) ?? "workflow";
}

function lineOf(path: string, line: number | undefined): string {
  return line === undefined ? path : `${path}:${line}`;
}

/** A misspelt name would leave its text unread without a word. */
function findStray(folder: string, name: string): readonly string[] {
  const known = [...targets.keys(), mcpFile];
  if (known.includes(name) || name.split("/").some((part) => part.startsWith("."))) return [];
  return [
    `${join(folder, name)} is not read; the nearest valid name is \`${nearest(name, known)}\``,
  ];
}

/** Agents have no servers but those of the project, so the tools of others are not there. */
function findLostTools({ path, tools = [] }: CustomText, servers: readonly string[]): string[] {
  return tools
    .filter((tool) => tool.startsWith("mcp__"))
    .filter((tool) => !servers.some((name) => `${tool}__`.startsWith(`mcp__${name}__`)))
    .map(
      (tool) =>
        `${path} names the tool \`${tool}\`, and \`${customFolder}/${mcpFile}\` has no such server`,
    );
}

/** The names of the servers, as they stand in the names of their tools. */
function readServerNames(source: string): readonly string[] | Omit<ConfigProblem, "where"> {
  const cure = 'Write {"mcpServers": {"NAME": {"command": "PROGRAM"}}}, or remove it.';
  try {
    const value: unknown = JSON.parse(source);
    const servers =
      typeof value === "object" && value !== null && "mcpServers" in value && value.mcpServers;
    if (typeof servers === "object" && servers !== null && !Array.isArray(servers))
      return Object.keys(servers).map((name) => name.replaceAll(/[^\w-]/g, "_"));
    return { what: "has no object `mcpServers`", cure };
  } catch (error) {
    return {
      what: `is not JSON (${error instanceof Error ? error.message : String(error)})`,
      cure,
    };
  }
}

/** The files in the folder and in its folder `agents`; none if it is not there. */
function listFiles(folder: string): readonly string[] {
  return [
    ...listNames(folder).filter((name) => name !== "agents"),
    ...listNames(join(folder, "agents")).map((name) => `agents/${name}`),
  ];
}

function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
