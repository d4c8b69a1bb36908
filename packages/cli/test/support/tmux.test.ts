import { expect, it } from "vitest";
import { whyNoTerminal } from "./tmux.ts";

it.each([undefined, ""])("lets tests in a terminal be skipped without tmux, CI=%j", (ci) => {
  const env = { PATH: "/nowhere", ...(ci !== undefined && { CI: ci }) };
  expect(whyNoTerminal(env)).toBe("tmux is not installed (apt-get install tmux)");
});

it.each(["1", "true"])("lets none be skipped in CI (CI=%s)", (ci) => {
  expect(() => whyNoTerminal({ PATH: "/nowhere", CI: ci })).toThrow(
    "cannot test in a terminal: tmux is not installed",
  );
});
