import type { Project } from "../config/project.ts";
import { checkCustomTexts } from "../config/custom-folder.ts";
import { customFolder, formatCustomText } from "@samocode/agent-claude";
import { createCheck, type Check } from "@samocode/channels/plugin";

/** The custom prompts of a project, and what is wrong with them. */
export async function checkTexts(project: Project): Promise<readonly Check[]> {
  const { texts, mcpConfig, problems, warnings } = checkCustomTexts(project);
  const checks = [
    ...texts.map((text) => createCheck("texts", "ok", formatCustomText(text))),
    ...(mcpConfig === undefined ? [] : [createCheck("texts", "ok", `MCP servers: ${mcpConfig}`)]),
    ...warnings.map((warning) => createCheck("texts", "warning", warning)),
    ...problems.map(({ where, what, cure }) =>
      createCheck("texts", "fault", `${where}: ${what}`, cure),
    ),
  ];
  const none = `built-in prompts only (no ${customFolder})`;
  return checks.length > 0 ? checks : [createCheck("texts", "off", none)];
}
