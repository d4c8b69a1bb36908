import { isPhase, type Phase } from "@samocode/core";
import { nearest } from "@samocode/session";
import { FrontMatterError, parseFrontMatter, parseList } from "./front-matter.ts";

/** What a project's own text stands for: the agent of a phase, or `workflow.md`. */
export type CustomTarget = Phase | "workflow";

/** A project's own text for its agents. */
export interface CustomText {
  readonly path: string;
  readonly target: CustomTarget;
  /** Added to what comes with samocode, or put in its place. */
  readonly mode: "extend" | "replace";
  /** Of an agent: the tools that are added, or the only ones. Absent: those of the agent that comes with samocode. */
  readonly tools?: readonly string[];
  /** Of an agent: the skills that are added, or the only ones. */
  readonly skills: readonly string[];
  readonly body: string;
}

/** Where a project keeps its own texts for agents, beside `.samocode`. */
export const customFolder = ".samocode.d";

/** A project's own texts and servers for its agents. */
export interface CustomTexts {
  readonly texts: readonly CustomText[];
  /** A file of MCP servers for `--mcp-config`. */
  readonly mcpConfig?: string;
}

/** No text of the project's own. */
export const noCustomTexts: CustomTexts = { texts: [] };

/** What is wrong with a text, and the line where known. */
export interface TextProblem {
  readonly line?: number;
  readonly what: string;
  readonly cure: string;
}

/** The most bytes of one text: it goes along with each request of its agent. */
export const maxCustomBytes = 32_768;

const modes = ["extend", "replace"] as const;
const agentKeys = ["mode", "tools", "skills", "name", "description"];

/**
 * Reads one of a project's own texts. Without `mode: extend` in its front matter it replaces.
 *
 * @param skillNames The skills that there are.
 */
export function parseCustomText(
  source: string,
  path: string,
  target: CustomTarget,
  skillNames: readonly string[],
): CustomText | readonly TextProblem[] {
  const bytes = Buffer.byteLength(source);
  if (bytes > maxCustomBytes) {
    const what = `is ${bytes} bytes long, expected at most ${maxCustomBytes}`;
    return [{ what, cure: "Shorten it: it is sent with every request of the agent." }];
  }
  if (source.includes("\0")) {
    return [{ what: "contains a NUL character", cure: "Save it as plain text." }];
  }
  try {
    return readText(source, path, target, skillNames);
  } catch (error) {
    if (!(error instanceof FrontMatterError)) throw error;
    const { line, message } = error;
    return [{ line, what: message, cure: "See docs/custom-prompts.md for an example." }];
  }
}

function readText(
  source: string,
  path: string,
  target: CustomTarget,
  skillNames: readonly string[],
): CustomText | readonly TextProblem[] {
  const { fields, body } = parseFrontMatter(source);
  const keys = isPhase(target) ? agentKeys : ["mode"];
  const mode = fields.get("mode") ?? "replace";
  const tools = fields.has("tools") ? parseList(fields.get("tools") ?? "") : undefined;
  const skills = parseList(fields.get("skills") ?? "");
  const problems: TextProblem[] = [];

  for (const key of fields.keys()) {
    if (keys.includes(key)) continue;
    const what = `has an unknown field \`${key}\`, expected ${quoted(keys)}`;
    const cure =
      key === "model"
        ? "Remove it: the model is set with CLAUDE_MODEL or --model."
        : `Did you mean \`${nearest(key, keys)}\`? If not, remove it.`;
    problems.push({ what, cure });
  }
  if (!isMode(mode)) {
    const what = `has the mode \`${mode}\`, expected ${quoted(modes)}`;
    problems.push({
      what,
      cure: "`extend` adds to the built-in prompt, `replace` replaces it.",
    });
  }
  const name = fields.get("name") ?? target;
  if (name !== target) {
    const what = `has the name \`${name}\`, expected \`${target}\` as its file`;
    problems.push({ what, cure: "Remove the line, or rename the file." });
  }
  for (const skill of skills) {
    if (skillNames.includes(skill)) continue;
    const what = `names a skill \`${skill}\`, expected ${quoted(skillNames)}`;
    problems.push({ what, cure: `Did you mean \`${nearest(skill, skillNames)}\`?` });
  }
  if (mode === "replace" && tools !== undefined && !tools.includes("Write")) {
    const what = "gives the agent no tool `Write`, which it needs to write `_signal.json`";
    problems.push({ what, cure: "Add `Write` to `tools`." });
  }
  if (body === "" && tools === undefined && skills.length === 0) {
    problems.push({ what: "is empty", cure: "Write the prompt, or remove the file." });
  } else if (body === "" && mode === "replace") {
    problems.push({
      what: "has no text below its front matter",
      cure: "Add it, or use `mode: extend`.",
    });
  }
  if (problems.length > 0 || !isMode(mode)) return problems;
  return { path, target, mode, skills, body, ...(tools !== undefined && { tools }) };
}

/**
 * One line for a person: what a text does.
 *
 * @example
 * formatCustomText(text); // "extends the agent of testing, 120 bytes: /code/app/.samocode.d/agents/testing.md"
 */
export function formatCustomText({ path, target, mode, tools, body }: CustomText): string {
  const what = target === "workflow" ? "workflow.md" : `the agent of ${target}`;
  const more = tools === undefined ? "" : `, tools ${tools.join(", ")}`;
  return `${mode}s ${what}, ${Buffer.byteLength(body)} bytes${more}: ${path}`;
}

function isMode(value: string): value is CustomText["mode"] {
  return (modes as readonly string[]).includes(value);
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(", ");
}
