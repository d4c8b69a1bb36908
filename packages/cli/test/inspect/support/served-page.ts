import { existsSync } from "node:fs";
import { expect } from "vitest";
import type { OverviewStatus } from "@samocode/core/overview";
import type { RunnerCli } from "../../support/runner-cli.ts";

/** A page that `samocode-run inspect` serves. */
export interface ServedPage extends AsyncDisposable {
  /** What it has printed on stdout. */
  readonly link: string;
  readonly stderr: () => string;
  /** Ends it as ^C does; gives how it ended. */
  readonly end: () => Promise<{ readonly exitCode?: number | undefined; readonly stdout: string }>;
}

/** Starts `samocode-run inspect` and waits for its link. */
export async function servePage(cli: RunnerCli, ...args: readonly string[]): Promise<ServedPage> {
  const served = cli.start("inspect", "--no-open", ...args);
  let stdout = "";
  let stderr = "";
  served.stdout.on("data", (piece: Buffer) => {
    stdout += piece.toString("utf8");
  });
  served.stderr.on("data", (piece: Buffer) => {
    stderr += piece.toString("utf8");
  });
  const end = async () => {
    served.kill("SIGINT");
    return served;
  };
  await expect.poll(() => stdout, { timeout: 60_000 }).toContain("\n");
  return {
    link: stdout.trim(),
    stderr: () => stderr,
    end,
    [Symbol.asyncDispose]: async () => {
      await end();
    },
  };
}

/** The state that an overview describes, as the chart names it. */
export function stateOf({ phase, blocked, waitingFor }: OverviewStatus): string {
  if (blocked === "yes") return "blocked";
  if (blocked === "no") return `working.${phase}`;
  return `waiting.${{ qa_answers: "answers", plan_approval: "approval", file_update: "file", human_action: "action" }[waitingFor ?? "human_action"]}`;
}

/** A step of an agent that goes on once a file is there. */
export function waitFor(path: string) {
  const command = `for i in $(seq 2400); do [ -e '${path}' ] && exit 0; sleep 0.05; done`;
  return { do: "bash", command } as const;
}

/** Waits until a session is there to be looked at. */
export async function untilMade(folder: () => string): Promise<void> {
  await expect.poll(() => existsSync(`${folder()}/_overview.md`), { timeout: 60_000 }).toBe(true);
}
