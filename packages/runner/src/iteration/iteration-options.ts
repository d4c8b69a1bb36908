import type { RunEvent } from "@samocode/core";
import type { Store } from "@samocode/core/store";
import type { ProjectFolders } from "@samocode/session";
import type { CustomTexts } from "@samocode/agent-claude";

/** The settings of an iteration. */
interface IterationSettings {
  readonly claudePath: string;
  readonly model: string;
  readonly fallbackModel: string | undefined;
  readonly maxTurns: number;
  readonly timeoutMs: number;
  /** Limit on silence; 0 for none. */
  readonly idleTimeoutMs: number;
  /** US dollars that the whole session may cost. */
  readonly budgetUsd: number | undefined;
  readonly permissionMode: string;
}

/** What an iteration is run with. */
export interface IterationOptions {
  readonly store: Store;
  readonly settings: IterationSettings;
  readonly project: Pick<ProjectFolders, "mainRepo"> & { readonly configPath: string };
  /** Files with secrets of the person. */
  readonly secrets: readonly string[];
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
