import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createBench, steps } from "../support/runner-cli.ts";

const { investigate, plan } = steps;

it("begins to work at once although a module of somebody's hangs while it is loaded", async () => {
  await using bench = await createBench(
    { calls: [investigate, plan] },
    { env: { SAMOCODE_NOTIFY: "./slow.mjs" } },
  );
  const source =
    "await new Promise((resolve) => setTimeout(resolve, 60_000)); export const tell = 1;";
  writeFileSync(join(bench.project.root, "slow.mjs"), source);
  expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 3 });
});

it("tells through a command, and names a channel that cannot be used", async () => {
  await using bench = await createBench({ calls: [investigate, plan] });
  const { root } = bench.project;
  const script = 'require("fs").appendFileSync("told", process.argv[1] + "\\n")';
  const notify = `cmd:${process.execPath} -e '${script}' {title}, no-such-package, ./missing.mjs`;
  const { exitCode, stderr } = await bench.run("t", "--task", "x", "--notify", notify);
  expect(exitCode).toBe(3);
  expect(readFileSync(join(root, "told"), "utf8")).toBe("t: waits for approval of the plan\n");
  expect(stderr).toContain(
    "no-such-package: cannot be used to notify people: cannot find the package",
  );
  expect(stderr).toContain("./missing.mjs: cannot be used to notify people: Cannot find module");
});
