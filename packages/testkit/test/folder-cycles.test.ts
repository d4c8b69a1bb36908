import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const packages = fileURLToPath(new URL("../../", import.meta.url));

/** Which folder imports from which other ones. */
type FolderGraph = ReadonlyMap<string, ReadonlySet<string>>;

/** The folders of a package and the imports between them, type imports included. */
function readFolders(name: string): FolderGraph {
  const top = join(packages, name);
  const graph = new Map<string, Set<string>>();
  for (const entry of readdirSync(top, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const from = relative(top, entry.parentPath);
    if (!/^(?:src|page)(?:\/|$)/.test(from) || !/\.tsx?$/.test(entry.name)) continue;
    const imported = graph.get(from) ?? new Set();
    for (const [, file = ""] of readFileSync(path, "utf8").matchAll(
      /\b(?:from|import)[ (]"(\.[^"]+)"/g,
    )) {
      const to = relative(top, dirname(join(entry.parentPath, file)));
      if (to !== from) imported.add(to);
    }
    graph.set(from, imported);
  }
  return graph;
}

/** The folders of a circle of imports, from one of them back to it; nothing if there is no circle. */
function findCycle(graph: FolderGraph): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (folder: string, path: readonly string[]): readonly string[] | undefined => {
    const start = path.indexOf(folder);
    if (start >= 0) return [...path.slice(start), folder];
    if (done.has(folder)) return undefined;
    for (const next of graph.get(folder) ?? []) {
      const found = visit(next, [...path, folder]);
      if (found !== undefined) return found;
    }
    done.add(folder);
    return undefined;
  };
  for (const folder of graph.keys()) {
    const found = visit(folder, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

it("a circle of folders is found", () => {
  const graph = new Map([
    ["a", new Set(["b"])],
    ["b", new Set(["c", "d"])],
    ["c", new Set<string>()],
    ["d", new Set(["c", "b"])],
  ]);
  expect(findCycle(graph)).toEqual(["b", "d", "b"]);
});

it("imports are found", () => {
  expect([...(readFolders("inspect").get("page") ?? [])]).toContain("src");
});

it.each(readdirSync(packages))("the folders of %s import each other in no circle", (name) => {
  expect(findCycle(readFolders(name))).toBeUndefined();
});
