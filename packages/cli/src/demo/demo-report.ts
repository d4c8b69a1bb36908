import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { openStore, parseHistory, replay, sessionFiles, type Step } from "@samocode/core/store";
import type { TempProject } from "@samocode/stand-in";
import { sessionName } from "./scenes.ts";
import { stateWords } from "@samocode/session";
import { shellQuote } from "@samocode/process";

/**
 * What the demo leaves to look at, and what to type next.
 *
 * @param command How this person calls `samocode-run`.
 * @param columns The width of the terminal. @default none: no line is broken
 */
export async function formatDemoReport(
  project: TempProject,
  command: string,
  columns = Number.POSITIVE_INFINITY,
): Promise<string> {
  const session = findSessionFolder(project);
  const folder = basename(session);
  const history = readFileSync(join(session, sessionFiles.history), "utf8");
  const made = await project.git("log", "--stat", "--format=%h %s", `main..${sessionName}`);
  const path = formatPath(replay(parseHistory(history).records));
  const places = [
    [`ls  sessions/${folder}`, "question, plan, reports, raw logs"],
    [`${command} show ${sessionName}`, "everything that happened, with time and cost"],
    [`${command} inspect ${sessionName}`, "the same in the web UI"],
    [`cat sessions/${folder}/_overview.md`, "the state of the session, as text"],
    [`git -C worktrees/${folder} log -p`, "what was made"],
  ] as const;
  const width = Math.max(...places.map(([place]) => place.length));
  return `The path of this session through the statechart:
${indent(wrap(path, columns - 2))}

What it made, on the branch \`${sessionName}\`:
${indent(made.replaceAll(/\n+/g, "\n"))}

Look around, as long as you like:
  cd ${shellQuote(project.root)}
${indent(places.map(([place, what]) => `${place.padEnd(width)}   ${what}`).join("\n"))}
and remove it all:
  rm -rf ${shellQuote(project.root)}

Your turn, in a git repository of yours:
  ${command} init
  ${command} NAME --task "what to do"
`;
}

/** The plan of the demo's session. */
export function readPlanText(project: TempProject): string {
  const folder = findSessionFolder(project);
  const plan = openStore(folder).readPlan();
  return plan === undefined ? "" : readFileSync(join(folder, plan.file), "utf8").trimEnd();
}

function findSessionFolder({ sessions }: TempProject): string {
  return join(sessions, readdirSync(sessions)[0] ?? "");
}

/** The states that a session went through, each once in a row; between two commands it is paused. */
function formatPath(steps: readonly Step[]): string {
  const states = steps
    .map(({ to }) => to)
    .filter((to) => to !== "paused")
    .map(stateWords);
  return states.filter((state, index) => state !== states[index - 1]).join(" → ");
}

/** Breaks a line between words. */
function wrap(text: string, columns: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`.trimStart();
  }
  return lines.join("\n");
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}
