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
