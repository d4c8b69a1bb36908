import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createTempFolder } from "@samocode/testkit";
import { execa } from "execa";
import { expect, it } from "vitest";

const examples = fileURLToPath(new URL("../../../examples/", import.meta.url));

const example = async (...args: string[]) =>
  execa(process.execPath, args, { cwd: examples, reject: false });

it("steps the machine in a few lines", async () => {
  const { stdout, exitCode } = await example("library.mjs");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("signal.continue → waiting.approval");
  expect(stdout).toContain("approve → working.implementation");
});

it("runs a session folder with an agent that is not Claude, up to the gate", async () => {
  await using folder = await createTempFolder("samocode-example-");
  cpSync(`${examples}session`, folder.path, { recursive: true });
  const { stdout, exitCode } = await example("other-agent.mjs", folder.path);
  expect(stdout.split("\n")).toContain("session.rested");
  expect(exitCode).toBe(3);
});
