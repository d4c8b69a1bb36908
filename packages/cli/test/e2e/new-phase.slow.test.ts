import { cpSync } from "node:fs";
import { join } from "node:path";
import { createTempFolder, createTempProject, createStandIn } from "@samocode/testkit";
import { expect, it } from "vitest";
import { createRunnerCli, signal, steps } from "../support/runner-cli.ts";
import { buildCopy, copyRepository, replaceOnce } from "./support/phase-copy.ts";

const row = `  design: {
    description: "Sketch the parts before they are planned.",
    next: ["planning"],
    signals: ["continue", "waiting", "blocked"],
    maxIterations: 7,
    writes: "session",
  },
`;

it("a phase is added by one row of the table and the text of its agent", async () => {
  await using copy = await createTempFolder("samocode-copy-");
  copyRepository(copy.path);
  const table = join(copy.path, "packages/core/src/workflow/phase.ts");
  replaceOnce(table, "  planning: {\n", `${row}  planning: {\n`);
  // The way there is a word in the row of another phase.
  replaceOnce(
    table,
    'next: ["planning"],\n    signals: ["continue", "waiting", "blocked"],\n    maxIterations: 20',
    'next: ["design"],\n    signals: ["continue", "waiting", "blocked"],\n    maxIterations: 20',
  );
  const agents = join(copy.path, "plugin/agents");
  cpSync(join(agents, "planning.md"), join(agents, "design.md"));
  replaceOnce(join(agents, "design.md"), "name: planning", "name: design");
  await buildCopy(copy.path);

  await using project = await createTempProject();
  await using claude = await createStandIn({
    calls: [
      [signal({ status: "continue", phase: "design" })],
      [signal({ status: "continue", phase: "planning" })],
      steps.plan,
      steps.implement,
      steps.test,
      steps.clean,
      steps.sum,
    ],
  });
  const cli = createRunnerCli(
    project,
    { ...project.env, CLAUDE_PATH: claude.path },
    join(copy.path, "packages/cli/bin/samocode-run.js"),
  );
  expect(await cli.run("t", "--task", "x")).toMatchObject({ exitCode: 3 });
  expect(await cli.run("approve", "t")).toMatchObject({ exitCode: 0 });
  expect(await cli.run("t")).toMatchObject({ exitCode: 0 });

  const [, design] = claude.calls();
  expect(design?.argv.join(" ")).toContain("--agent samocode:design");
  expect(design?.argv.join("\n")).toContain(
    '## Signals in design\n\nN is your iteration\'s number. Anything else is refused.\n\n- Stay in design: `{"status":"continue","phase":"design","iteration":N}`\n- On to planning: ',
  );
  expect(design?.argv.join("\n")).toContain("At most 7 iterations here; then a person is asked.");
  const lines = cli.file("_signal_history.jsonl").trim().split("\n");
  const records = lines.map((line) => JSON.parse(line));
  expect(records.map(({ to }) => to)).toContain("working.design");
  expect(records.at(-1).memory.counts).toMatchObject({ investigation: 1, design: 1, planning: 1 });

  expect((await cli.run("graph")).stdout).toContain("design");
  expect((await cli.run("graph", "t", "--format", "mermaid")).stdout).toContain(
    "design --> planning",
  );
  expect((await cli.run("resume", "t", "--phase", "designs")).stderr).toContain(
    "expected investigation, design, planning",
  );
});
