import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Gives the real path of what may not be there yet: links are followed as far as it exists. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}

/** True if one of the paths is one of the folders or lies in it, links followed. */
export function isInside(folders: readonly string[], ...paths: readonly string[]): boolean {
  const tops = folders.map(realPath);
  return paths.map(realPath).some((path) => {
    return tops.some((top) => path === top || path.startsWith(`${top}/`));
  });
}
