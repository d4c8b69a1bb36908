import { exitCodes } from "../exit-code.ts";
import { demoTask } from "./chapters.ts";

/** One command that the demo types for the person. */
export interface Scene {
  /** What the person does, and why. */
  readonly told: string;
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
    told: "You give it a task.",
    args: [sessionName, "--task", demoTask],
    exitCode: exitCodes.waiting,
  },
  {
    told: "It has a question, and waits; nothing runs meanwhile. You answer A.",
    args: ["answer", sessionName, "Q1=A"],
    exitCode: exitCodes.done,
  },
  { told: "You let it go on.", args: [sessionName], exitCode: exitCodes.waiting },
  {
    told: "Only you can open the gate to the implementation. You approve the plan.",
    showsPlan: true,
    args: ["approve", sessionName],
    exitCode: exitCodes.done,
  },
  { told: "You let it go on, to the end.", args: [sessionName], exitCode: exitCodes.done },
];
