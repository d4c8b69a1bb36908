import { type AgentDialect, type Agent, agentEnvironment, createAgent } from "@samocode/agent";

/** What a plain agent has said so far. */
interface PlainSummary {
  readonly hasBegun: boolean;
  readonly end?: "done" | "failed";
}

/** Lines of words: `begin`, `say TEXT`, `done` and `failed`. Others mean nothing. */
const plainDialect: AgentDialect<PlainSummary> = {
  empty: { hasBegun: false },
  largeLinesWith: "done",
  read(summary, line) {
    const [word, ...rest] = line.split(" ");
    if (word === "begin") return { summary: { hasBegun: true }, activities: [] };
    if (word === "done" || word === "failed") {
      return { summary: { ...summary, end: word }, activities: [] };
    }
    if (word !== "say") return { summary, activities: [] };
    return { summary, activities: [{ type: "text", text: rest.join(" "), message: "m" }] };
  },
  progressOf: ({ hasBegun, end }) => ({
    hasBegun,
    hasResult: end !== undefined,
    atRest: end !== undefined,
    costUsd: 0,
    isUnauthorized: false,
  }),
  judge({ summary: { end }, cause, ranMs, silentMs }) {
    if (cause === "cancelled" && end !== "done") return { type: "interrupted" };
    if (cause === "timeout") return { type: "timedOut", afterMs: ranMs };
    if (cause === "idle") return { type: "stalled", afterMs: silentMs };
    if (end === "done") return { type: "finished", conversation: "c1" };
    return { type: "failed", kind: "no-result", canRetry: true, message: "It said no more." };
  },
  startCure: "Install it.",
};

/** An agent of the plainest kind. */
export function createPlainAgent(command: string, env: NodeJS.ProcessEnv): Agent {
  return createAgent({
    name: "plain",
    dialect: plainDialect,
    commandFor: ({ type }, { runId, sessionFolder, phase }) => ({
      command,
      args: [type],
      env: agentEnvironment(env, { runId, sessionFolder }),
      prompt: `Do the ${phase}.\n`,
    }),
  });
}
