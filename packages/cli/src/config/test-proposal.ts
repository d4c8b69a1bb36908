import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readConfigText } from "./config-file.ts";

/**
 * Proposes a `TEST_COMMAND` for a repository, from the files at its top; nothing if they do not tell. Only the names
 * of commands that are known here are proposed, never text from a file.
 *
 * @example
 * proposeTestCommand("/code/app"); // "npm test" with a script `test` in its package.json
 */
export function proposeTestCommand(repo: string): string | undefined {
  return proposals.find(({ fits }) => fits(repo))?.command(repo);
}

interface Proposal {
  readonly fits: (repo: string) => boolean;
  readonly command: (repo: string) => string;
}

/** The first that fits is proposed: what a project says itself comes before what its language has. */
const proposals: readonly Proposal[] = [
  { fits: hasTestScript, command: (repo) => `${packageManagerOf(repo)} test` },
  { fits: has(/^deno\.jsonc?$/), command: () => "deno test" },
  { fits: has(/^Cargo\.toml$/), command: () => "cargo test" },
  { fits: has(/^go\.mod$/), command: () => "go test ./..." },
  {
    fits: (repo) =>
      has(/^(?:pytest\.ini|conftest\.py)$/)(repo) || mentions(/pytest/, pythonFiles)(repo),
    command: (repo) => (existsSync(join(repo, "uv.lock")) ? "uv run pytest" : "pytest"),
  },
  { fits: has(/^tox\.ini$/), command: () => "tox" },
  { fits: has(/^gradlew$/), command: () => "./gradlew test" },
  { fits: has(/^mvnw$/), command: () => "./mvnw test" },
  { fits: has(/^pom\.xml$/), command: () => "mvn test" },
  { fits: has(/^mix\.exs$/), command: () => "mix test" },
  { fits: has(/^\.rspec$/), command: () => "bundle exec rspec" },
  { fits: has(/\.(?:sln|csproj)$/), command: () => "dotnet test" },
  {
    fits: mentions(/^(?:test|check)\s*:(?!=)/m, ["Makefile", "makefile", "GNUmakefile"]),
    command: makeTarget,
  },
];

const pythonFiles = ["pyproject.toml", "setup.cfg", "tox.ini", "requirements-dev.txt"];

function has(name: RegExp): Proposal["fits"] {
  return (repo) => namesIn(repo).some((each) => name.test(each));
}

function mentions(pattern: RegExp, files: readonly string[]): Proposal["fits"] {
  return (repo) => files.some((file) => pattern.test(textOf(join(repo, file))));
}

function makeTarget(repo: string): string {
  return mentions(/^test\s*:(?!=)/m, ["Makefile", "makefile", "GNUmakefile"])(repo)
    ? "make test"
    : "make check";
}

const Package = z.object({ scripts: z.object({ test: z.string() }) });

/** `npm init` writes a script that only fails. */
function hasTestScript(repo: string): boolean {
  try {
    const { scripts } = Package.parse(JSON.parse(textOf(join(repo, "package.json"))));
    return scripts.test.trim() !== "" && !scripts.test.includes("no test specified");
  } catch {
    return false;
  }
}

function packageManagerOf(repo: string): string {
  const [, manager = "npm"] =
    [
      ["pnpm-lock.yaml", "pnpm"],
      ["yarn.lock", "yarn"],
      ["bun.lock", "bun run"],
      ["bun.lockb", "bun run"],
    ].find(([file = ""]) => existsSync(join(repo, file))) ?? [];
  return manager;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A file that is not there, or cannot be read, says nothing. */
function textOf(path: string): string {
  if (!existsSync(path)) return "";
  const text = readConfigText(path);
  return typeof text === "string" ? text : "";
}
