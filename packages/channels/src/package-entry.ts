import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Finds the file with which an installed package is imported: looks for it in the `node_modules` of each folder and of
 * those above it. Node itself offers that only relative to the module that imports.
 *
 * @throws {Error} When the package is not installed there.
 */
export function findPackageEntry(name: string, folders: readonly string[]): string {
  for (const from of folders) {
    for (let folder = from; ; folder = dirname(folder)) {
      const found = join(folder, "node_modules", name);
      if (existsSync(join(found, "package.json"))) return join(found, readEntry(found));
      if (folder === dirname(folder)) break;
    }
  }
  throw new Error(
    `cannot find the package \`${name}\`: expected it in a node_modules of ${folders.join(" or ")}, or above. Install it there, or use a file: ./my-channel.js`,
  );
}

function readEntry(folder: string): string {
  const content = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as unknown;
  const exported = fieldOf(content, "exports");
  const main = fieldOf(content, "main");
  return (
    entryOf(fieldOf(exported, ".") ?? exported) ?? (typeof main === "string" ? main : "index.js")
  );
}

/** Of the conditions that hold for an import in Node, the first. */
function entryOf(exported: unknown): string | undefined {
  if (typeof exported === "string") return exported;
  if (typeof exported !== "object" || exported === null) return undefined;
  for (const [condition, target] of Object.entries(exported)) {
    const holds = ["import", "node", "module-sync", "default"].includes(condition);
    const found = holds ? entryOf(target) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
