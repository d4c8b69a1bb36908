import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { startFailure } from "../src/start-failure.ts";

const failureOf = (code: string) =>
  startFailure(Object.assign(new Error("it says why"), { code }), "claude", tmpdir());

describe("a program that cannot be started", () => {
  it.each([
    ["ENOENT", "there is no such program"],
    ["ENOTDIR", "a part of its path is no folder"],
    ["EACCES", "it is a folder, or a file that may not be executed"],
    ["ETXTBSY", "it is being written"],
    ["ENOEXEC", "it is no program for this system, or a script without a first line `#!…`"],
    ["EIO", "EIO"],
    ["ESTALE", "ESTALE"],
    ["EAGAIN", "EAGAIN"],
    ["ENOMEM", "ENOMEM"],
    ["EMFILE", "EMFILE"],
    ["ENFILE", "ENFILE"],
  ])("for now is tried again: %s", (code, why) => {
    expect(failureOf(code)).toEqual({
      kind: "start",
      canRetry: true,
      message: `cannot start the agent \`claude\`: ${why}`,
      cure: expect.stringContaining("Set CLAUDE_PATH (or --claude-path)"),
    });
  });

  it.each([
    ["EPERM", "the system does not allow it"],
    ["ELOOP", "its path is a circle of links"],
    ["E2BIG", "its command line and environment are longer than the system takes"],
    ["ERR_INVALID_ARG_VALUE", "ERR_INVALID_ARG_VALUE"],
  ])("at all is not: %s", (code, why) => {
    expect(failureOf(code)).toMatchObject({
      canRetry: false,
      message: `cannot start the agent \`claude\`: ${why}`,
    });
  });

  it("has the code of the error's cause, or the error's own words", () => {
    const outer = new Error("outer", {
      cause: Object.assign(new Error("inner"), { code: "ETXTBSY" }),
    });
    expect(startFailure(outer, "claude", tmpdir()).canRetry).toBe(true);
    expect(startFailure("no", "claude", tmpdir())).toMatchObject({
      canRetry: false,
      message: "cannot start the agent `claude`: no",
    });
    expect(failureOf("E2BIG").cure).toContain("128 KiB");
  });

  it("because its folder is gone is not tried again", () => {
    expect(startFailure(new Error("x"), "claude", "/no/such/folder")).toMatchObject({
      canRetry: false,
      message: "cannot start the agent in `/no/such/folder`: there is no such folder",
    });
  });
});
