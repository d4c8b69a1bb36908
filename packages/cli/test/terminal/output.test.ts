import { afterEach, expect, it, vi } from "vitest";
import { hasColor } from "../../src/terminal/output.ts";

afterEach(() => vi.unstubAllEnvs());

it.each([
  { isTTY: true, colored: true },
  { isTTY: false, colored: false },
  { colored: false },
  { isTTY: true, NO_COLOR: "1", colored: false },
  { isTTY: true, NO_COLOR: "0", colored: false },
  // no-color.org: it counts where it is not empty.
  { isTTY: true, NO_COLOR: "", colored: true },
  { isTTY: true, TERM: "dumb", colored: false },
])("colours only what a person reads who wants them: %j", ({ isTTY, colored, ...env }) => {
  vi.stubEnv("NO_COLOR", env.NO_COLOR);
  vi.stubEnv("TERM", env.TERM ?? "xterm-256color");
  expect(hasColor({ isTTY })).toBe(colored);
});
