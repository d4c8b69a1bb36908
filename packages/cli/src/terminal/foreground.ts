import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Whether this process belongs to the foreground job of its terminal. A background job that reads the terminal or
 * changes its modes is stopped by the kernel.
 */
export function isForeground(): boolean {
  return parseForeground(readJob());
}

/**
 * Whether the group of a process is the one in the foreground of its terminal; true if there is no telling.
 *
 * @param job The ids of both groups. Without a job control of its terminal, the second one is negative.
 */
export function parseForeground(job: string): boolean {
  const [, group, foreground] = /^\s*(\d+)\s+(-?\d+)/.exec(job) ?? [];
  return group === undefined || group === foreground || Number(foreground) <= 0;
}

/**
 * The ids of both groups in the text of `/proc/PID/stat`: the name before them may hold anything.
 *
 * @example
 * parseJob("12 (sh) S 1 12 12 34816 40 0"); // "12 40"
 */
export function parseJob(stat: string): string {
  const [, , group, , , foreground] = stat
    .slice(stat.lastIndexOf(")") + 1)
    .split(" ")
    .slice(1);
  return `${group} ${foreground}`;
}

function readJob(): string {
  try {
    return parseJob(readFileSync("/proc/self/stat", "utf8"));
  } catch {
    return askForJob();
  }
}

/** Without `/proc`, as on macOS. */
function askForJob(): string {
  try {
    const args = ["-o", "pgid=,tpgid=", "-p", String(process.pid)];
    return execFileSync("ps", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return "";
  }
}
