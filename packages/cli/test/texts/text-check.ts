import { findExampleProblems } from "./example-check.ts";
import { findHeadProblems } from "./head-check.ts";
import { findMoveProblems } from "./move-check.ts";
import { findNameProblems } from "./name-check.ts";
import { findPromiseProblems } from "./promise-check.ts";
import { findSignalProblems } from "./signal-check.ts";
import { runnersFields } from "./status-fields.ts";
import { findStyleProblems } from "./style-check.ts";
import { namesOf, proseOf, type TextTree } from "./text-tree.ts";
import { findUseProblems } from "./use-check.ts";

/**
 * Holds every text that agents and parents read against what there is: files, commands, flags, skills, agents,
 * phases, signals, and the forms of what they are to write. One line a problem; none if all is true.
 */
export function findTextProblems(tree: TextTree): readonly string[] {
  return [
    ...proseOf(tree).flatMap((path) => findProblemsOf(tree, path)),
    ...findUseProblems(tree),
    ...findPromiseProblems(tree),
    ...findUnused(tree),
    ...findOwnershipProblems(tree),
  ];
}

/** The problems of one text, as far as they show in it alone. */
export function findProblemsOf(tree: TextTree, path: string): readonly string[] {
  return [
    ...findHeadProblems(tree, path),
    ...findNameProblems(tree, path),
    ...findStyleProblems(tree.get(path) ?? ""),
    ...findMoveProblems(tree, path),
    ...findSignalProblems(tree, path),
    ...findExampleProblems(tree.get(path) ?? ""),
  ].map((problem) => `${path}: ${problem}`);
}

/** A skill that nobody is told of is lost. */
function findUnused(tree: TextTree): readonly string[] {
  const told = proseOf(tree).filter((path) => !path.startsWith("plugin/skills/"));
  const text = told.map((path) => tree.get(path) ?? "").join("\n");
  return namesOf(tree, "skills")
    .filter((name) => !new RegExp(`skill \`(?:samocode:)?${name}\``).test(text))
    .map((name) => `plugin/skills/${name}: no agent and no command uses it`);
}

function findOwnershipProblems(tree: TextTree): readonly string[] {
  const workflow = tree.get("workflow.md") ?? "";
  const [, ours = ""] = /The runner alone writes (.*?);/.exec(workflow) ?? [];
  const told = [...ours.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  return told.join() === runnersFields.join()
    ? []
    : [`workflow.md: gives the runner ${told.join(", ")}, not ${runnersFields.join(", ")}`];
}
