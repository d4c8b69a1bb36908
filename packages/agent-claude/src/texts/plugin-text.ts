import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Phase } from "@samocode/core";
import { findResource } from "./resources.ts";
import { parseFrontMatter, parseList } from "./front-matter.ts";

/** What an agent of the plugin is: its instructions, and what it may use. */
export interface AgentText {
  readonly description: string;
  readonly tools: readonly string[];
  /** Skills that it must work by; the CLI does not load them for the agent of a session, so the runner does. */
  readonly skills: readonly string[];
  readonly body: string;
}

/**
 * Reads the agent of a phase from the plugin.
 *
 * @throws {FrontMatterError} When the file is damaged.
 */
export function readAgentText(phase: Phase): AgentText {
  const path = join(findResource("plugin"), "agents", `${phase}.md`);
  const { fields, body } = parseFrontMatter(readFileSync(path, "utf8"));
  return {
    description: fields.get("description") ?? "",
    tools: parseList(fields.get("tools") ?? ""),
    skills: parseList(fields.get("skills") ?? ""),
    body,
  };
}

/** Reads the text of a skill of the plugin, without its front matter. */
export function readSkillText(name: string): string {
  return parseFrontMatter(readFileSync(join(skillsFolder(), name, "SKILL.md"), "utf8")).body;
}

/** The skills of the plugin. */
export function listSkillNames(): readonly string[] {
  return readdirSync(skillsFolder()).toSorted();
}

function skillsFolder(): string {
  return join(findResource("plugin"), "skills");
}
