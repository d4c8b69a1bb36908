import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { startFailure } from "../src/start-failure.ts";

const cure = "Install it.";
const failureOf = (code: string) =>
  startFailure(Object.assign(new Error("it says why"), { code }), "claude", tmpdir(), cure);

describe("a program that cannot be started", () => {
  it.each([
    ["ENOENT", "no such program"],
    ["ENOTDIR", "a part of its path is not a folder"],
    ["EACCES", "it is a folder, or not executable"],
    ["ETXTBSY", "it is being written"],
    ["ENOEXEC", "it is not a program for this system, or a script without a `#!` line"],
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
      cure,
    });
  });

  it.each([
    ["EPERM", "permission denied by the system"],
    ["ELOOP", "its path is a loop of links"],
    ["E2BIG", "its command line and environment are too long for the system"],
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
    expect(startFailure(outer, "claude", tmpdir(), cure).canRetry).toBe(true);
    expect(startFailure("no", "claude", tmpdir(), cure)).toMatchObject({
      canRetry: false,
      message: "cannot start the agent `claude`: no",
    });
    expect(failureOf("E2BIG").cure).toContain("128 KiB");
  });

  it("because its folder is gone is not tried again", () => {
    expect(startFailure(new Error("x"), "claude", "/no/such/folder", cure)).toMatchObject({
      canRetry: false,
      message: "cannot start the agent in `/no/such/folder`: no such folder",
    });
  });
});
