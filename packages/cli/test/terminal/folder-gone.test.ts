import { expect, test } from "vitest";
import { reportError } from "../../src/terminal/report-error.ts";

test("a current folder that was removed is no bug", () => {
  const said: string[] = [];
  const error = Object.assign(new Error("ENOENT: no such file or directory, uv_cwd"), {
    code: "ENOENT",
    syscall: "uv_cwd",
  });
  expect(reportError(error, (text) => said.push(text))).toBe(2);
  expect(said).toEqual([
    "samocode-run: cannot work in the current folder: it was removed. Change to an existing one (cd), then try again\n",
  ]);
});
