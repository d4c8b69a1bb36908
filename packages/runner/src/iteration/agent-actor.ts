import type { SessionContext, SessionEvent } from "@samocode/core";
import { planIteration, type IterationPlan } from "@samocode/session";
import { type CallbackActorLogic, fromCallback } from "xstate";
import type { IterationOptions } from "./iteration-options.ts";
import { runIteration } from "./iteration.ts";

/**
 * Makes an XState actor that carries out one iteration with an agent and sends the event it ended with. With it, an
 * actor of the statechart drives real agents, in memory, in a test or under an inspector.
 *
 * The actor is stopped with its agent. Nothing is recorded: after a crash nobody knows what the agent was doing. To
 * run a session that survives, use `runSession`.
 *
 * @example
 * const agent = createAgentActor({ agent: createClaudeAgent(settings), store, … });
 * createActor(sessionMachine.provide({ actors: { agent } }), { input: {} }).start();
 */
export function createAgentActor(
  options: IterationOptions,
): CallbackActorLogic<SessionEvent, SessionContext> {
  let before: IterationPlan | undefined;
  let conversation: string | undefined;
  return fromCallback<SessionEvent, SessionContext>(({ input, sendBack }) => {
    const stop = new AbortController();
    const cancel = AbortSignal.any([options.cancel, stop.signal]);
    const { timeoutMs } = options.settings;
    const plan = planIteration(input, Date.now(), timeoutMs, { before, conversation });
    before = plan;
    const send = (event: SessionEvent): void => {
      if (!stop.signal.aborted) sendBack(event);
    };
    const carryOut = async (): Promise<void> => {
      const { event, facts, settle } = await runIteration(plan, input, { ...options, cancel });
      conversation = facts?.claudeSessionId;
      send(event);
      settle?.();
    };
    carryOut().catch((error: unknown) => {
      send({ type: "agent.failed", canRetry: false, message: String(error) });
    });
    return () => stop.abort();
  });
}
