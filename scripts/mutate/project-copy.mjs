// A copy of the project as it lies here, uncommitted changes included, ready to run its tests.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

function listFiles() {
  const names = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
    encoding: "utf8",
  });
  return names.split("\0").filter((name) => name !== "" && existsSync(name));
}

/** Every file that can hold a mutant. */
export function listSources() {
  return listFiles().filter((name) => /^packages\/[^/]+\/(?:src|page)\/.*\.tsx?$/.test(name));
}

/** Copies, installs and builds the project. @returns The copy's folder. */
export function copyProject() {
  const folder = mkdtempSync(join(tmpdir(), "mutate-"));
  for (const name of listFiles()) {
    cpSync(name, join(folder, name), { verbatimSymlinks: true });
  }
  const run = (...command) =>
    execFileSync("npx", ["-y", ...command], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
  execFileSync("git", ["init", "--quiet"], { cwd: folder });
  run("pnpm@12", "install", "--frozen-lockfile", "--prefer-offline");
  return folder;
}
