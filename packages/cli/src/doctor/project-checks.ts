import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { explainSystemCode } from "@samocode/core/store";
import { ConfigError } from "../config/config-error.ts";
import { readConfig, type Config, type ConfigInput } from "../config/config.ts";
import { formatConfigFile } from "../config/config-file.ts";
import { proposeTestCommand } from "../config/test-proposal.ts";
import type { Project } from "../config/project.ts";
import { shellQuote } from "@samocode/process";
import { git } from "@samocode/worktree";
import { createCheck, type Check } from "@samocode/channels/plugin";

/** What was found out about the configuration; `config` if it can be used. */
export interface ConfigCheck {
  readonly checks: readonly Check[];
  readonly config?: Config;
}

/** Whether the configuration can be used, with all that is wrong with it. */
export async function checkConfig(input: ConfigInput): Promise<ConfigCheck> {
  try {
    const config = await readConfig(input);
    const warnings = config.warnings.map((warning) => createCheck("config", "warning", warning));
    return {
      config,
      checks: [createCheck("config", "ok", config.project.configPath), ...warnings],
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    if (error.code === "SAMOCODE_CONFIG_MISSING") {
      const [from = input.cwd] = error.lookedAt;
      const found = `no \`.samocode\` in ${dirname(from)} or above it`;
      return { checks: [createCheck("config", "fault", found, "Write one: samocode-run init")] };
    }
    const problems = error.problems.map(({ where, what, cure }) =>
      createCheck("config", "fault", `${where}: ${what}`, cure),
    );
    return { checks: problems };
  }
}

/** Whether sessions can be kept in the folders of a project, and worktrees be made from its repository. */
export async function checkProjectFolders(project: Project): Promise<readonly Check[]> {
  const folders = await Promise.all([
    checkRepository(project.mainRepo),
    checkFolder("WORKTREES", project.worktrees),
    checkFolder("SESSIONS", project.sessions),
  ]);
  return [...folders, checkTestCommand(project)];
}

/** Whether the runner checks by itself what agents say of the tests. It is not run here. */
export function checkTestCommand({ testCommand, mainRepo, configPath }: Project): Check {
  if (testCommand !== undefined) return createCheck("TEST_COMMAND", "ok", testCommand);
  const proposal = formatConfigFile({ TEST_COMMAND: proposeTestCommand(mainRepo) ?? "npm test" });
  return createCheck(
    "TEST_COMMAND",
    "off",
    "not set: what agents report about tests is not verified",
    `To verify tests, add a line to ${configPath}: ${proposal.trimEnd()}`,
  );
}

async function checkRepository(folder: string): Promise<Check> {
  const head = await git(folder, ["rev-parse", "--verify", "--quiet", "HEAD"]);
  if (head.ok) return createCheck("MAIN_REPO", "ok", folder);
  const cure = `Create one: git -C ${shellQuote(folder)} commit --allow-empty -m "First commit"`;
  return createCheck("MAIN_REPO", "warning", `${folder} has no commit yet`, cure);
}

/** Tries it: the rights alone do not tell, and a lock is a symbolic link, which not every file system has. */
async function checkFolder(name: string, folder: string): Promise<Check> {
  let probe: string | undefined;
  try {
    probe = await mkdtemp(join(folder, ".samocode-doctor-"));
    await writeFile(join(probe, "file"), "");
    await symlink("nowhere", join(probe, "link"));
    return createCheck(name, "ok", `${folder} is writable`);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const what =
      probe === undefined ? "is not writable" : "does not support symbolic links or files";
    const cure = `Fix its permissions, or move ${name} to another disk.`;
    return createCheck(name, "fault", `${folder} ${what}: ${explainSystemCode(code)}`, cure);
  } finally {
    if (probe !== undefined) await rm(probe, { recursive: true, force: true });
  }
}
