import type { RunEvent } from "@samocode/core";
import type { Store } from "@samocode/core/store";
import type { Agent } from "@samocode/agent";
import type { ProjectFolders } from "@samocode/session";

/** The settings of an iteration, whichever agent carries it out. */
interface IterationSettings {
  readonly timeoutMs: number;
  /** Limit on silence; 0 for none. */
  readonly idleTimeoutMs: number;
  /** Cost limit for the whole session, in US dollars. */
  readonly budgetUsd: number | undefined;
}

/** What an iteration is run with. */
export interface IterationOptions {
  readonly agent: Agent;
  readonly store: Store;
  readonly settings: IterationSettings;
  readonly project: Pick<ProjectFolders, "mainRepo">;
  readonly workingDir: string;
  /** What the agents are to know beside the overview, in the first iteration. */
  readonly dive?: string | undefined;
  /** An open file that agents keep open as long as they live, and so show that they do. */
  readonly signFile?: number | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly cancel: AbortSignal;
  /** Cuts short how long an agent may take to stop. */
  readonly kill: AbortSignal;
  readonly tell: (event: RunEvent) => void;
}
