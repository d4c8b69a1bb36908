import { createTempProject, type TempProject, type TempProjectOptions } from "@samocode/testkit";
import { vi } from "vitest";
import { runCommandLine } from "../../src/program/command-line.ts";
import type { RunnerResult } from "./runner-cli.ts";
import {
  addSession,
  type SessionFiles,
  type TestSession,
} from "../../../session/test/support/waiting-session.ts";

/** A temporary project in which commands are called in this process. */
export interface CommandBench extends AsyncDisposable {
  readonly project: TempProject;
  /** Calls a command at the root of the project; with no terminal. */
  readonly run: (...words: string[]) => Promise<RunnerResult>;
  /** Makes a session in it. */
  readonly add: (name: string, files: SessionFiles) => TestSession;
}

/** Makes a bench. The commands see the environment of the project alone. */
export async function createCommandBench(options: TempProjectOptions = {}): Promise<CommandBench> {
  const project = await createTempProject(options);
  const before = { cwd: process.cwd(), env: { ...process.env } };
  return {
    project,
    add: (name, files) => addSession(project.sessions, name, files),
    async run(...words) {
      let [stdout, stderr] = ["", ""];
      const out = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
        stdout += String(text);
        return true;
      });
      const err = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
        stderr += String(text);
        return true;
      });
      process.env = { ...project.env };
      process.chdir(project.root);
      try {
        const exitCode = await runCommandLine(words, (text) => {
          stderr += text;
        });
        return { exitCode, stdout, stderr };
      } finally {
        process.chdir(before.cwd);
        process.env = before.env;
        out.mockRestore();
        err.mockRestore();
      }
    },
    [Symbol.asyncDispose]: () => project.dispose(),
  };
}
