import { readFileSync } from "node:fs";

/** A moment in the life of a Linux machine, by which older processes are told from younger ones. */
export interface ProcessMark {
  /** A process that was started then. */
  readonly pid: number;
  /** How many processes and threads the machine had started by then. */
  readonly forks: number;
}

/**
 * Marks the moment at which a process was started; take it at once. `undefined` if the system does not tell.
 *
 * @example
 * const mark = markProcess(child.pid);
 */
export function markProcess(pid: number): ProcessMark | undefined {
  const forks = readForks();
  return forks === undefined ? undefined : { pid, forks };
}

/**
 * Says of a pid whether it can belong to the marked process or to one that was started after it.
 *
 * Linux gives pids in a circle. As long as it has not gone round since the mark, the younger ones lie
 * between the marked pid and the last one given. When it may have, every pid can be a younger one.
 */
export function canBeYounger(mark: ProcessMark | undefined): (pid: number) => boolean {
  const lastPid = mark === undefined ? undefined : readLastPid(mark);
  if (mark === undefined || lastPid === undefined) return () => true;
  return mark.pid <= lastPid
    ? (pid) => pid >= mark.pid && pid <= lastPid
    : (pid) => pid >= mark.pid || pid <= lastPid;
}

function readLastPid(mark: ProcessMark): number | undefined {
  const forks = readForks();
  const pidMax = readNumber("/proc/sys/kernel/pid_max", /^(\d+)/);
  if (forks === undefined || pidMax === undefined) return undefined;
  // Half a circle: pids in use are passed over, so the circle closes before `pidMax` starts.
  if (forks - mark.forks > pidMax / 2) return undefined;
  return readNumber("/proc/loadavg", /(\d+)\s*$/);
}

function readForks(): number | undefined {
  return readNumber("/proc/stat", /^processes (\d+)$/m);
}

function readNumber(path: string, form: RegExp): number | undefined {
  try {
    const found = form.exec(readFileSync(path, "utf8"))?.[1];
    return found === undefined ? undefined : Number(found);
  } catch {
    return undefined;
  }
}
