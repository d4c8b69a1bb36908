import type { Phase } from "@samocode/core";
import { formatSystemPrompt } from "./prompt.ts";
import { readWorkflow } from "./resources.ts";
import { noCustomTexts, type CustomTexts } from "./custom-text.ts";
import { readAgentText, readSkillText } from "./plugin-text.ts";

/** All that the agent of a phase is told which is the same in each of its iterations, as the CLI takes it. */
export interface PhaseText {
  /** For `--agent`. */
  readonly agent: string;
  /** For `--agents`, where the agent is not that of the plugin. */
  readonly agents?: Readonly<Record<string, InlineAgent>>;
  /** For `--append-system-prompt`. */
  readonly systemPrompt: string;
}

interface InlineAgent {
  readonly description: string;
  readonly prompt: string;
  readonly tools: readonly string[];
}

const known = new WeakMap<CustomTexts, Map<Phase, PhaseText>>();

/**
 * Puts together what the agent of a phase is told: that of the plugin and `workflow.md`, or what the project has of
 * its own. The signals of the phase come last and cannot be replaced. Read once: all iterations of a run are told
 * the same.
 *
 * @example
 * readPhaseText("testing").agent; // "samocode:testing"
 */
export function readPhaseText(phase: Phase, custom: CustomTexts = noCustomTexts): PhaseText {
  const texts = known.get(custom) ?? new Map<Phase, PhaseText>();
  const text = texts.get(phase) ?? makePhaseText(phase, custom);
  known.set(custom, texts.set(phase, text));
  return text;
}

function makePhaseText(phase: Phase, { texts }: CustomTexts): PhaseText {
  const own = texts.find(({ target }) => target === phase);
  const ownWorkflow = texts.find(({ target }) => target === "workflow");
  const given = readAgentText(phase);
  const replaced = own?.mode === "replace";
  const skills = [...(replaced ? [] : given.skills), ...(own?.skills ?? [])];
  const workflow = [
    ...(ownWorkflow?.mode === "replace" ? [] : [readWorkflow()]),
    ...(ownWorkflow === undefined ? [] : [ownWorkflow.body]),
  ];
  const systemPrompt = formatSystemPrompt({
    above: [...(own?.mode === "extend" ? [own.body] : []), ...new Set(skills.map(readSkillText))],
    workflow: workflow.map((text) => text.trim()).join("\n\n"),
    phase,
  });
  if (!replaced && own?.tools === undefined) return { agent: `samocode:${phase}`, systemPrompt };
  const agent = {
    description: given.description,
    prompt: replaced ? own.body : given.body,
    tools: [...new Set([...(replaced ? [] : given.tools), ...(own.tools ?? given.tools)])],
  };
  // Not a name of the plugin: which of two of one name the CLI takes may change.
  const name = `project-${phase}`;
  return { agent: name, agents: { [name]: agent }, systemPrompt };
}
