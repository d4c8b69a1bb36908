import {
  explainIllegalMove,
  parseSignal,
  phaseRules,
  type Phase,
  type PhaseRule,
} from "@samocode/core";
import type { ApiRequest } from "@samocode/testkit";
import { describe, expect, it } from "vitest";
import type { Act } from "../../src/demo/act.ts";
import { repositoryFiles } from "../../src/demo/roman-files.ts";
import { toApiScript, toScenario } from "../../src/demo/scripted-agents.ts";
import { writeScript, type ScriptedIteration } from "../../src/demo/script.ts";

const script = writeScript("01-15 14:30");
const acts = script.map(({ turns }) => turns.flatMap((turn) => turn.acts));

describe("the script of the demo", () => {
  it("answers each iteration with a signal that is legal in its phase", () => {
    const problems = script.map(({ phase, signal }) => {
      const reason = signal.status === "waiting" ? signal.for : undefined;
      return explainIllegalMove({ ...signal, for: reason }, phase);
    });
    expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
  });

  it("goes from phase to phase by its signals, and past the gate where a person approves", () => {
    for (const [index, iteration] of script.entries()) {
      expect(nextPhases(iteration)).toContain(script[index + 1]?.phase);
    }
  });

  it("ends every iteration by writing its signal, with the number of the iteration", () => {
    for (const [index, { signal }] of script.entries()) {
      const last = acts[index]?.at(-1);
      const content = last?.tool === "Write" ? last.input.content : "";
      expect(parseSignal(content)).toEqual({ ...signal, iteration: index + 1 });
    }
  });

  it("looks at each file in the same iteration before it changes it, as the CLI demands", () => {
    const unseen = acts.flatMap((list) =>
      list.filter(
        (act, index) =>
          act.tool === "Edit" &&
          !list.slice(0, index).some(({ input }) => pathOf(input) === act.input.file_path),
      ),
    );
    expect(unseen).toEqual([]);
  });

  it("changes text that is in the repository, once", () => {
    const files = new Map<string, string>(
      Object.entries(repositoryFiles).map(([name, text]) => [`{cwd}/${name}`, text]),
    );
    for (const act of acts.flat()) {
      if (act.tool !== "Edit" || !act.input.file_path.startsWith("{cwd}")) continue;
      const parts = (files.get(act.input.file_path) ?? "").split(act.input.old_string);
      expect(parts).toHaveLength(2);
      files.set(act.input.file_path, parts.join(act.input.new_string));
    }
    expect(files.get("{cwd}/roman.js")).toContain("export function fromRoman");
  });
});

describe("the agents of the demo", () => {
  it("are told the same by the scripted API as the stand-in does by itself", () => {
    const answer = toApiScript(script);
    const { calls } = toScenario(script);
    for (const [index, { turns }] of script.entries()) {
      const prompt = `Session folder: {session}\nWorktree: {cwd}\nIteration: ${index + 1}\n`;
      const replies = turns.map((_, turn) => answer(requestOf(prompt, turn)));
      const asked = replies
        .flatMap((reply) => (Array.isArray(reply) ? reply : []))
        .filter((block) => block.type === "tool_use")
        .map(({ name, input }) => [name, input["command"] ?? input]);
      const played = (calls[index] ?? []).flatMap((step) => {
        if (step.do === "tool") return [[step.name, step.input]];
        return step.do === "bash" ? [["Bash", step.command]] : [];
      });
      expect(asked).toEqual(played);
      expect(answer(requestOf(prompt, turns.length))).toEqual([
        { type: "text", text: script[index]?.end },
      ]);
    }
  });

  it("do nothing when they are asked for an iteration that is not in the script", () => {
    expect(toApiScript(script)(requestOf("Is there anything to do?", 0))).toEqual({
      type: "text",
      text: "There is nothing to do.",
    });
  });
});

function pathOf(input: Act["input"]): string | undefined {
  return "file_path" in input ? input.file_path : undefined;
}

/** The phases of which one must come next; `undefined` is the end. */
function nextPhases({ phase, signal }: ScriptedIteration): readonly (Phase | undefined)[] {
  if (signal.status === "done") return [undefined];
  if (signal.status !== "waiting") return [signal.phase];
  const rule: PhaseRule = phaseRules[phase];
  return signal.for === rule.gate ? rule.next : [phase];
}

function requestOf(prompt: string, turn: number): ApiRequest {
  return {
    number: turn + 1,
    turn,
    prompt,
    model: "opus",
    stream: true,
    system: [],
    messages: [],
    tools: [],
    sessionId: undefined,
    agentId: undefined,
    headers: {},
    body: Buffer.from(""),
    receivedAt: 0,
  };
}
