import { findPhase, isPhase } from "@samocode/core";
import { legalSignals } from "@samocode/agent-claude";
import { phasesOf, spokenText } from "./phases-of.ts";
import type { TextTree } from "./text-tree.ts";

/** Phases that there are not, and moves that a phase in which the text is read does not have. */
export function findMoveProblems(tree: TextTree, path: string): readonly string[] {
  const text = spokenText(tree, path);
  const readers = phasesOf(tree, path);
  const isLegal = (move: string) =>
    readers.every((phase) => legalSignals(phase).some((signal) => signal.phase === move));
  const led = find(
    text,
    new RegExp(`\\b(?:to|for|into|with|enter|start|begin|next phase is) (?:the )?${word}`, "gi"),
  );
  const gone = find(text, new RegExp(`\\b${motion} (?:to|into) (?:the )?${word}`, "gi"));
  const named = [
    ...find(text, new RegExp(`\\b${word} phase\\b`, "g")),
    ...find(text, new RegExp(`\\bphase:? ${word}`, "gi")),
  ];
  const moves = led.filter(isPhase);
  const own = path.startsWith("plugin/agents/") ? readers : [];
  return [
    ...moves.filter((move) => !isLegal(move)).map((move) => `moves to ${move}`),
    ...own
      .flatMap((phase) =>
        legalSignals(phase).flatMap((signal) => (signal.phase === phase ? [] : [signal.phase])),
      )
      .filter((next) => !moves.includes(next))
      .map((next) => `does not say when to move to ${next}`),
    ...[
      ...led.filter((each) => findPhase(each) !== undefined),
      ...gone.filter((each) => !places.has(each)),
      ...named.filter((each) => !articles.test(each)),
    ]
      .filter((each) => !isPhase(each))
      .map((each) => `knows no phase \`${each}\``),
  ];
}

const word = "([a-z]+)";

/** What leads from one phase to another, in words. */
const motion =
  "(?:go|goes|move|moves|pass|passes|send|sends|sent|return|returns|continue|proceed|skip|jump|switch)(?: (?:it|this|the work|on|back|straight|over|forward|ahead))*";

/** Where people and files go, rather than a session. */
const places = new Set(["person", "session", "worktree", "task", "implementer"]);

/** What stands before or after the word phase and names none. */
const articles =
  /^(?:the|a|an|each|every|this|that|its|your|one|same|next|last|which|what|no|any|other|of|in|by|has|is|and|agent|agents|yourself|it|table|for|then|to)$/;

function find(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, name = ""]) => name.toLowerCase());
}
