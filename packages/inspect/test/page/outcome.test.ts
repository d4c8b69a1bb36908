import { h } from "preact";
import { expect, it, vi } from "vitest";
import { CommandLine } from "../../page/command-line.tsx";
import { Outcome } from "../../page/outcome.tsx";
import { openPageDom } from "../support/page-dom.ts";

it("says what a session has made, and gives each command to copy", () => {
  const dom = openPageDom();
  dom.show(
    h(Outcome, {
      lines: [
        "branch login: 2 files changed, +3 −1 against main",
        "worktree /w/Review: x",
        "Review: git diff main...login",
        "Then: git push -u origin login && gh pr create   or: git merge login",
      ],
    }),
  );
  expect(dom.texts("li")).toEqual([
    "branch login: 2 files changed, +3 −1 against main",
    "worktree /w/Review: x",
    "Review: git diff main...logincopy",
    "Then: git push -u origin login && gh pr createcopy or git merge logincopy",
  ]);
  expect(dom.texts(".command code")).toEqual([
    "git diff main...login",
    "git push -u origin login && gh pr create",
    "git merge login",
  ]);
});

it("shows nothing for a session that is not done", () => {
  const dom = openPageDom();
  dom.show(h(Outcome, { lines: [] }));
  expect(dom.html()).toBe("");
});

it("copies a command, and says so only if it was copied", async () => {
  const dom = openPageDom();
  const writeText = vi.fn<(text: string) => Promise<void>>(async () => undefined);
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  dom.show(h(CommandLine, { text: "samocode-run login" }));
  expect(dom.buttons()).toEqual(["copy"]);
  await dom.press("copy");
  expect(writeText).toHaveBeenCalledWith("samocode-run login");
  expect(dom.buttons()).toEqual(["copied"]);
  writeText.mockRejectedValue(new Error("not allowed"));
  await dom.press("copied");
  expect(dom.buttons()).toEqual(["copy"]);
});
