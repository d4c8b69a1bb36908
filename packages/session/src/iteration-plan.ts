import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { SessionContext } from "@samocode/core";
import { formatMoment, sessionFiles } from "@samocode/core/store";
import { z } from "zod";

/** What an agent may call a conversation: nothing that its command line could take for an option. */
const ConversationId = z.string().regex(/^\w[\w.:-]{0,199}$/);

/**
 * What is decided about an iteration before it starts. It is recorded together with the event that
 * led to it, so that after a crash the next run can find the agent and its log.
 */
export const IterationPlan = z.object({
  iteration: z.int().positive(),
  /** Carried by the agent and all that it starts, as `SAMOCODE_RUN_ID`. */
  runId: z.string(),
  claudeSessionId: ConversationId,
  /** True if the conversation is resumed to repair its signal. */
  resumes: z.boolean(),
  /** Paths in the session folder. */
  log: z.string(),
  prompt: z.string(),
  stderr: z.string(),
  /** Which process the agent is. */
  agent: z.string(),
  /** How long the iteration may take from the start of its agent on. */
  timeoutMs: z.number(),
  /** The commit that the worktree has checked out. */
  head: z.string().optional(),
  /** Marks of the questions that humans had answered when it began. */
  answered: z.array(z.string()).readonly().optional(),
});
export type IterationPlan = z.infer<typeof IterationPlan>;

/** Decides about the iteration that the machine wants next. `before` is the plan of the one before it. */
export function planIteration(
  context: Pick<SessionContext, "iteration" | "phase" | "attempt">,
  at: number,
  timeoutMs: number,
  facts: {
    readonly head?: string | undefined;
    readonly before?: IterationPlan | undefined;
    /** The conversation of the iteration that has just ended, if its agent named it. */
    readonly conversation?: string | undefined;
    readonly answered?: IterationPlan["answered"];
  } = {},
): IterationPlan {
  const { head, before, conversation, answered } = facts;
  const { iteration, phase, attempt } = context;
  const resumes = attempt === "mend" && before !== undefined;
  const named = ConversationId.safeParse(conversation).data;
  const stamp = formatMoment(at).replace(" ", "-").replace(":", "");
  const name = `${stamp}-${String(iteration).padStart(3, "0")}-${phase}${resumes ? "-mend" : ""}`;
  const stem = join(sessionFiles.logs, name);
  return {
    iteration,
    runId: randomUUID(),
    claudeSessionId: resumes ? (named ?? before.claudeSessionId) : randomUUID(),
    resumes,
    log: `${stem}.jsonl`,
    prompt: `${stem}.prompt.md`,
    stderr: `${stem}.stderr.txt`,
    agent: `${stem}.agent.json`,
    timeoutMs,
    ...(head !== undefined && { head }),
    ...(answered !== undefined && { answered }),
  };
}
