import { mkdtempSync } from "node:fs";
import { join } from "node:path";

import {
  cleanEnvironment,
  createScriptedApi,
  installClaude,
  type Script,
  startCli,
  type TempProject,
} from "../src/index.ts";

/** The lines of a run, read for what tests ask. */
export type Line = Record<string, unknown>;

/** How the real CLI is run. */
export interface RunOptions {
  readonly project: TempProject;
  readonly script: Script;
  readonly prompt?: string;
  readonly flags?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Address of an API other than the scripted one. */
  readonly apiUrl?: string;
  /** Done to the run while it lives. */
  readonly act?: (pid: number) => Promise<void>;
}

/** Run the real CLI to its end against a scripted API. */
export async function runClaude(options: RunOptions) {
  const { project, script, prompt = "Do it.", flags = [], variables = {} } = options;
  const claude = await installClaude();
  await using api = await createScriptedApi(script);
  const run = startCli(claude, mkdtempSync(join(project.root, "run-")), {
    prompt,
    cwd: project.repo,
    flags: ["--model", "opus", "--permission-mode", "bypassPermissions", ...flags],
    env: cleanEnvironment({
      home: project.home,
      apiUrl: options.apiUrl ?? api.url,
      variables: { CLAUDE_CODE_MAX_RETRIES: "0", ...variables },
    }),
  });
  await options.act?.(run.pid);
  const code = await run.ended;
  const lines = run.lines();
  return {
    code,
    lines,
    results: lines.filter(({ type }) => type === "result"),
    result: lines.findLast(({ type }) => type === "result"),
    stderr: run.stderr(),
    requests: api.requests,
    sideRequests: api.sideRequests,
  };
}
