import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "@samocode/core/store";
import type { RunEnd } from "./runner-process.ts";

/** What a killed runner has left on the disk, in words. */
export function describeDisk(folder: string | undefined): string[] {
  if (folder === undefined) return ["nothing"];
  const names = readdirSync(folder);
  const { state } = openStore(folder).readHistoryTail();
  const drafts = names.flatMap((name) => /^_overview\.md\.(\d+)\.draft$/.exec(name)?.[1] ?? []);
  return [
    ...(names.includes("_overview.md") ? [] : ["no overview yet"]),
    ...(names.some((name) => name.endsWith(".lock")) ? ["the lock of a dead process"] : []),
    ...drafts.map((seq) =>
      Number(seq) === state?.seq
        ? "a record, and the draft that belongs to it"
        : "a draft without its record",
    ),
    ...(names.includes("_qa.md.draft") ? ["a draft of the answers"] : []),
    ...(openStore(folder).readHistoryTail().torn ? ["half a record"] : []),
  ];
}

interface Told {
  readonly type: string;
  readonly attempt?: string;
  readonly log?: string;
}

/** What the first run after the kill did, in words. */
export function describeNextRun(
  folder: string,
  { stdout }: RunEnd,
  startedAt: number,
  hadOverview: boolean,
): string {
  const events = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Told);
  const first = events.find(({ type }) => type === "iteration.started" || type === "tests.started");
  if (!hadOverview) return "makes the session";
  if (first === undefined) return "waits for the person";
  if (first.type === "tests.started") return "runs the tests";
  if (first.attempt !== "adopt") return "begins the next iteration";
  const prompt = join(folder, (first.log ?? "").replace(/\.jsonl$/, ".prompt.md"));
  // An agent that is started again gets its prompt again.
  const isOld = existsSync(prompt) && statSync(prompt).mtimeMs < startedAt;
  return isOld ? "takes over the agent, or the work that it has finished" : "starts the agent";
}
