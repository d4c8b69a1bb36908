import { printableText } from "@samocode/core/overview";
import { shellQuote } from "@samocode/process";
import type { SessionReport } from "./session-report.ts";

/**
 * What a finished session has made and what to do with it, one line each: for the terminal, the page and notices.
 * Nothing as long as it is not finished.
 */
export function formatResult({ state, result, workingDir }: SessionReport): readonly string[] {
  if (state !== "finished") return [];
  const where = workingDir === undefined ? [] : [`worktree ${printableText(workingDir, 400)}`];
  if (result === undefined) return where;
  const { branch, base, files, added, removed, hasRemote } = result;
  const ref = shellQuote(printableText(branch, 200));
  const range = shellQuote(printableText(`${base}...${branch}`, 400));
  const size =
    files === 0
      ? `no change against ${printableText(base, 200)}`
      : `${files} ${files === 1 ? "file" : "files"} changed, +${added} −${removed} against ${printableText(base, 200)}`;
  return [
    `branch ${printableText(branch, 200)}: ${size}`,
    ...where,
    ...(files === 0 ? [] : nextSteps(ref, range, hasRemote)),
  ];
}

function nextSteps(ref: string, range: string, hasRemote: boolean): readonly string[] {
  return [
    `Review: git diff ${range}`,
    hasRemote
      ? `Then: git push -u origin ${ref} && gh pr create --head ${ref}   or: git merge ${ref}`
      : `Then: git merge ${ref}`,
  ];
}
