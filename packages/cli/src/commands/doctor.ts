import picocolors from "picocolors";
import type { Check } from "@samocode/channels/plugin";
import { diagnose } from "../doctor/diagnosis.ts";
import { type DoctorDocument, exitCodes } from "@samocode/session";
import { hasColor, printJson, printLine } from "../terminal/output.ts";

/** The flags of `doctor`. */
export interface DoctorFlags {
  readonly config?: string;
  readonly json: boolean;
}

/** Looks whether all that a session needs is there, and says what to do where it is not. */
export async function doctor({ config, json }: DoctorFlags): Promise<number> {
  const checks = await diagnose({
    cwd: process.cwd(),
    env: process.env,
    ...(config !== undefined && { configPath: config }),
  });
  const faults = checks.filter(({ state }) => state === "fault").length;
  const document: DoctorDocument = { ok: faults === 0, checks };
  if (json) printJson(document);
  else {
    for (const check of checks) printLine(formatCheck(check));
    printLine(verdict(faults));
  }
  return faults === 0 ? exitCodes.done : exitCodes.failed;
}

const color = picocolors.createColors(hasColor(process.stdout));

const marks = {
  ok: color.green("ok     "),
  off: color.dim("off    "),
  warning: color.yellow("warning"),
  fault: color.red("fault  "),
} as const;

function formatCheck({ name, state, found, cure }: Check): string {
  const line = `${marks[state]}  ${name.padEnd(12)}  ${found}`;
  return cure === undefined ? line : `${line}\n${" ".repeat(23)}→ ${cure}`;
}

function verdict(faults: number): string {
  if (faults === 0) return "Everything a session needs is in place.";
  return faults === 1
    ? "1 problem prevents sessions from running."
    : `${faults} problems prevent sessions from running.`;
}
