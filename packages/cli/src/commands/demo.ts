import { rm } from "node:fs/promises";
import { delimiter, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { TempProject } from "@samocode/stand-in";
import picocolors from "picocolors";
import { createDemoAgent, type DemoAgent } from "../demo/demo-agent.ts";
import { createDemoProject } from "../demo/demo-project.ts";
import { formatDemoReport, readPlanText } from "../demo/demo-report.ts";
import { scenes } from "../demo/scenes.ts";
import { typeCommand, type Terminal } from "../demo/typed-command.ts";
import { exitCodes } from "@samocode/session";
import { hasColor } from "../terminal/output.ts";
import { findProgram, shellQuote, listenForStop } from "@samocode/process";
import { openTerminalKeyboard } from "../terminal/terminal-keyboard.ts";

/** How long a person has to read what is typed for them, in ms. */
const readingMs = 700;

/** The flags of `demo`. */
export interface DemoFlags {
  readonly claudePath?: string;
}

/** Plays a whole session on a temporary repository, the person's part included. */
export async function runDemo({ claudePath }: DemoFlags): Promise<number> {
  const stop = listenForStop();
  // Its commands draw on this terminal, and read no keys.
  const keyboard = openTerminalKeyboard({});
  const project = await createDemoProject();
  const command = claudePath ?? (process.env["CLAUDE_PATH"] || "claude");
  const tell = (line: string): void => {
    if (!stop.cancel.aborted) show(line);
  };
  let agent: DemoAgent | undefined;
  let isKept = false;
  try {
    tell(color.bold("A complete samocode session, from task to done."));
    tell("No account is used and nothing leaves this machine. The model's answers");
    tell("and its cost are scripted; git, tests, gates and files are real.");
    agent = await createDemoAgent({ project, command, cancel: stop.cancel, tell });
    tell(`Everything happens in ${project.root}`);
    const terminal = { binary: process.argv[1] ?? "", cwd: project.root, env: agent.env, stop };
    const failure = await play(terminal, project);
    if (stop.cancel.aborted) return stop.exitCode() ?? exitCodes.failed;
    isKept = true;
    if (failure !== undefined) {
      show(`\nThe demo failed: ${failure}. Its folder is kept: ${project.root}`);
      return exitCodes.failed;
    }
    await rm(project.home, { recursive: true, force: true });
    const { columns } = process.stdout;
    process.stdout.write(`\n${await formatDemoReport(project, nameOf(terminal.binary), columns)}`);
    return exitCodes.done;
  } finally {
    await agent?.close();
    if (!isKept) await project.dispose();
    if (stop.cancel.aborted) show("\nThe demo was stopped and its folder removed.");
    keyboard?.close();
    stop.release();
  }
}

/** Plays the scenes; what went wrong, if anything did. */
async function play(terminal: Terminal, project: TempProject): Promise<string | undefined> {
  for (const { told, showsPlan = false, args, exitCode: expected } of scenes) {
    if (terminal.stop.cancel.aborted) return undefined;
    if (showsPlan) show(`\n${readPlanText(project).replaceAll(/^/gm, "  │ ")}`);
    if (told !== undefined) {
      show(`\n${color.bold(told)}`);
      await waitFor(readingMs, terminal.stop.cancel);
      if (terminal.stop.cancel.aborted) return undefined;
    }
    show(color.cyan(`$ samocode-run ${args.map(shellQuote).join(" ")}`));
    const exitCode = await typeCommand(terminal, args);
    if (exitCode !== expected) return `the exit code was ${exitCode}, expected ${expected}`;
  }
  return undefined;
}

const color = picocolors.createColors(hasColor(process.stderr));

function show(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** What this person types to call this program. */
function nameOf(binary: string): string {
  // npx and pnpm put folders of their own there, only for as long as they run.
  const path = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => !isInModules(folder));
  const found = findProgram("samocode-run", { PATH: path.join(delimiter) });
  return found === undefined ? shellQuote(binary) : "samocode-run";
}

function isInModules(folder: string): boolean {
  return folder.split(sep).includes("node_modules");
}

async function waitFor(ms: number, cancel: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: cancel }).catch(() => undefined);
}
