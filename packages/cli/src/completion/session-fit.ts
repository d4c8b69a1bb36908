import type { SessionReport } from "@samocode/session";

/** For which sessions a command may be called; the others are offered all. */
const fits: Readonly<Record<string, (report: SessionReport) => boolean>> = {
  answer: ({ questions }) => questions.length > 0,
  approve: waitsForApproval,
  reject: waitsForApproval,
  resume: ({ state }) => state.startsWith("waiting.") || state === "blocked",
  stop: ({ run }) => run !== undefined,
  archive: ({ run }) => run === undefined,
};

/** Whether sessions have to be looked into to know those that a command may be called for. */
export function isLookedInto(command: string): boolean {
  return Object.hasOwn(fits, command);
}

/**
 * Whether a command may be called for a session that is where the report says.
 *
 * @example
 * fitsCommand(report, "approve"); // true while its plan waits for approval
 */
export function fitsCommand(report: SessionReport, command: string): boolean {
  return isLookedInto(command) ? (fits[command]?.(report) ?? true) : true;
}

function waitsForApproval({ waitingFor, waitedFor }: SessionReport): boolean {
  return waitingFor === "plan_approval" || waitedFor === "plan_approval";
}
