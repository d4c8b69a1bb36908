import { exitCodes } from "@samocode/session";
import { demoTask } from "./chapters.ts";

/** One command that the demo types for the person. */
export interface Scene {
  /** What the person does, and why; a command that speaks for itself has none. */
  readonly told?: string;
  /** Whether the plan is shown first. */
  readonly showsPlan?: boolean;
  readonly args: readonly string[];
  /** The exit code that the command ends with. */
  readonly exitCode: number;
}

/** The name of the demo's session, and of its branch. */
export const sessionName = "roman";

/** What a person does in a session, from the task to the end. */
export const scenes: readonly Scene[] = [
  {
    told: "You give it a task:",
    args: [sessionName, "--task", demoTask],
    exitCode: exitCodes.waiting,
  },
  {
    told: "It asks what only you can decide; nothing runs until you answer. You say A:",
    args: ["answer", sessionName, "Q1=A"],
    exitCode: exitCodes.done,
  },
  { args: [sessionName], exitCode: exitCodes.waiting },
  {
    told: "No code is written until you approve the plan. You approve:",
    showsPlan: true,
    args: ["approve", sessionName],
    exitCode: exitCodes.done,
  },
  { args: [sessionName], exitCode: exitCodes.done },
];
