import { UsageError } from "./command-error.ts";
import { formatCommand } from "./command-text.ts";
import type { Interrupt } from "./run-interrupt.ts";

/** The error for a run that cannot be ended from here. */
export function refusedInterrupt(
  name: string,
  { type, holder }: Exclude<Interrupt, { type: "none" | "sent" }>,
): UsageError {
  const { pid, host, purpose = "another command" } = holder;
  const command = formatCommand("stop", name);
  const later = `${command} (without --now) stops it from here after this iteration`;
  const why = {
    elsewhere: `its run (pid ${pid}) is on \`${host}\`, another machine or container. Run there: ${command} --now; or: ${later}`,
    forbidden: `its run (pid ${pid}) belongs to another user. Run it as that user; or: ${later}`,
    busy: `\`${purpose}\` is using it (pid ${pid}). Try again`,
  };
  return new UsageError(`cannot stop \`${name}\` at once: ${why[type]}`);
}
