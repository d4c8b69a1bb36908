import { expect, it } from "vitest";
import { createBench } from "../support/runner-cli.ts";

it("the help that was printed beforehand is what the commands say of themselves", async () => {
  await using bench = await createBench({ calls: [] });
  const { stdout: made } = await bench.run("help");
  expect(made).toContain("Usage: samocode-run");
  for (const word of ["--help", "-h"]) {
    expect(await bench.run(word)).toMatchObject({ exitCode: 0, stdout: made, stderr: "" });
  }
  const { stdout: of } = await bench.run("run", "--help");
  expect(of).toContain("Usage: samocode-run run");
});

it("asks once which command was meant by a first word that is none", async () => {
  await using bench = await createBench({ calls: [] });
  const { exitCode, stderr } = await bench.run("aproove", "t");
  expect(exitCode).toBe(2);
  expect(stderr.match(/did you mean/g)).toHaveLength(1);
  // It may be a session, and was looked for as one first.
  const alone = await bench.run("statsu");
  expect(alone.stderr).toContain("cannot start `statsu`");
  expect(alone.stderr).toContain("or did you mean the command `status`?");
});
