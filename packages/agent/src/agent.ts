import type { AgentActivity, Phase, SessionContext } from "@samocode/core";
import type { Exit, ProcessIdentity } from "@samocode/process";
import type { Outcome } from "./outcome.ts";

/** How the log of an agent is read, while it grows or long after. */
export interface AgentLog {
  /** What one line of the log says; nothing if it says nothing that a human would want to see. */
  readonly parseLine: (line: string) => readonly AgentActivity[];
  /** A part of each line that must be read however long it is. Other lines over 64 KiB are skipped. */
  readonly largeLinesWith: string;
}

/** What an agent is started for. */
export type AgentTask =
  /** To do the work of its phase, in a new conversation. */
  | {
      readonly type: "work";
      /** The id to use for the conversation, if the agent lets others choose it. A UUID. */
      readonly conversation: string;
      /** What the agent must know about the iterations before. */
      readonly notes: SessionContext["notes"];
      /** What the agent must know beside the overview. */
      readonly dive?: string;
    }
  /** To repair its signal, in the conversation of the iteration before. */
  | { readonly type: "repair"; readonly conversation: string; readonly problem: string }
  /** Nothing: an earlier runner started it, and it is followed to its end. It may have ended already. */
  | {
      readonly type: "reattach";
      /** Absent if nobody knows which process it was: then it has ended. */
      readonly identity?: ProcessIdentity;
    };

/** One iteration, as an agent is to carry it out. */
export interface AgentIteration {
  readonly phase: Phase;
  /** From 1 on. */
  readonly iteration: number;
  /** Carried by the agent and all that it starts, as `SAMOCODE_RUN_ID`. */
  readonly runId: string;
  readonly task: AgentTask;
  /** Absolute paths. */
  readonly sessionFolder: string;
  readonly workingDir: string;
  /** Where prompt, stdout and stderr are written: an agent outlives its runner, and its output does. */
  readonly promptFile: string;
  readonly logFile: string;
  readonly stderrFile: string;
  /** When the iteration must have ended: Unix time in ms. */
  readonly deadlineAt: number;
  /** How long the agent may write nothing to its log, in ms; 0 for as long as it likes. */
  readonly idleMs: number;
  /** What it may cost, in US dollars. @default no limit */
  readonly maxCostUsd?: number;
  /** An open file that the agent keeps open as long as it lives. */
  readonly keepsOpen?: number | undefined;
  /** Called once the process runs, before anything is read from it. If it throws, the agent is stopped. */
  readonly onStart: (identity: ProcessIdentity) => void;
}

/** How an agent is stopped. */
export interface AgentSignals {
  /** Stops the agent in the order that leaves nothing behind. */
  readonly cancel: AbortSignal;
  /** Cuts the graces of stopping short. Stops nothing by itself. */
  readonly kill: AbortSignal;
}

/** An answer that was refused while the agent still ran. */
export interface SignalRefusal {
  /** ISO 8601. */
  readonly timestamp: string;
  readonly problem: string;
  /** What the agent had written, cut; absent if there was no file. */
  readonly text?: string | undefined;
}

/** How an agent ended. */
export interface AgentEnd extends Exit {
  readonly outcome: Outcome;
  /** Oldest first. */
  readonly refusals: readonly SignalRefusal[];
}

/** A coding agent that samocode can drive. */
export interface Agent {
  /** One word, as in `claude`. */
  readonly name: string;
  readonly log: AgentLog;
  /**
   * Starts an iteration, or reattaches to one that outlived its runner, and follows it to its end.
   *
   * Whatever happens, also when a callback throws: when this settles, the process has ended, whatever it left
   * running was ended too, and no handle is open.
   *
   * @throws The error of the file system if prompt, log or stderr cannot be opened, and what a callback throws.
   */
  readonly run: (
    iteration: AgentIteration,
    signals: AgentSignals,
    emit: (activity: AgentActivity) => void,
  ) => Promise<AgentEnd>;
}
