import { lstat, readdir, readFile, rm, rmdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { git } from "./git.ts";
import { realPath } from "@samocode/session";

/**
 * Removes what is left of a `git worktree add` for `path` that was killed; waits for one that is still at work,
 * for a runner that is killed does not take its git with it. A worktree that was ever finished is not touched.
 *
 * Git marks a worktree that it has not finished as locked with the word `initializing`. It is read from the files
 * (gitrepository-layout) because of one such rest (an empty `commondir`) all worktree commands of git fail, and because
 * `git worktree remove` refuses another (an empty `.git`).
 */
export async function removeRemains(
  repo: string,
  path: string,
  cancel?: AbortSignal,
): Promise<void> {
  const { ok, stdout } = await git(repo, ["rev-parse", "--git-common-dir"]);
  if (!ok) return;
  const records = join(resolve(repo, stdout), "worktrees");
  for (const name of await readdir(records).catch(() => [])) {
    const record = join(records, name);
    for (let mark; (mark = await findUnfinished(record, path)) !== undefined;) {
      // Until git has written whose it is, it may be that of another session with a name alike.
      const isAtWork = await isGitAtWork(mark === "placed" ? path : "");
      // The look at the record comes after the one at the processes: git may finish in between.
      if (!isAtWork && (await findUnfinished(record, path)) !== undefined) {
        await removeUnfinished(record, path);
      } else {
        await sleep(100, undefined, cancel ? { signal: cancel } : {});
      }
    }
  }
}

/** By what an unfinished record is known as that of `path`, if it is: by its place, or as yet by its name alone. */
async function findUnfinished(
  record: string,
  path: string,
): Promise<"placed" | "named" | undefined> {
  if ((await readOr(join(record, "locked"), "")) !== "initializing") return undefined;
  const place = await readOr(join(record, "gitdir"), "");
  if (place !== "") return place === join(realPath(path), ".git") ? "placed" : undefined;
  // The name is that of the folder, with a number if there was one already.
  const [name, folder] = [basename(record), basename(path)];
  return name.startsWith(folder) && /^\d*$/.test(name.slice(folder.length)) ? "named" : undefined;
}

async function removeUnfinished(record: string, path: string): Promise<void> {
  const dotGit = join(path, ".git");
  const pointer = await readOr(dotGit, undefined);
  if (pointer === "") await rm(dotGit);
  // Before its `.git` is whole, git puts nothing else into the folder; what is there is someone's.
  if (pointer === `gitdir: ${realPath(record)}`) await rm(path, { recursive: true });
  else await rmdir(path).catch(() => undefined);
  await rm(record, { recursive: true });
}

async function readOr<T>(path: string, otherwise: T): Promise<string | T> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isFile() ? (await readFile(path, "utf8")).trim() : otherwise;
}

/** True while a git makes the worktree at `path`, or fills it; if `path` is empty, at any. */
async function isGitAtWork(path: string): Promise<boolean> {
  const processes = process.platform === "linux" ? await readProcesses() : await listCommands();
  // `worktree add` starts a `reset --hard` that only its environment tells apart.
  return processes.some(
    (text) =>
      (text.includes("worktree add ") && text.includes(path)) ||
      text.includes(` GIT_WORK_TREE=${path} `),
  );
}

async function readProcesses(): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  return Promise.all(pids.map(readProcess));
}

/** The command line and the environment of a process. */
async function readProcess(pid: string): Promise<string> {
  try {
    const texts = [
      readFile(`/proc/${pid}/cmdline`, "utf8"),
      readFile(`/proc/${pid}/environ`, "utf8"),
    ];
    return (await Promise.all(texts)).join("\0").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

async function listCommands(): Promise<string[]> {
  const { stdout } = await execa("ps", ["-A", "-E", "-o", "command="], { reject: false });
  return stdout.split("\n").map((line) => `${line} `);
}
