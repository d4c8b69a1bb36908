import type { StreamEvent } from "../claude/stream-event.ts";

/** What `run` tells while it goes: the lines of `--json`, and what the progress is made of. */
export type RunEvent =
  | {
      readonly type: "session.entered";
      readonly folder: string;
      readonly state: string;
      readonly iteration: number;
    }
  | {
      readonly type: "iteration.started";
      readonly iteration: number;
      readonly phase: string;
      readonly attempt: "fresh" | "mend" | "adopt";
      readonly log: string;
      readonly workingDir: string;
      readonly deadlineAt: number;
    }
  | { readonly type: "agent"; readonly iteration: number; readonly event: StreamEvent }
  /** A signal that no iteration had asked for was moved to `file`, a path in the session folder. */
  | { readonly type: "signal.late"; readonly iteration: number; readonly file: string }
  | {
      readonly type: "session.moved";
      readonly event: string;
      readonly from: string;
      readonly to: string;
      readonly iteration: number;
      readonly costUsd: number;
      readonly message?: string;
    }
  | { readonly type: "tests.started"; readonly command: string }
  | { readonly type: "timer.started"; readonly state: string; readonly until: number }
  | { readonly type: "waiting"; readonly state: string; readonly folder: string }
  | { readonly type: "overview.unreadable"; readonly message: string }
  | {
      readonly type: "session.rested";
      readonly state: string;
      readonly phase: string;
      readonly iteration: number;
      readonly costUsd: number;
      readonly exitCode: number;
    };
