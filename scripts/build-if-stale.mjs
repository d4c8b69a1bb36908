// Builds only if a source is newer than the bundle: an installation in a fresh clone has just built it.
import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const top = fileURLToPath(new URL("../", import.meta.url));

/** When the newest of these was changed, Unix time in ms. */
function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const names = readdirSync(path).filter(
    (name) => !/^(?:node_modules|dist|bundle|test|\..*)$/.test(name),
  );
  return Math.max(0, ...names.map((name) => newest(join(path, name))));
}

function isStale() {
  const built = statSync(`${top}packages/cli/bundle/page`, { throwIfNoEntry: false });
  if (built === undefined) return true;
  const sources = ["packages", "plugin", "scripts", "workflow.md", "pnpm-lock.yaml"];
  return sources.some((source) => newest(join(top, source)) > built.mtimeMs);
}

if (isStale()) execFileSync("pnpm", ["run", "build"], { cwd: top, stdio: "inherit" });
