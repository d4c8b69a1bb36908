/** What the exit code of a command says. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  waiting: 3,
  blocked: 4,
  locked: 5,
  sigint: 130,
  sigterm: 143,
} as const;

/** The exit code of a run whose session came to rest in this state. */
export function exitCodeOf(state: string): number {
  if (state === "finished") return exitCodes.done;
  if (state === "blocked") return exitCodes.blocked;
  if (state === "failed") return exitCodes.failed;
  return exitCodes.waiting;
}
