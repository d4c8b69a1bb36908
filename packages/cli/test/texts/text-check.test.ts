import { isPhase } from "@samocode/core";
import { expect, it } from "vitest";
import { parseFrontMatter } from "@samocode/agent-claude";
import { formMutations } from "./form-mutations.ts";
import { nameMutations } from "./name-mutations.ts";
import { signalMutations } from "./signal-mutations.ts";
import { findProblemsOf, findTextProblems } from "./text-check.ts";
import { proseOf, readTextTree } from "./text-tree.ts";

const tree = readTextTree();
const read = (path: string): string => tree.get(path) ?? "";

it.each([...formMutations, ...nameMutations, ...signalMutations])(
  "%s with %s as %s is found out",
  (path, from, to, problem) => {
    const text = read(path);
    const mutated = text.replaceAll(from instanceof RegExp ? new RegExp(from, "gm") : from, to);
    expect(mutated).not.toBe(text);
    const problems = findTextProblems(new Map(tree).set(path, mutated));
    expect(problems.join("\n")).toContain(problem);
  },
);

it("any skill or agent that is renamed is found out, where it is named", () => {
  const missed = [...tree.keys()].filter((path) => {
    const [, kind, name = ""] = /^plugin\/(agents|skills)\/([^/.]+)/.exec(path) ?? [];
    // The agents of phases are named by the runner; the test of what is promised holds them.
    if (kind === undefined || isPhase(name)) return false;
    const renamed = new Map(tree);
    renamed.delete(path);
    const text = read(path).replace(`name: ${name}`, `name: ${name}s`);
    renamed.set(path.replace(name, `${name}s`), text);
    return findTextProblems(renamed).length === 0;
  });
  expect(missed).toEqual([]);
});

it("any name in backticks that loses a letter is found out", () => {
  // Words that stand for something to fill in may be any.
  const free = /NAME$|'$/;
  const missed = proseOf(tree).flatMap((path) => {
    const prose = parseFrontMatter(read(path)).body.replaceAll(/^ {4,}.*$/gm, "");
    const names = [...prose.matchAll(/`[^`\n]{3,}`/g)].map(([whole]) => whole);
    return names
      .filter((whole) => !free.test(whole.slice(1, -1)))
      .map((whole) => [whole, whole.replace(/.`$/, "`")] as const)
      .filter(([whole, broken]) => {
        const mutated = new Map(tree).set(path, read(path).replace(whole, broken));
        return findProblemsOf(mutated, path).length === 0 && findTextProblems(mutated).length === 0;
      })
      .map(([whole]) => `${path}: ${whole}`);
  });
  expect(missed).toEqual([]);
});
