import {
  formatState,
  sessionMachine,
  type SessionEvent,
  type SessionSnapshot,
} from "@samocode/core";
import { initialTransition, transition, type AnyStateNode } from "xstate";
import { tryEvents, type TryEvent } from "./simulation-event.ts";
import type { Measure } from "./step.ts";

/** The bare machine, after what somebody let happen to it. */
export interface Simulation {
  /** What has happened, by the ids of {@link Choice}. */
  readonly path: readonly string[];
  readonly state: string;
  readonly isFinal: boolean;
  readonly measure: Measure;
  /** What keeps it, in words, if something does. */
  readonly hold?: string;
  /** The events of the path, as the history would spell them. */
  readonly events: readonly string[];
  /** The states that it went through, the first one included. */
  readonly states: readonly string[];
  readonly choices: readonly Choice[];
}

/** Something that may be let happen next, and what the machine would make of it. */
export interface Choice {
  readonly id: string;
  readonly event: string;
  readonly detail?: string;
  /** The state after it. */
  readonly to: string;
  /** False if nothing would come of it. */
  readonly isTaken: boolean;
  /** Why a signal would be refused, in the machine's own words. */
  readonly refusal?: string;
  /** The arrows of this event that leave the state, in the order in which they are tried. */
  readonly tries: readonly Try[];
}

/** An arrow that is tried: the first one whose condition holds is taken. */
export interface Try {
  /** The state that it leaves; `""` for one that leaves every state. */
  readonly source: string;
  readonly target: string;
  /** As the chart spells it; `""` if there is none. */
  readonly guard: string;
  readonly holds: boolean;
}

/** How far a simulation may go, in events. */
export const maxPath = 300;

const stepMs = 60_000;

/**
 * Lets these things happen to the machine, one after the other, from the start of a session on; nothing if one
 * of them is not known. Pure: the same path always leads to the same place.
 *
 * @param verifies Whether a test command guards the way out of testing and quality.
 */
export function simulate(path: readonly string[], verifies: boolean): Simulation | undefined {
  if (path.length > maxPath) return undefined;
  let [snapshot] = initialTransition(sessionMachine, { settings: { verifies } });
  const events: string[] = [];
  const states = [formatState(snapshot.value)];
  for (const [index, id] of path.entries()) {
    const happening = tryEvents.find((each) => each.id === id);
    if (happening === undefined) return undefined;
    snapshot = after(snapshot, happening, index + 1);
    events.push(happening.event);
    states.push(formatState(snapshot.value));
  }
  const { phase, counts, rework, failures, costUsd, hold } = snapshot.context;
  return {
    path,
    state: formatState(snapshot.value),
    isFinal: snapshot.status === "done",
    measure: { phase, counts, rework, failures, costUsd },
    ...(hold?.kind === "blocked" && { hold: hold.reason }),
    events,
    states,
    choices: tryEvents.map((each) => choose(snapshot, each, path.length + 1)),
  };
}

function after(before: SessionSnapshot, happening: TryEvent, index: number): SessionSnapshot {
  return transition(sessionMachine, before, happening.create(index * stepMs))[0];
}

function choose(before: SessionSnapshot, happening: TryEvent, index: number): Choice {
  const { id, event, detail } = happening;
  const next = after(before, happening, index);
  const refusal = event.startsWith("signal.") ? refusalIn(before, next) : undefined;
  return {
    id,
    event,
    ...(detail !== undefined && { detail }),
    to: formatState(next.value),
    isTaken: next !== before,
    ...(refusal !== undefined && { refusal }),
    tries: triesOf(before, happening.create(index * stepMs)),
  };
}

/** What the machine says of a signal that it has refused: to the agent that repairs it, or to a person. */
function refusalIn(before: SessionSnapshot, { context }: SessionSnapshot): string | undefined {
  if (context.problem !== before.context.problem) return context.problem;
  const { hold } = context;
  const isRefused = hold?.kind === "blocked" && hold.needs === "error_resolution";
  return isRefused && hold !== before.context.hold ? hold.reason : undefined;
}

function triesOf(snapshot: SessionSnapshot, event: SessionEvent): readonly Try[] {
  return activeNodes(snapshot).flatMap((node) =>
    (node.transitions.get(event.type) ?? []).flatMap(({ guard, target = [node] }) =>
      target.map((to) => ({
        source: idOf(node),
        target: idOf(to),
        ...checkGuard(guard, snapshot, event),
      })),
    ),
  );
}

/** The states that the machine is in, the innermost first: that is how arrows are tried. */
function activeNodes(snapshot: SessionSnapshot): readonly AnyStateNode[] {
  const nodes: AnyStateNode[] = [sessionMachine.root];
  for (const key of formatState(snapshot.value).split(".")) {
    const inner: AnyStateNode | undefined = nodes.at(-1)?.states[key];
    if (inner !== undefined) nodes.push(inner);
  }
  return nodes.toReversed();
}

function idOf({ path }: AnyStateNode): string {
  return path.join(".");
}

type Guards = Readonly<
  Record<string, (moment: { context: unknown; event: unknown }, params: unknown) => boolean>
>;

function checkGuard(
  guard: unknown,
  { context }: SessionSnapshot,
  event: SessionEvent,
): Pick<Try, "guard" | "holds"> {
  if (guard === undefined) return { guard: "", holds: true };
  const { type, params } =
    typeof guard === "string"
      ? { type: guard, params: undefined }
      : (guard as { readonly type: string; readonly params?: Readonly<Record<string, unknown>> });
  const check = (sessionMachine.implementations.guards as unknown as Guards)[type];
  return {
    guard: [type, ...Object.values(params ?? {}).map(String)].join(" "),
    holds: check?.({ context, event }, params) ?? false,
  };
}
