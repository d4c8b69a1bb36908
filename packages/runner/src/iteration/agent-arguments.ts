import type { SessionContext } from "@samocode/core";
import {
  claudeArguments,
  denyRules,
  findResource,
  formatHookSettings,
  readPhaseText,
} from "@samocode/agent-claude";
import type { IterationPlan } from "@samocode/session";
import type { IterationOptions } from "./iteration-options.ts";

/** Mending a signal costs little, and is allowed where the budget has just been spent. */
const leastBudgetUsd = 0.01;

/** What an iteration may cost, in US dollars: what the session has left. */
export function budgetOf(
  { costUsd }: SessionContext,
  { settings: { budgetUsd } }: IterationOptions,
): { readonly maxCostUsd?: number } {
  if (budgetUsd === undefined) return {};
  return { maxCostUsd: Math.max(leastBudgetUsd, budgetUsd - costUsd) };
}

/** The command line of the agent of an iteration. */
export function argumentsOf(
  plan: IterationPlan,
  context: SessionContext,
  options: IterationOptions,
): string[] {
  const { phase } = context;
  const { store, settings, project, secrets, customTexts, workingDir } = options;
  const { maxCostUsd } = budgetOf(context, options);
  const deny = denyRules(phase, {
    ...project,
    sessionFolder: store.folder,
    workingDir,
    secrets,
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
    ...(maxCostUsd !== undefined && { maxBudgetUsd: maxCostUsd }),
    addDirs: [store.folder],
  });
}
