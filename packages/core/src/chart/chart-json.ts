import type { AnyStateMachine } from "xstate";
import { sessionMachine } from "../machine/machine.ts";

/** What the JSON of the machine tells of a session. */
export interface MachineJsonOptions {
  /** Id of the state that the session is in. */
  readonly current?: string | undefined;
  /** Ids of the states that the session has been in. @default [] */
  readonly visited?: readonly string[];
}

/**
 * The statechart as the JSON of a machine configuration, as xstate's `createMachine` takes it and Stately's
 * editor imports it. Guards, actions, actors and delays are names with their parameters; what they do is not
 * in it. Where a session is goes into `meta`.
 *
 * @example
 * createMachine(JSON.parse(formatMachineJson())).id; // "session"
 */
export function formatMachineJson(options: MachineJsonOptions = {}): string {
  const { config }: AnyStateMachine = sessionMachine;
  const { current, visited = [] } = options;
  const meta = current === undefined ? {} : { meta: { current, visited } };
  return `${JSON.stringify({ ...config, ...meta }, null, 2)}\n`;
}
