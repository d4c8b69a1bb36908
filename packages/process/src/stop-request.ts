import { constants } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import { wasHangupIgnored } from "./hangup.ts";

/** A person's wish, by SIGINT, SIGTERM or SIGHUP, that a command stops. */
export interface StopRequest {
  /** Aborted by the first signal: stop cleanly. */
  readonly cancel: AbortSignal;
  /** Aborted by the second one: stop at once. */
  readonly kill: AbortSignal;
  /** The exit code that stands for the first signal; nothing before it. */
  readonly exitCode: () => number | undefined;
  /** The same as a SIGINT: a terminal that reads single keys sends none. */
  readonly interrupt: () => void;
  /** Listens no more. */
  readonly release: () => void;
}

export interface StopOptions {
  /** That the hangup of the terminal is ignored, as under `nohup`. @default as this process was started */
  readonly ignoresHangup?: boolean;
}

/** Listens for kill signals: the first one asks for a clean stop, the second one for an end at once. */
export function listenForStop({
  ignoresHangup = wasHangupIgnored(),
}: StopOptions = {}): StopRequest {
  const cancel = new AbortController();
  const kill = new AbortController();
  let code: number | undefined;
  const listen = (signal: "SIGINT" | "SIGTERM") => (): void => {
    if (cancel.signal.aborted) kill.abort();
    // As a shell says it of a program that such a signal has ended.
    code ??= 128 + constants.signals[signal];
    cancel.abort();
  };
  const onInt = listen("SIGINT");
  const onTerm = listen("SIGTERM");
  process.on("SIGINT", onInt).on("SIGTERM", onTerm);
  if (!ignoresHangup) process.on("SIGHUP", onTerm);
  return {
    cancel: cancel.signal,
    kill: kill.signal,
    exitCode: () => code,
    interrupt: onInt,
    release: () => {
      process.off("SIGINT", onInt).off("SIGTERM", onTerm).off("SIGHUP", onTerm);
    },
  };
}

/**
 * Waits until Node has reported all kill signals received, for instance while something was written: it looks
 * at the outside only between the end of this turn and that of the next one. A timer may be over before.
 */
export async function untilSignalsAreTold(): Promise<void> {
  await nextTurn();
  await nextTurn();
}
