import { blockNeeds, phases, waitReasons, type Phase } from "@samocode/core";
import { legalSignals } from "@samocode/agent-claude";
import { phasesOf, spokenText } from "./phases-of.ts";
import type { TextTree } from "./text-tree.ts";

const waits: ReadonlySet<string> = new Set(waitReasons);
const snakeNames = new Set<string>([
  ...waitReasons,
  ...blockNeeds,
  "_waiting_",
  "run_in_background",
]);

/** Waits and needs that there are not, and signals that a phase in which the text is read does not have. */
export function findSignalProblems(tree: TextTree, path: string): readonly string[] {
  const text = spokenText(tree, path);
  const readers = phasesOf(tree, path);
  const words = [...text.matchAll(/(?<![\w.])_?[a-z]+_[a-z_]*(?!\w|\.\w)/g)].map(([word]) => word);
  const legal = new Set(
    (readers.length === 0 ? [] : phases)
      .flatMap(statusesOf)
      .filter((status) => readers.every((phase) => statusesOf(phase).includes(status))),
  );
  return [
    ...words
      .filter((word) => !snakeNames.has(word))
      .map((word) => `knows no wait or need \`${word}\``),
    ...words
      .filter((word) => readers.length > 0 && waits.has(word) && !legal.has(`waiting, ${word}`))
      .map((word) => `may not wait for ${word}`),
    ...[...text.matchAll(/(?<!\bblocked, )\b(?:human_decision|error_resolution)\b/g)].map(
      ([need]) => `needs ${need} and is not blocked`,
    ),
    ...spokenSignals(text)
      .filter((signal) => !legal.has(signal))
      .map((signal) => `signals ${signal}`),
  ];
}

/** The signals of a phase as a text speaks of them: with what they name. */
function statusesOf(phase: Phase): readonly string[] {
  return legalSignals(phase).flatMap((signal): readonly string[] => {
    switch (signal.status) {
      case "continue":
        return ["continue", `continue, ${signal.phase}`];
      case "waiting":
        return [`waiting, ${signal.for}`];
      case "blocked":
        return blockNeeds.map((need) => `blocked, ${need}`);
      case "done":
        return ["done"];
    }
  });
}

/** Each signal that a text tells to send, by the verb or by the word status. */
function spokenSignals(text: string): readonly string[] {
  const verb = /(?<!\b(?:a|an|the|no|one|any|your|this|its|each|of|legal) )\b[Ss]ignals?:? ["']?/;
  const noun =
    /\b(?:[Ss]ignals?|status)(?: of)?:? ["']?(?=(?:continue|waiting|blocked|done|approved)\b)/;
  const status = /\bstatus:? ["']?(?!(?:is|of|and|or|in|lines?|says|for)\b)/;
  const said = new RegExp(
    `(?:${verb.source}|${noun.source}|${status.source})([a-z_]+)["']?(?:, ["']?([a-z_]+))?`,
    "g",
  );
  return [...text.matchAll(said)].map(([, word = "", more]) =>
    more === undefined || /^(?:then|and|or|with|if|when|in|but|else|so|as|what)$/.test(more)
      ? word
      : `${word}, ${more}`,
  );
}
