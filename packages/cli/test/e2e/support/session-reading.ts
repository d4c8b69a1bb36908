import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import type { HistoryRecord } from "@samocode/core/store";
import type { ApiRequest } from "@samocode/testkit";
import type { ClaudeBench } from "./claude-bench.ts";

/** The requests of one iteration, those that mend its signal included. */
export function requestsOf({ api }: ClaudeBench, iteration: number): readonly ApiRequest[] {
  return api.requests.filter(({ prompt }) => prompt.includes(`\nIteration: ${iteration}\n`));
}

/** The records that ended an iteration. */
export function endingsOf(bench: ClaudeBench): readonly HistoryRecord[] {
  return bench.records().filter(({ from = "" }) => from.startsWith("working."));
}

/** The names of the logs without their endings: each begins with the moment when its iteration was planned. */
export function logNamesOf(bench: ClaudeBench): readonly string[] {
  const starts = bench.records().filter(({ to = "" }) => to.startsWith("working."));
  return starts.map(({ timestamp = "", to = "", memory }) => {
    const stamp = `${timestamp.slice(5, 10)}-${timestamp.slice(11, 16).replace(":", "")}`;
    const number = String(memory?.iteration).padStart(3, "0");
    return `${stamp}-${number}-${to.replace("working.", "")}`;
  });
}

/** The worktree of the only session. */
export function worktreeOf(bench: ClaudeBench): string {
  return join(bench.project.worktrees, relative(bench.project.sessions, bench.folder()));
}

/** The lines of a log, each of them read. */
export function readLog(bench: ClaudeBench, name: string): readonly Record<string, unknown>[] {
  const lines = bench.file(name).split("\n");
  if (lines.pop() !== "") throw new Error(`the last line of ${name} is torn`);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** All files below a folder, sorted. */
export function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .toSorted();
}
