import { beforeEach, expect, test, vi } from "vitest";

let wasHangupIgnored: (env?: NodeJS.ProcessEnv) => boolean;

beforeEach(async () => {
  vi.resetModules();
  ({ wasHangupIgnored } = await import("../src/hangup.ts"));
});

test("the launcher's word is taken once, and no process that is started later gets it", () => {
  const env = { SAMOCODE_HANGUP: "ignored", PATH: "/bin" };
  expect(wasHangupIgnored(env)).toBe(true);
  expect(env).toEqual({ PATH: "/bin" });
  expect(wasHangupIgnored(env)).toBe(true);
});

test.each([{}, { SAMOCODE_HANGUP: "" }, { SAMOCODE_HANGUP: "no" }])(
  "with %j in the environment a hangup counts",
  (env) => {
    expect(wasHangupIgnored(env)).toBe(false);
    expect(env).not.toHaveProperty("SAMOCODE_HANGUP");
  },
);
