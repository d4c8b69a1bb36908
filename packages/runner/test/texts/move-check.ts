import { blockNeeds, isPhase, waitReasons } from "@samocode/core";
import { legalSignals } from "../../src/iteration/phase-protocol.ts";
import { parseFrontMatter } from "../../src/texts/front-matter.ts";
import type { TextTree } from "./text-tree.ts";

const snakeNames = new Set<string>([
  ...waitReasons,
  ...blockNeeds,
  "_waiting_",
  "run_in_background",
]);

/** Waits and needs that there are not; and in the agent of a phase, moves and signals that it does not have. */
export function findMoveProblems(tree: TextTree, path: string): readonly string[] {
  const { body } = parseFrontMatter(tree.get(path) ?? "");
  const words = [...body.matchAll(/(?<![\w.])_?[a-z]+_[a-z_]*(?![\w.])/g)].map(([word]) => word);
  const problems = words
    .filter((word) => !snakeNames.has(word))
    .map((word) => `knows no wait or need \`${word}\``);
  const [, phase] = /^plugin\/agents\/(\w+)\.md$/.exec(path) ?? [];
  if (!isPhase(phase)) return problems;

  const legal = legalSignals(phase);
  const next: readonly string[] = legal.map((signal) => signal.phase);
  const moves = [...body.matchAll(/\b(?:to|for|into) ([a-z]+)\b/gi)]
    .map(([, word = ""]) => word)
    .filter(isPhase);
  const statuses = new Set(
    legal.flatMap((signal) => {
      if (signal.status === "waiting") return [`waiting, ${signal.for}`];
      if (signal.status === "blocked") return blockNeeds.map((need) => `blocked, ${need}`);
      return [signal.status];
    }),
  );
  const spoken = [...body.matchAll(/\bsignal ([a-z]+(?:, [a-z]+_[a-z]+)?)/gi)].map(
    ([, words = ""]) => words,
  );
  return [
    ...problems,
    ...moves.filter((move) => !next.includes(move)).map((move) => `moves to ${move}`),
    ...next
      .filter((each) => each !== phase && !moves.some((move) => move === each))
      .map((each) => `does not say when to move to ${each}`),
    ...spoken.filter((words) => !statuses.has(words)).map((words) => `signals ${words}`),
  ];
}
