import { cpSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";

const top = fileURLToPath(new URL("../../../../../", import.meta.url));
const left = new Set(["test", "dist", "bundle"]);

/** Copies what the binary is built from into a folder, with its packages as they are installed here. */
export function copyRepository(to: string): void {
  for (const name of ["packages", "plugin", "scripts", "workflow.md", "tsconfig.base.json"]) {
    cpSync(join(top, name), join(to, name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !left.has(basename(path)),
    });
  }
  symlinkSync(join(top, "node_modules"), join(to, "node_modules"));
}

/** Replaces a text that stands exactly once in a file. */
export function replaceOnce(path: string, text: string, by: string): void {
  const parts = readFileSync(path, "utf8").split(text);
  if (parts.length !== 2)
    throw new Error(`cannot replace ${text}: found it ${parts.length - 1} times`);
  writeFileSync(path, parts.join(by));
}

/** Compiles every package of the copy, and bundles its binary. */
export async function buildCopy(folder: string): Promise<void> {
  const packages = readdirSync(join(folder, "packages")).map((name) => `packages/${name}`);
  const projects = packages.filter((name) =>
    statSync(join(folder, name, "tsconfig.json"), { throwIfNoEntry: false })?.isFile(),
  );
  await compileCopy(folder, projects);
  await execa(process.execPath, ["scripts/bundle.mjs"], { cwd: folder });
}

/** Compiles packages of the copy, and what they refer to. */
export async function compileCopy(folder: string, projects: readonly string[]): Promise<void> {
  const compiler = join(top, "node_modules", "typescript", "bin", "tsc");
  await execa(process.execPath, [compiler, "-b", ...projects], { cwd: folder });
}
