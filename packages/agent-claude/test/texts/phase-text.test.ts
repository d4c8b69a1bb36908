import { phases, type Phase } from "@samocode/core";
import { describe, expect, it } from "vitest";
import { formatPhaseProtocol } from "../../src/texts/phase-protocol.ts";
import { readWorkflow } from "../../src/texts/resources.ts";
import type { CustomText } from "../../src/texts/custom-text.ts";
import { readPhaseText } from "../../src/texts/phase-text.ts";
import { readAgentText, readSkillText } from "../../src/texts/plugin-text.ts";

const own = (target: CustomText["target"], more: Partial<CustomText> = {}): CustomText => ({
  path: `/x/${target}.md`,
  target,
  mode: "extend",
  skills: [],
  body: "OURS",
  ...more,
});
const read = (phase: Phase, ...texts: CustomText[]) => readPhaseText(phase, { texts });
const workflow = readWorkflow().trim();

it.each(phases)(
  "%s has the skill of its agent, the workflow, its signals, in this order",
  (phase) => {
    const [skill = ""] = readAgentText(phase).skills;
    expect(readPhaseText(phase)).toEqual({
      agent: `samocode:${phase}`,
      systemPrompt: `${readSkillText(skill)}\n\n${workflow}\n\n${formatPhaseProtocol(phase)}`,
    });
  },
);

describe("a project's own text", () => {
  it("extends the agent: it comes first, and all else stays", () => {
    const given = readPhaseText("testing");
    expect(read("testing", own("testing"))).toEqual({
      agent: "samocode:testing",
      systemPrompt: `OURS\n\n${given.systemPrompt}`,
    });
    expect(read("quality", own("testing"))).toEqual(readPhaseText("quality"));
  });

  it("replaces the agent and its skills, with its tools unless it names others", () => {
    const text = read("testing", own("testing", { mode: "replace" }));
    expect(text).toEqual({
      agent: "project-testing",
      agents: {
        "project-testing": {
          description: expect.any(String),
          prompt: "OURS",
          tools: readAgentText("testing").tools,
        },
      },
      systemPrompt: `${workflow}\n\n${formatPhaseProtocol("testing")}`,
    });
    const named = own("testing", { mode: "replace", tools: ["Write"], skills: ["testing"] });
    expect(read("testing", named)).toMatchObject({
      agents: { "project-testing": { tools: ["Write"] } },
      systemPrompt: expect.stringContaining(readSkillText("testing")),
    });
  });

  it("adds tools to those of the agent", () => {
    const { tools, body } = readAgentText("done");
    expect(read("done", own("done", { tools: ["Write", "mcp__wiki"], body: "" }))).toEqual({
      agent: "project-done",
      agents: {
        "project-done": {
          description: expect.any(String),
          prompt: body,
          tools: [...tools, "mcp__wiki"],
        },
      },
      systemPrompt: readPhaseText("done").systemPrompt,
    });
  });

  it("extends or replaces the workflow in every phase", () => {
    for (const phase of phases) {
      const given = readPhaseText(phase).systemPrompt;
      expect(read(phase, own("workflow")).systemPrompt).toBe(
        given.replace(workflow, () => `${workflow}\n\nOURS`),
      );
      expect(read(phase, own("workflow", { mode: "replace" })).systemPrompt).toBe(
        given.replace(workflow, "OURS"),
      );
    }
  });

  it("never takes the place of the signals", () => {
    const texts = [own("planning", { mode: "replace" }), own("workflow", { mode: "replace" })];
    expect(read("planning", ...texts).systemPrompt).toBe(
      `OURS\n\n${formatPhaseProtocol("planning")}`,
    );
  });
});
