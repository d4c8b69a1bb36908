import { formatNotice } from "@samocode/core";
import { expect, it } from "vitest";
import { formatForParent } from "../../src/mcp/session-text.ts";
import { formatReport, formatResult } from "@samocode/session";
import { createReport } from "../../../session/test/support/report.ts";

const result = {
  branch: "login",
  base: "main",
  files: 3,
  added: 120,
  removed: 4,
  hasRemote: false,
};
const done = { state: "finished", phase: "done", workingDir: "/w/26-01-15-login", result };

it("says branch, size, worktree and the next step of a finished session", () => {
  expect(formatResult(createReport(done))).toEqual([
    "branch login: 3 files changed, +120 −4 against main",
    "worktree /w/26-01-15-login",
    "Review: git diff main...login",
    "Then: git merge login",
  ]);
});

it("names a pull request if there is a remote", () => {
  const lines = formatResult(createReport({ ...done, result: { ...result, hasRemote: true } }));
  expect(lines.at(-1)).toBe(
    "Then: git push -u origin login && gh pr create --head login   or: git merge login",
  );
});

it("counts one file as one", () => {
  const [line] = formatResult(createReport({ ...done, result: { ...result, files: 1 } }));
  expect(line).toBe("branch login: 1 file changed, +120 −4 against main");
});

it("has nothing to review if nothing has changed", () => {
  const lines = formatResult(createReport({ ...done, result: { ...result, files: 0 } }));
  expect(lines).toEqual(["branch login: no change against main", "worktree /w/26-01-15-login"]);
});

it("says what it knows of a session of an earlier version", () => {
  const { result: _, ...rest } = done;
  expect(formatResult(createReport(rest))).toEqual(["worktree /w/26-01-15-login"]);
  expect(formatResult(createReport({ state: "finished" }))).toEqual([]);
});

it("says nothing as long as the session is not finished", () => {
  expect(formatResult(createReport({ ...done, state: "paused" }))).toEqual([]);
});

it("is fit for a shell and a terminal, whatever the branch is called", () => {
  const branch = "it's;x\u001B[2J";
  const text = formatResult(createReport({ ...done, result: { ...result, branch } })).join("\n");
  expect(text).not.toContain("\u001B");
  expect(text).toContain(String.raw`git merge 'it'\''s;x`);
});

it("is the same on every face", () => {
  const report = createReport(done);
  const lines = formatResult(report);
  for (const line of lines) {
    expect(formatReport(report, 0)).toContain(`\n  ${line}`);
    expect(formatForParent(report)).toContain(`\n${line}`);
  }
  const notice = { session: "login", phase: "done", iteration: 9, costUsd: 1 };
  expect(formatNotice({ kind: "done", summary: "JWT login", outcome: lines, ...notice })).toBe(
    `login: done\n\nJWT login\n\n${lines.join("\n")}\n\nphase done, iteration 9, $1.00`,
  );
  expect(formatNotice({ kind: "done", outcome: [], ...notice })).toBe(
    "login: done\n\nphase done, iteration 9, $1.00",
  );
});
