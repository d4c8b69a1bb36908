import {
  fillPlaces,
  parsePrompt,
  text,
  toolUse,
  type ApiRequest,
  type ReplyLike,
  type Scenario,
  type Script,
  type Step,
} from "@samocode/stand-in";
import type { Act } from "./act.ts";
import type { ScriptedIteration } from "./script.ts";

/** What the Messages API answers, so that the real CLI plays the script. */
export function toApiScript(script: readonly ScriptedIteration[]): Script {
  return (request) => answer(script, request);
}

function answer(script: readonly ScriptedIteration[], request: ApiRequest): ReplyLike {
  const { prompt, turn } = request;
  const facts = parsePrompt(prompt);
  const iteration = script[Number(facts.iteration) - 1];
  if (iteration === undefined) return text("There is nothing to do.");
  const { say, acts } = iteration.turns[turn] ?? { say: iteration.end, acts: [] };
  const cwd = /^Worktree: (.+)$/m.exec(prompt)?.[1] ?? "";
  const fill = (value: string): string =>
    fillPlaces(value, { number: 1, argv: [], prompt, cwd, ...facts });
  return [
    text(say),
    ...acts.map(({ tool, input }) =>
      toolUse(
        tool,
        Object.fromEntries(Object.entries(input).map(([key, value]) => [key, fill(value)])),
      ),
    ),
  ];
}

/** How long the stand-in lets a person read what it says and see what it does, in ms. */
const pauses = { say: 200, act: 30 };

/** What the stand-in does, so that it plays the same script, at a pace that a person can follow. */
export function toScenario(script: readonly ScriptedIteration[]): Scenario {
  return {
    calls: script.map(({ turns, end }) => [
      ...turns.flatMap(({ say, acts }): Step[] => [
        { do: "say", text: say },
        { do: "sleep", ms: pauses.say },
        ...acts.flatMap((act): Step[] => [...toSteps(act), { do: "sleep", ms: pauses.act }]),
      ]),
      { do: "say", text: end },
    ]),
  };
}

function toSteps(act: Act): readonly Step[] {
  const told: Step = { do: "tool", name: act.tool, input: act.input };
  switch (act.tool) {
    case "Bash":
      return [{ do: "bash", command: act.input.command }];
    case "Read":
      return [told];
    case "Write":
      return [told, { do: "write", path: act.input.file_path, content: act.input.content }];
    case "Edit": {
      const { file_path: path, old_string: from, new_string: to } = act.input;
      return [told, { do: "replace", path, from, to }];
    }
  }
}
