import { spawnSync } from "node:child_process";
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { z } from "zod";

// A sign of life is a named pipe beside a lock that its owner keeps open for reading. Opening such a pipe for writing
// without waiting fails with ENXIO as soon as no process has it open: the kernel closes it when its owner dies,
// however it dies, and answers so in every container that shares the folder.

/** Which pipe shows that the owner of a lock lives. */
export const SignOfLife = z.object({
  /** Its name, beside the lock. */
  file: z.string().regex(/^[\w.-]+\.alive\.[0-9a-f]{16}$/),
  /** Device and inode: the same file on the same kernel, or nothing can be concluded from it. */
  dev: z.string(),
  ino: z.string(),
});
export type SignOfLife = z.infer<typeof SignOfLife>;

/** A sign of life that this process gives. */
export interface LivingSign {
  readonly sign: SignOfLife;
  /** The open pipe. A child that gets it shows that it lives, too. */
  readonly file: number;
  /** Gives no sign any more. */
  readonly end: () => void;
}

/**
 * Gives a sign of life beside the lock at `path` until this process ends; nothing if the system has no named pipes there.
 *
 * @param token 16 hexadecimal digits that no other sign has.
 */
export function giveSign(path: string, token: string): LivingSign | undefined {
  const file = `${basename(path)}.alive.${token}`;
  const place = join(dirname(path), file);
  // Node can make no named pipe itself.
  if (spawnSync("mkfifo", ["-m", "600", "--", place], { stdio: "ignore" }).status !== 0) {
    return undefined;
  }
  let opened: number;
  try {
    opened = openSync(place, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch {
    rmSync(place, { force: true });
    return undefined;
  }
  const { dev, ino } = fstatSync(opened, { bigint: true });
  let isOpen = true;
  return {
    sign: { file, dev: String(dev), ino: String(ino) },
    file: opened,
    end: () => {
      if (!isOpen) return;
      isOpen = false;
      closeSync(opened);
      rmSync(place, { force: true });
    },
  };
}

/**
 * What the sign of the owner of the lock at `path` shows. `unknown`: it is not there any more, or not the same one.
 *
 * Only to be asked on the kernel that the owner runs on: a pipe on a network file system is another one on each machine.
 */
export function readSign(
  path: string,
  { file, dev, ino }: SignOfLife,
): "alive" | "dead" | "unknown" {
  const place = join(dirname(path), file);
  const found = lstatSync(place, { bigint: true, throwIfNoEntry: false });
  if (found === undefined || String(found.dev) !== dev || String(found.ino) !== ino)
    return "unknown";
  return found.isFIFO() ? probe(place) : "unknown";
}

/** Removes the signs beside the lock at `path` that nobody gives any more; `kept` is left. */
export function removeDeadSigns(path: string, kept?: SignOfLife): void {
  const prefix = `${basename(path)}.alive.`;
  for (const name of namesIn(dirname(path))) {
    if (!name.startsWith(prefix) || name === kept?.file) continue;
    const place = join(dirname(path), name);
    const isPipe = lstatSync(place, { throwIfNoEntry: false })?.isFIFO() === true;
    if (isPipe && probe(place) === "dead") rmSync(place, { force: true });
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // What is left there is in nobody's way.
    return [];
  }
}

function probe(place: string): "alive" | "dead" | "unknown" {
  try {
    closeSync(openSync(place, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW));
    return "alive";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return code === "ENXIO" ? "dead" : "unknown";
  }
}
