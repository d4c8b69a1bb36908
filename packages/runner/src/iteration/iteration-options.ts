import type { RunEvent, Store } from "@samocode/core";
import type { Project } from "../config/project.ts";
import type { Settings } from "../config/settings.ts";
import type { CustomTexts } from "@samocode/agent-claude";

/** What an iteration is run with. */
export interface IterationOptions {
  readonly store: Store;
  readonly settings: Settings;
  readonly project: Project;
  readonly customTexts: CustomTexts;
  readonly workingDir: string;
  /** What the agents are to know beside the overview, in the first iteration. */
  readonly dive?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** An open file that agents keep open as long as they live, and so show that they do. */
  readonly signFile?: number | undefined;
  readonly cancel: AbortSignal;
  /** Cuts short how long an agent may take to stop. */
  readonly kill: AbortSignal;
  readonly tell: (event: RunEvent) => void;
}
