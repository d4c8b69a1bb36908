import { readdirSync, readFileSync } from "node:fs";
import { execaSync } from "execa";
import { canBeYounger, type ProcessMark } from "./process-mark.ts";

/**
 * The ids of all processes that were started with the environment variable `name` at exactly `value`,
 * whoever their parent is; zombies are left out.
 *
 * Sees the processes of the same user, or all as root. On Linux it reads `/proc`; elsewhere it asks `ps`,
 * which does not show the environment of programs that the system protects, so one may be missed there.
 * A process that was given another environment (`env -i`) is not found anywhere.
 *
 * @param since the processes that were there before it are not looked at, which saves some milliseconds
 * @example
 * findByEnvironment("SAMOCODE_RUN_ID", "26-01-15-x.3"); // [4711, 4720]
 */
export function findByEnvironment(name: string, value: string, since?: ProcessMark): number[] {
  const entry = `${name}=${value}`;
  return process.platform === "linux" ? findInProc(entry, since) : findWithPs(entry);
}

function findInProc(entry: string, since: ProcessMark | undefined): number[] {
  // Latin-1 keeps each byte as it is, on both sides.
  const bytes = Buffer.from(entry).toString("latin1");
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter(canBeYounger(since))
    .filter((pid) => readEnvironment(pid).split("\0").includes(bytes));
}

/** Empty for a zombie, for a process that has ended meanwhile, and for one of somebody else. */
function readEnvironment(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1");
  } catch {
    return "";
  }
}

function findWithPs(entry: string): number[] {
  const { stdout } = execaSync("ps", ["-Eww", "-axo", "pid=,command="], { reject: false });
  return parsePsTable(stdout, entry);
}

/**
 * The ids in the output of `ps -E -o pid=,command=` whose line has `entry` as a word of its own:
 * there the environment follows the command, with blanks between.
 */
export function parsePsTable(table: string, entry: string): number[] {
  return table
    .split("\n")
    .filter((line) => line.split(" ").includes(entry))
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => pid > 0);
}
