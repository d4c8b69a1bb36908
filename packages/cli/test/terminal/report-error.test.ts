import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { reportError } from "../../src/terminal/report-error.ts";
import { CommandError, UsageError } from "@samocode/session";

const packages = fileURLToPath(new URL("../../../", import.meta.url));

/** The sources of all packages that are published, by path. */
const names = readdirSync(packages).filter((name) => name !== "testkit");
const sources = names.flatMap((name) => {
  const folder = join(packages, name, "src");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({ path: join(name, file), text: readFileSync(join(folder, file), "utf8") }));
});

/** The classes of errors, with the text of each. */
const classes = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/^(?:export )?class (\w+) extends (?:\w*Error)\b[^]*?^\}/gm)]
    // One with a call of the system is reported as an answer of the system.
    .filter(([source]) => !source.includes("readonly syscall:"))
    .map((match) => ({
      path,
      name: match[1] ?? "",
      codes: [...match[0].matchAll(/"(SAMOCODE_[A-Z_]+)"/g)].map(([, code = ""]) => code),
    })),
);

function report(error: unknown): { readonly exitCode: number; readonly text: string } {
  let text = "";
  const exitCode = reportError(error, (words) => {
    text += words;
  });
  return { exitCode, text };
}

describe("every class of errors", () => {
  it("is found in the sources", () => {
    const names = classes.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["ConfigError", "InspectError", "OverviewError", "TelegramError"]),
    );
    expect(names.length).toBeGreaterThanOrEqual(13);
  });

  it.each(classes)("has a code: $name of $path", ({ codes }) => {
    expect(codes.length).toBeGreaterThan(0);
  });

  it.each(classes.flatMap(({ codes }) => codes))("%s is reported in its own words", (code) => {
    const { exitCode, text } = report(
      Object.assign(new Error("cannot do it: expected x"), { code }),
    );
    expect(text).toBe("samocode-run: cannot do it: expected x\n");
    expect([1, 2, 4, 5]).toContain(exitCode);
  });
});

it.each([
  ["SAMOCODE_CONFIG_MISSING", 2],
  ["SAMOCODE_CONFIG_INVALID", 2],
  ["SAMOCODE_SESSION_NAME_INVALID", 2],
  ["SAMOCODE_SESSION_NOT_FOUND", 2],
  ["SAMOCODE_USAGE", 2],
  ["SAMOCODE_WORKTREE_FAILED", 2],
  ["SAMOCODE_QUESTION_INVALID", 2],
  ["SAMOCODE_INSPECT_FAILED", 2],
  ["SAMOCODE_FRONT_MATTER_INVALID", 2],
  ["SAMOCODE_OVERVIEW_INVALID", 4],
  ["SAMOCODE_LOCK_HELD", 5],
  ["SAMOCODE_LOCK_LOST", 5],
  ["SAMOCODE_COMMAND_FAILED", 1],
  ["SAMOCODE_STORE_FAILED", 1],
  ["SAMOCODE_LOCK_FAILED", 1],
  ["SAMOCODE_SIGNAL_INVALID", 1],
  ["SAMOCODE_TELEGRAM_FAILED", 1],
])("%s ends with exit code %i", (code, exitCode) => {
  expect(report(Object.assign(new Error("x"), { code })).exitCode).toBe(exitCode);
});

it("the errors of commands say what they say, without a stack", () => {
  expect(report(new UsageError("a\nb"))).toEqual({ exitCode: 2, text: "samocode-run: a\nb\n" });
  expect(report(new CommandError("c"))).toEqual({ exitCode: 1, text: "samocode-run: c\n" });
});

const system = (facts: object) => Object.assign(new Error("raw"), facts);

describe("what the system answers", () => {
  it.each([
    [
      { code: "ENOSPC", syscall: "write" },
      "cannot write: the disk is full; make room and run again, nothing is lost",
    ],
    [
      { code: "ENOSPC", syscall: "open", path: "/s/_qa.md" },
      "cannot open `/s/_qa.md`: the disk is full; make room and run again, nothing is lost",
    ],
    [
      { code: "EDQUOT", syscall: "mkdir", path: "/s" },
      "cannot mkdir `/s`: the disk is full; make room and run again, nothing is lost",
    ],
    [
      { code: "EMFILE", syscall: "open", path: "/s" },
      "cannot open `/s`: too many files are open; close some programs or raise the limit (ulimit -n), and run again, nothing is lost",
    ],
    [
      { code: "EFTYPE", syscall: "open", path: "/s" },
      "cannot open `/s`: it is no regular file but a pipe, device, socket or link; inspect it (ls -l), then remove it",
    ],
    [{ code: "E2BIG", syscall: "spawn" }, "cannot spawn: the system says E2BIG"],
  ])("is no bug: %o", (facts, words) => {
    expect(report(system(facts))).toEqual({ exitCode: 1, text: `samocode-run: ${words}\n` });
  });

  it("shows no path that would draw on the terminal", () => {
    const { text } = report(system({ code: "EACCES", syscall: "open", path: "/s/\u001B[2J" }));
    expect(text).not.toContain("\u001B");
  });
});

describe("a bug", () => {
  it.each([
    ["an error without a code", new TypeError("x is not a function")],
    ["a code of no error of ours", Object.assign(new Error("x"), { code: "SAMOCODE_OTHER" })],
    ["a code of Node", Object.assign(new Error("x"), { code: "ERR_INVALID_ARG", syscall: "open" })],
    ["a call without a code", Object.assign(new Error("x"), { syscall: "open" })],
  ])("is called one, with its stack: %s", (_, error) => {
    const { exitCode, text } = report(error);
    expect(exitCode).toBe(1);
    expect(text).toBe(`samocode-run: this is a bug, please report it:\n${error.stack}\n`);
  });

  it("is also what is thrown and is no error", () => {
    expect(report("boom")).toEqual({
      exitCode: 1,
      text: "samocode-run: this is a bug, please report it:\nboom\n",
    });
  });
});
