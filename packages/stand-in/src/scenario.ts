import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/**
 * What a stand-in does, call by call.
 *
 * In every text and path `{session}`, `{iteration}` and `{phase}` stand for what the prompt says in its lines
 * `Session folder: …`, `Iteration: …` and `Phase: …`, and `{cwd}` for the working folder. A call with `--resume` whose prompt
 * does not say them takes them from the call that it resumes.
 */
export interface Scenario {
  /** The steps of the first call, of the second, and so on. Calls are counted on disk, so a runner may be restarted between them. */
  readonly calls: readonly (readonly Step[])[];
  /**
   * The steps of every call after those.
   *
   * @default none: the call fails with exit code 70
   */
  readonly otherwise?: readonly Step[];
}

/** What an ES module must export to be a scenario. */
export interface ScenarioModule {
  readonly steps: (call: CallFacts) => readonly Step[];
}

/** What is known of a call before its first step. */
export interface CallFacts {
  /** 1 for the first call. */
  readonly number: number;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly prompt: string;
  readonly session?: string;
  readonly iteration?: string;
  readonly phase?: string;
}

/** One thing that a stand-in does. After the last step it prints a result and exits, as the CLI does. */
export type Step =
  /** Print an answer of the model. `costUsd` is what the answer costs, 0.01 unless told. */
  | { readonly do: "say"; readonly text: string; readonly costUsd?: number }
  /** Print a tool call and its result; nothing is run. */
  | {
      readonly do: "tool";
      readonly name: string;
      readonly input: Readonly<Record<string, unknown>>;
      readonly output?: string;
      readonly isError?: boolean;
    }
  /** Run a shell command in a session of its own, as the Bash tool does, and print the call and its result. */
  | { readonly do: "bash"; readonly command: string }
  /** Write a file; what is no string becomes JSON, in which `"{iteration}"` alone becomes a number. */
  | { readonly do: "write"; readonly path: string; readonly content: unknown }
  | { readonly do: "append"; readonly path: string; readonly text: string }
  /** Replace the first `from`; the call fails if the file does not hold it. */
  | { readonly do: "replace"; readonly path: string; readonly from: string; readonly to: string }
  | { readonly do: "remove"; readonly path: string }
  /** Commit all changes of the working folder. */
  | { readonly do: "commit"; readonly message: string }
  /** Print one line; an object becomes JSON with the `session_id` and a `uuid`. */
  | { readonly do: "print"; readonly line: string | Readonly<Record<string, unknown>> }
  /** Print text without a line break after it. */
  | { readonly do: "printPart"; readonly text: string }
  /** Print valid lines of about `lineBytes` (1 MB) each, `bytes` in all. */
  | { readonly do: "flood"; readonly bytes: number; readonly lineBytes?: number }
  | { readonly do: "stderr"; readonly text: string }
  /** Say nothing for a while, as when the API is slow. */
  | { readonly do: "sleep"; readonly ms: number }
  /** Say nothing until killed. */
  | { readonly do: "hang" }
  /** Take no notice of these kill signals from here on. */
  | { readonly do: "ignore"; readonly signals: readonly NodeJS.Signals[] }
  /** Start a process that outlives this one, with its environment, in a session of its own. */
  | { readonly do: "leave"; readonly ms: number }
  | { readonly do: "closeStdout" }
  /** Run the Stop hooks of `--settings`; when one blocks, print its feedback and take these steps. */
  | { readonly do: "stop"; readonly ifBlocked: readonly Step[] }
  /** Print the result now, with these keys changed; the steps after it are still taken. */
  | { readonly do: "result"; readonly with?: Readonly<Record<string, unknown>> }
  /** Exit now, without a result unless one was printed. */
  | { readonly do: "exit"; readonly code: number }
  /** Die by a kill signal. */
  | { readonly do: "kill"; readonly signal: NodeJS.Signals };

/**
 * Read the steps of one call from a scenario file: JSON, or an ES module that exports `steps`.
 *
 * @throws {Error} when the scenario has no steps for the call
 */
export async function readSteps(path: string, call: CallFacts): Promise<readonly Step[]> {
  if (path.endsWith(".mjs")) {
    const scenario = (await import(pathToFileURL(path).href)) as ScenarioModule;
    return scenario.steps(call);
  }
  const scenario = JSON.parse(readFileSync(path, "utf8")) as Scenario;
  const steps = scenario.calls[call.number - 1] ?? scenario.otherwise;
  if (steps === undefined)
    throw new Error(
      `cannot play call ${call.number}: the scenario has ${scenario.calls.length} calls and no \`otherwise\``,
    );
  return steps;
}

/** Find the session folder, the iteration and the phase in a prompt. */
export function parsePrompt(prompt: string): Pick<CallFacts, "session" | "iteration" | "phase"> {
  const session = /^Session folder: (.+?)\s*$/m.exec(prompt)?.[1];
  const iteration = /^Iteration: (\d+)/m.exec(prompt)?.[1];
  const phase = /^Phase: ([\w-]+)/m.exec(prompt)?.[1];
  return {
    ...(session === undefined ? {} : { session }),
    ...(iteration === undefined ? {} : { iteration }),
    ...(phase === undefined ? {} : { phase }),
  };
}

/**
 * Put the facts of a call into the places that name them.
 *
 * @throws {Error} when a place names a fact that the prompt did not tell
 */
export function fillPlaces(text: string, call: CallFacts): string {
  return text.replace(/\{(session|iteration|phase|cwd)\}/g, (place, name: keyof CallFacts) => {
    const fact = call[name];
    if (fact === undefined)
      throw new Error(
        `cannot fill \`${place}\`: the prompt of call ${call.number} does not say it`,
      );
    return String(fact);
  });
}
