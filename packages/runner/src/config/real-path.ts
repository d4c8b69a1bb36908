import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Gives the real path of what may not be there yet: links are followed as far as it exists. */
export async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realPath(parent), basename(path));
  }
}

/** True if one of the paths is one of the folders or lies in it, links followed. */
export async function isInside(
  folders: readonly string[],
  ...paths: readonly string[]
): Promise<boolean> {
  const tops = await Promise.all(folders.map(realPath));
  const real = await Promise.all(paths.map(realPath));
  return real.some((path) => tops.some((top) => path === top || path.startsWith(`${top}/`)));
}
