import { isPhase, phases, type PersonEvent } from "@samocode/core";
import type { Plan } from "@samocode/core/store";
import {
  formatCommand,
  formatGoOn,
  decide,
  type DecisionResult,
  describeFreshDecision,
  describeLastDecision,
  refusedDecision,
  exitCodes,
  UsageError,
  type ApproveDocument,
  type DecisionDocument,
} from "@samocode/session";
import { openSession, type NamedSession, type SessionFlags } from "../config/open-session.ts";
import { printJson, printLine } from "../terminal/output.ts";

/** Opens the gate: the plan is approved, as it is now. */
export async function approve(
  argument: string,
  flags: SessionFlags & { readonly note?: string },
): Promise<number> {
  const { note } = flags;
  const session = await openSession(argument, flags);
  const plan = session.store.readPlan();
  return announce(session, flags, {
    event: {
      type: "approve",
      ...(plan !== undefined && { planHash: plan.hash }),
      ...(note !== undefined && { note }),
    },
    done: () =>
      plan === undefined ? "the plan is approved" : `the plan is approved: ${describePlan(plan)}`,
    ...(plan === undefined && {
      warning: "there is no plan file; a plan written later will need its own approval",
    }),
    facts: { plan: plan ?? null },
  });
}

/** Sends the plan back to planning. */
export async function reject(
  argument: string,
  flags: SessionFlags & { readonly feedback: string },
): Promise<number> {
  const { feedback } = flags;
  if (feedback.trim() === "") {
    throw new UsageError(
      "cannot reject without feedback: use --feedback to say what should change",
    );
  }
  return announce(await openSession(argument, flags), flags, {
    event: { type: "reject", feedback },
    done: () => "the plan goes back to planning with your feedback",
  });
}

/** Lets a waiting or blocked session go on. */
export async function resume(
  argument: string,
  flags: SessionFlags & { readonly phase?: string; readonly note?: string },
): Promise<number> {
  const { phase, note } = flags;
  if (phase !== undefined && !isPhase(phase)) {
    throw new UsageError(`cannot resume in phase \`${phase}\`: expected ${phases.join(", ")}`);
  }
  return announce(await openSession(argument, flags), flags, {
    event: {
      type: "resume",
      ...(phase !== undefined && { phase }),
      ...(note !== undefined && { note }),
    },
    done: ({ to, phase: next }) =>
      to === "waiting.approval"
        ? `\`${phase}\` is behind the plan gate: the session waits for approval of the plan`
        : `it may continue, in ${next}`,
  });
}

/** A decision, with what is said of it. */
interface Announcement {
  readonly event: PersonEvent;
  readonly done: (result: DecisionResult) => string;
  /** What a person is told beside that. */
  readonly warning?: string;
  /** More for the JSON document. */
  readonly facts?: Omit<ApproveDocument, keyof DecisionDocument>;
}

async function announce(
  { store, name }: NamedSession,
  { json }: SessionFlags,
  { event, done, warning, facts }: Announcement,
): Promise<number> {
  const earlier = describeFreshDecision(store);
  const result = await decide(store, event);
  const first = result.taken ? earlier : describeLastDecision(store);
  const document: DecisionDocument | ApproveDocument = {
    session: name,
    ...result,
    ...facts,
    ...(first !== undefined && { first }),
  };
  if (json === true) printJson(document);
  else if (result.taken) {
    printLine(`${name}: ${done(result)}`);
    if (first !== undefined) printLine(`${first} before you; both count.`);
    if (warning !== undefined) process.stderr.write(`samocode-run: ${warning}\n`);
    if (result.to === "waiting.approval")
      printLine(`Approve it: ${formatCommand("approve", name)}`);
    else if (result.running) printLine("The running session picks it up.");
    else printLine(`Continue with: ${formatGoOn(name)}`);
  }
  if (result.taken) return exitCodes.done;
  throw refusedDecision(store, name, event.type, result.from);
}

/** The hash is that of all plan files together; a few of its digits tell two plans apart. */
function describePlan({ file, hash }: Plan): string {
  return `${file} (sha256 ${hash.slice(0, 12)})`;
}
