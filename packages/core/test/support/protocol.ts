import type { Phase } from "../../src/workflow/phase.ts";

/** The table of the protocol, copied by hand: the machine and the rules are both held against it. */
export const protocol: readonly [Phase, readonly Phase[], readonly string[], number][] = [
  ["investigation", ["planning"], ["continue", "waiting", "blocked"], 20],
  ["planning", ["implementation"], ["continue", "waiting", "blocked"], 20],
  ["implementation", ["testing", "quality"], ["continue", "waiting", "blocked"], 100],
  ["testing", ["quality", "done", "implementation"], ["continue", "waiting", "blocked"], 20],
  ["quality", ["testing", "done"], ["continue", "waiting", "blocked"], 10],
  ["done", [], ["done", "blocked"], 3],
];
