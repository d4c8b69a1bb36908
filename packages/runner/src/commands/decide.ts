import { isPhase, phases, type PersonEvent } from "@samocode/core";
import { decide } from "../session/decision.ts";
import { exitCodes } from "../terminal/exit-code.ts";
import { openSession, type SessionFlags } from "../session/open-session.ts";
import { printJson, printLine } from "../terminal/output.ts";
import { UsageError } from "../terminal/report-error.ts";

/** Opens the gate: the plan may be carried out. */
export async function approve(
  name: string,
  flags: SessionFlags & { readonly note?: string },
): Promise<number> {
  const { note } = flags;
  return announce("approve", name, flags, (planHash) => ({
    type: "approve",
    ...(planHash !== undefined && { planHash }),
    ...(note !== undefined && { note }),
  }));
}

/** Sends the plan back to planning. */
export async function reject(
  name: string,
  flags: SessionFlags & { readonly feedback: string },
): Promise<number> {
  const { feedback } = flags;
  if (feedback.trim() === "") {
    throw new UsageError(
      "cannot reject without feedback: say with --feedback what is to be different",
    );
  }
  return announce("reject", name, flags, () => ({ type: "reject", feedback }));
}

/** Lets a waiting or blocked session go on. */
export async function resume(
  name: string,
  flags: SessionFlags & { readonly phase?: string; readonly note?: string },
): Promise<number> {
  const { phase, note } = flags;
  if (phase !== undefined && !isPhase(phase)) {
    throw new UsageError(`cannot resume in phase \`${phase}\`: expected ${phases.join(", ")}`);
  }
  return announce("resume", name, flags, () => ({
    type: "resume",
    ...(phase !== undefined && { phase }),
    ...(note !== undefined && { note }),
  }));
}

async function announce(
  verb: string,
  name: string,
  flags: SessionFlags,
  eventOf: (planHash: string | undefined) => PersonEvent,
): Promise<number> {
  const { store, name: session } = await openSession(name, flags);
  const result = await decide(store, eventOf(store.readPlan()?.hash));
  if (flags.json === true) printJson({ session, ...result });
  else if (result.taken) {
    printLine(`${session}: ${result.from} → ${result.to} (${result.phase})`);
    printLine(
      result.running
        ? "The run that holds the session takes it up."
        : `Go on with: samocode-run ${session}`,
    );
  }
  if (result.taken) return exitCodes.done;
  throw new UsageError(
    `cannot ${verb} \`${session}\`: it is in \`${result.from}\`, where that means nothing; \`samocode-run status ${session}\` says what it waits for`,
  );
}
