import {
  formatCommand,
  formatGoOn,
  decide,
  refusedInterrupt,
  interruptRun,
  waitForEnd,
  readRunHolder,
  readReport,
  exitCodes,
  CommandError,
  type StopDocument,
  type StopNowDocument,
} from "@samocode/session";
import { openSession, type NamedSession, type SessionFlags } from "../config/open-session.ts";
import { printJson, printLine } from "../terminal/output.ts";

/** How long a run may take to end its agent before it is told as it is, in ms. */
const patienceMs = 60_000;

/** Stops the run of a session: after its iteration, or at once. The next run goes on from there. */
export async function stop(
  argument: string,
  flags: SessionFlags & { readonly now: boolean },
): Promise<number> {
  const session = await openSession(argument, flags);
  return flags.now ? stopNow(session, flags) : stopAfterIteration(session, flags);
}

async function stopAfterIteration(session: NamedSession, flags: SessionFlags): Promise<number> {
  const { store, name } = session;
  const result = await decide(store, { type: "stop" });
  const holder = readRunHolder(store);
  const document: StopDocument = { session: name, ...result };
  if (flags.json === true) printJson(document);
  else if (!result.taken) tellNothingToStop(session);
  else {
    const who = holder === undefined ? "" : ` (pid ${holder.pid} on ${holder.host})`;
    const when = result.to.startsWith("working.")
      ? "when this iteration ends"
      : result.to === "verifying"
        ? "when the tests end"
        : "now, as no agent is working";
    printLine(`${name}: its run${who} stops ${when}.`);
    if (result.to.startsWith("working.")) {
      printLine(`To stop without waiting for the agent: ${formatCommand("stop", name)} --now`);
    }
  }
  return exitCodes.done;
}

async function stopNow(session: NamedSession, flags: SessionFlags): Promise<number> {
  const { store, name } = session;
  const interrupt = interruptRun(store);
  if (interrupt.type === "none") {
    const document: StopNowDocument = { session: name, taken: false, ...where(session) };
    if (flags.json === true) printJson(document);
    else tellNothingToStop(session);
    return exitCodes.done;
  }
  if (interrupt.type !== "sent") throw refusedInterrupt(name, interrupt);
  const { holder } = interrupt;
  const { pid } = holder;
  if (!(await waitForEnd(store, holder, patienceMs))) {
    throw new CommandError(
      `cannot confirm the stop: the run of \`${name}\` (pid ${pid}) was interrupted but did not exit within ${patienceMs / 1000} s. See: ${formatCommand("status", name)}`,
    );
  }
  const { state, phase } = where(session);
  const document: StopNowDocument = { session: name, taken: true, pid, state, phase };
  if (flags.json === true) printJson(document);
  else {
    printLine(`${name}: its run (pid ${pid}) was stopped, in ${phase}; nothing is lost.`);
    printLine(`Continue with: ${formatGoOn(name)}`);
  }
  return exitCodes.done;
}

function tellNothingToStop(session: NamedSession): void {
  const { name } = session;
  const { state } = where(session);
  printLine(`${name}: it is not running: nothing to stop.`);
  if (state.startsWith("working.")) {
    printLine(
      `Its last runner exited and the agent may still be working: reattach with ${formatGoOn(name)}, then press ^C to stop it.`,
    );
  }
}

function where({ store, name }: NamedSession): { readonly state: string; readonly phase: string } {
  const { state, phase } = readReport(store, name);
  return { state, phase };
}
