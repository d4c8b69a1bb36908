import { constants, existsSync } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { ConfigProblem } from "./config-error.ts";
import type { ConfigKey, ConfigText } from "./config-file.ts";
import { git } from "@samocode/worktree";
import { expandHome } from "./home-path.ts";
import { shellQuote } from "@samocode/process";

/** The folders of a project: absolute, and usable when they were checked. */
export interface Project {
  readonly configPath: string;
  /** The top of the repository that is worked on; a bare one will do. */
  readonly mainRepo: string;
  readonly worktrees: string;
  readonly sessions: string;
  /** One command line for `sh -c`, as the person wrote it; see docs/decisions/0010. */
  readonly testCommand?: string;
  /** Whether the overview of each session carries the statechart. */
  readonly overviewChart?: boolean;
}

/** A project, or what is wrong with it. `project` is missing too if the text itself had problems. */
export interface ProjectCheck {
  readonly project?: Project;
  readonly problems: readonly ConfigProblem[];
}

/** A folder that is fine, or its problem; neither if the problem was told with the text. */
interface FolderCheck {
  readonly folder?: string;
  readonly problem?: ConfigProblem;
}

/** Gives what is wrong with a folder, if anything. */
type Requirement = (folder: string) => Promise<Omit<ConfigProblem, "where"> | undefined>;

/**
 * Makes a project of what stands in `.samocode`: replaces `~` and `$HOME`, takes relative paths from the folder of
 * the file, and looks whether the folders are there and can be used. Changes nothing on disk.
 *
 * @param path The `.samocode` that `text` was read from.
 * @param home What `~` and `$HOME` stand for.
 */
export async function checkProject(
  path: string,
  text: ConfigText,
  home: string,
): Promise<ProjectCheck> {
  const check = async (key: FolderKey, make: string, meets: Requirement) =>
    checkFolder(key, { path, text, home, make }, meets);
  const [main, worktrees, sessions] = await Promise.all([
    check("MAIN_REPO", "git clone URL", isRepository),
    check("WORKTREES", "mkdir -p", isWritable),
    check("SESSIONS", "mkdir -p", isWritable),
  ]);
  const chart = checkChart(path, text);
  const problems = [main, worktrees, sessions, chart].flatMap(({ problem }) => problem ?? []);
  if (!main.folder || !worktrees.folder || !sessions.folder) return { problems };

  if ((await realpath(worktrees.folder)) === (await realpath(sessions.folder))) {
    const what = "WORKTREES and SESSIONS are the same folder";
    return { problems: [{ where: path, what, cure: "Use a separate folder for each." }] };
  }
  const testCommand = text.entries.get("TEST_COMMAND")?.value;
  return {
    project: {
      configPath: path,
      mainRepo: main.folder,
      worktrees: worktrees.folder,
      sessions: sessions.folder,
      ...(testCommand ? { testCommand } : {}),
      ...(chart.isWanted ? { overviewChart: true } : {}),
    },
    problems,
  };
}

function checkChart(
  path: string,
  { entries }: ConfigText,
): { readonly isWanted: boolean; readonly problem?: ConfigProblem } {
  const { value = "", line = 0 } = entries.get("OVERVIEW_CHART") ?? {};
  if (["yes", "no", ""].includes(value)) return { isWanted: value === "yes" };
  return {
    isWanted: false,
    problem: {
      where: `${path}:${line}`,
      what: `OVERVIEW_CHART is \`${value}\`: expected \`yes\` or \`no\``,
      cure: `Write: ${exampleLines.OVERVIEW_CHART}`,
    },
  };
}

async function checkFolder(
  key: FolderKey,
  { path, text, home, make }: { path: string; text: ConfigText; home: string; make: string },
  meets: Requirement,
): Promise<FolderCheck> {
  const entry = text.entries.get(key);
  if (entry === undefined) {
    const cure = `Add a line: ${exampleLines[key]}`;
    return { problem: { where: path, what: `${key} is missing`, cure } };
  }
  const where = `${path}:${entry.line}`;
  if (entry.value === undefined) return {};
  if (entry.value === "") {
    return { problem: { where, what: `${key} is empty`, cure: `Write: ${exampleLines[key]}` } };
  }
  const folder = resolve(dirname(path), expandHome(entry.value, home));
  const found = (await findFault(folder, make)) ?? (await meets(folder));
  if (found === undefined) return { folder };
  const hint = /\$|\/~/.test(folder) ? " Only `~` and `$HOME` are replaced." : "";
  return {
    problem: { where, what: `${key} \`${folder}\` ${found.what}`, cure: `${found.cure}${hint}` },
  };
}

const exampleLines = {
  MAIN_REPO: "MAIN_REPO=~/code/app",
  WORKTREES: "WORKTREES=~/code/worktrees/",
  SESSIONS: "SESSIONS=~/code/_sessions/",
  OVERVIEW_CHART: "OVERVIEW_CHART=yes",
} as const satisfies Partial<Record<ConfigKey, string>>;
type FolderKey = Exclude<keyof typeof exampleLines, "OVERVIEW_CHART">;

async function findFault(folder: string, make: string): ReturnType<Requirement> {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001F\u007F]/.test(folder)) {
    return { what: "contains a control character", cure: "Retype the path." };
  }
  try {
    if ((await stat(folder)).isDirectory()) return undefined;
    return { what: "is not a folder", cure: "Name a folder." };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return code === "ENOENT"
      ? {
          what: "does not exist",
          cure: `Create it (${make} ${shellQuote(folder)}) or fix the path.`,
        }
      : { what: `cannot be accessed (${String(code)})`, cure: "Fix the path or its permissions." };
  }
}

const isWritable: Requirement = async (folder) => {
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return { what: "is not writable", cure: `Run: chmod u+rwx ${shellQuote(folder)}` };
  }
};

const isRepository: Requirement = async (folder) => {
  if (isPlainRepository(folder)) return undefined;
  const prefix = await git(folder, ["rev-parse", "--show-prefix"]);
  if (prefix.ok && prefix.stdout === "") return undefined;
  const quoted = shellQuote(folder);
  if (!prefix.ok) {
    return {
      what: `is not a git repository (git: ${prefix.message})`,
      cure: `Name the folder of a repository, or create one: git init ${quoted}`,
    };
  }
  const top = await git(folder, ["rev-parse", "--show-toplevel"]);
  return {
    what: "is inside a git repository, not its top",
    cure: `Write: MAIN_REPO=${top.stdout}`,
  };
};

/**
 * Whether a folder has what git needs at least. Every command reads the configuration, and to start git would take
 * longer than all else that most of them do.
 */
function isPlainRepository(folder: string): boolean {
  return ["HEAD", "objects", "refs"].every((name) => existsSync(join(folder, ".git", name)));
}
