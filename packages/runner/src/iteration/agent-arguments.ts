import type { SessionContext } from "@samocode/core";
import { claudeArguments } from "../claude/command-line.ts";
import { denyRules } from "../claude/permission-rules.ts";
import { envFiles } from "../config/config.ts";
import { findResource } from "../resources.ts";
import { formatHookSettings } from "../signal-hook/hook-settings.ts";
import { readPhaseText } from "../texts/phase-text.ts";
import type { IterationPlan } from "./iteration-plan.ts";
import type { IterationOptions } from "./iteration-options.ts";

/** Mending a signal costs little, and is allowed where the budget has just been spent. */
const leastBudgetUsd = 0.01;

/** The command line of the agent of an iteration. */
export async function argumentsOf(
  plan: IterationPlan,
  { phase, costUsd }: SessionContext,
  { store, settings, project, customTexts, workingDir, env }: IterationOptions,
): Promise<string[]> {
  const deny = await denyRules(phase, {
    ...project,
    sessionFolder: store.folder,
    workingDir,
    secrets: envFiles(project.configPath, env),
  });
  return claudeArguments({
    pluginDir: findResource("plugin"),
    ...readPhaseText(phase, customTexts),
    ...(customTexts.mcpConfig !== undefined && { mcpConfig: customTexts.mcpConfig }),
    settings: { ...formatHookSettings(), permissions: { deny } },
    conversation: plan.resumes ? { resume: plan.claudeSessionId } : { start: plan.claudeSessionId },
    model: settings.model,
    ...(settings.fallbackModel !== undefined && { fallbackModel: settings.fallbackModel }),
    maxTurns: settings.maxTurns,
    permissionMode: settings.permissionMode,
    ...(settings.budgetUsd !== undefined && {
      maxBudgetUsd: Math.max(leastBudgetUsd, settings.budgetUsd - costUsd),
    }),
    addDirs: [store.folder],
  });
}
