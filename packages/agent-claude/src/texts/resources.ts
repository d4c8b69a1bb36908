import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandError } from "@samocode/session";

/**
 * Finds what comes with the package: `workflow.md` and the plugin. They lie beside the built files
 * of an installed package, and at the top of the repository otherwise.
 */
export function findResource(name: "workflow.md" | "plugin"): string {
  let folder = fileURLToPath(new URL(".", import.meta.url));
  for (let up = 0; up < 5; up++) {
    const path = join(folder, name);
    if (existsSync(path)) return path;
    folder = join(folder, "..");
  }
  throw new CommandError(`cannot find \`${name}\`: the package is incomplete; reinstall it`);
}

/** The text that every agent is told in every iteration. */
export function readWorkflow(): string {
  return readFileSync(findResource("workflow.md"), "utf8");
}
