import { spawnSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { z } from "zod";

/**
 * Names one process for good: a pid alone is used again by the kernel, a pid with its start time is not.
 * Written to disk as JSON (a lock, the record of a running agent) and asked about after a crash.
 */
export const ProcessIdentity = z.object({
  pid: z.int().positive(),
  /** The host name, for people and to tell a reboot from another machine. */
  host: z.string(),
  /** Linux: clock ticks since boot. macOS: a date in UTC. Only compared, never computed with. `null`: not known. */
  startTime: z.string().nullable(),
  /** Differs after each boot of the machine. `null`: not known. */
  bootId: z.string().nullable(),
  /** Pids count again in each container; Linux only. `null`: not known. */
  pidNamespace: z.string().nullable(),
});
export type ProcessIdentity = z.infer<typeof ProcessIdentity>;

/**
 * What can be said about a process from here.
 * `elsewhere`: another machine or container, whose pids cannot be seen; it may be alive.
 */
export type Liveness = "alive" | "dead" | "elsewhere";

/**
 * Gives the identity of the process that has `pid` now, or `undefined` if there is none
 * or only a zombie is left of it.
 *
 * @example
 * const neighbour = identifyProcess(1234);
 */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  if (pid < 1 || !pidExists(pid)) return undefined;
  const { zombie, startTime } = readProcess(pid);
  return zombie ? undefined : identityOf(pid, startTime);
}

/**
 * Gives the identity of a child that this process has started in this very turn: also if it has ended
 * meanwhile, for its pid belongs to nobody else until Node has been told.
 *
 * @example
 * const agent = identifyChild(child.pid);
 */
export function identifyChild(pid: number): ProcessIdentity {
  return identityOf(pid, readProcess(pid).startTime);
}

function identityOf(pid: number, startTime: string | null): ProcessIdentity {
  return {
    pid,
    host: hostname(),
    startTime,
    bootId: bootId(),
    pidNamespace: pidNamespace(),
  };
}

let own: ProcessIdentity | undefined;

/** Gives the identity of this process; read once. */
export function ownIdentity(): ProcessIdentity {
  own ??= identifyProcess(process.pid);
  if (own === undefined) throw new Error(`cannot find the own process ${process.pid}`);
  return own;
}

/**
 * Says whether that very process still runs. A zombie is dead; where the start time cannot be read,
 * a process with the same pid counts as alive, so that nothing alive is ever called dead.
 *
 * @example
 * livenessOf(recorded) === "dead"; // its lock may be taken over
 */
export function livenessOf(identity: ProcessIdentity): Liveness {
  const here = ownIdentity();
  const sameBoot = sameIfKnown(identity.bootId, here.bootId);
  // A boot id is unique: with it a machine that changed its name (macOS does, by network) is still itself.
  if (sameBoot === undefined && identity.host !== here.host) return "elsewhere";
  if (sameBoot === false) return identity.host === here.host ? "dead" : "elsewhere";
  if (sameIfKnown(identity.pidNamespace, here.pidNamespace) === false) return "elsewhere";

  if (!pidExists(identity.pid)) return "dead";
  const { zombie, startTime } = readProcess(identity.pid);
  return zombie || sameIfKnown(identity.startTime, startTime) === false ? "dead" : "alive";
}

/** True if that very process runs, on this machine. */
export function isAlive(identity: ProcessIdentity): boolean {
  return livenessOf(identity) === "alive";
}

function sameIfKnown(one: string | null, other: string | null): boolean | undefined {
  return one === null || other === null ? undefined : one === other;
}

function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, but belongs to someone else.
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

interface Process {
  readonly zombie: boolean;
  /** `null`: cannot be read. */
  readonly startTime: string | null;
}

function readProcess(pid: number): Process {
  return process.platform === "linux" ? readProcStat(pid) : readPs(pid);
}

function readProcStat(pid: number): Process {
  const stat = readText(`/proc/${pid}/stat`) ?? "";
  // Field 2 is the command in brackets and may hold spaces and brackets itself; field 3 is the state, 22 the start.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { zombie: state === "Z" || state === "X", startTime: rest[18] ?? null };
}

function readPs(pid: number): Process {
  // Not execa: every command reads a lock, and on Linux none needs more than files for that.
  const { stdout } = spawnSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
    env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
    encoding: "utf8",
  });
  const [, state = "", startTime = null] = /^\s*(\S+)\s+(\S.*?)\s*$/.exec(stdout ?? "") ?? [];
  return { zombie: state.startsWith("Z"), startTime };
}

function bootId(): string | null {
  if (process.platform === "linux") return readText("/proc/sys/kernel/random/boot_id");
  if (process.platform !== "darwin") return null;
  const { stdout, status } = spawnSync("sysctl", ["-n", "kern.bootsessionuuid"], {
    encoding: "utf8",
  });
  return status === 0 && stdout.trim() !== "" ? stdout.trim() : null;
}

function pidNamespace(): string | null {
  try {
    return process.platform === "linux" ? readlinkSync("/proc/self/ns/pid") : null;
  } catch {
    return null;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return null;
  }
}
