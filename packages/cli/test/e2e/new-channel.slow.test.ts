import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Step, createStandIn, createTempFolder, createTempProject } from "@samocode/testkit";
import { expect, it } from "vitest";
import { createPager } from "../../../channels/test/support/pager.ts";
import { createRunnerCli, signal } from "../support/runner-cli.ts";
import { buildCopy, compileCopy, copyRepository } from "./support/phase-copy.ts";

const plugin = fileURLToPath(
  new URL("../../../channels/test/support/pager-plugin.ts", import.meta.url),
);

/** Adds a package with one source file, as `pnpm install` would link it. */
function addPackage(top: string): void {
  const folder = join(top, "packages/notify-pager");
  const like = join(top, "packages/notify-telegram");
  mkdirSync(join(folder, "src"), { recursive: true });
  for (const name of ["tsconfig.json", "node_modules"]) {
    cpSync(join(like, name), join(folder, name), { recursive: true, verbatimSymlinks: true });
  }
  const exports = { "samocode-source": "./src/index.ts", default: "./dist/index.js" };
  const description = { name: "@samocode/notify-pager", type: "module", exports };
  writeFileSync(join(folder, "package.json"), JSON.stringify(description));
  cpSync(plugin, join(folder, "src/index.ts"));
  symlinkSync(folder, join(top, "packages/cli/node_modules/@samocode/notify-pager"));
}

it("a channel is added by a package of its own and one line", async () => {
  await using copy = await createTempFolder("samocode-copy-");
  copyRepository(copy.path);
  addPackage(copy.path);
  const registry = join(copy.path, "packages/cli/src/config/channel-registry.ts");
  const line = 'export { pager } from "@samocode/notify-pager";\n';
  writeFileSync(registry, readFileSync(registry, "utf8") + line);
  await compileCopy(copy.path, ["packages/notify-pager"]);
  await buildCopy(copy.path);

  await using pager = await createPager();
  await using project = await createTempProject();
  const environment = join(project.root, "agent.env");
  // `doctor` asks the CLI once for its plugins.
  const looked: Step[] = [{ do: "say", text: "Hello." }];
  const reason = `the key ${pager.key} is refused`;
  await using claude = await createStandIn({
    calls: [
      looked,
      looked,
      [
        { do: "bash", command: `env > ${environment}` },
        signal({ status: "blocked", reason, needs: "human_decision" }),
      ],
      looked,
      [signal({ status: "blocked", reason: "x", needs: "human_decision" })],
    ],
  });
  const env = { ...project.env, ...pager.env, CLAUDE_PATH: claude.path };
  const binary = join(copy.path, "packages/cli/bin/samocode-run.js");
  const cli = createRunnerCli(project, env, binary);

  const help = await cli.run("run", "--help");
  expect(help.stdout).toContain("--pager-url <value>");
  expect(help.stdout).toMatch(/address of the pager\s+\(PAGER_URL\)/);
  expect((await cli.run("doctor")).stdout).toMatch(/ok +Pager +the pager answers/);
  const off = createRunnerCli(project, { ...env, PAGER_KEY: "" }, binary);
  const found = await off.run("doctor");
  expect(found.stdout).toMatch(/off +Pager +not configured \(PAGER_URL, PAGER_KEY\)/);

  const told = await cli.run("t", "--task", "x");
  expect(told).toMatchObject({ exitCode: 4 });
  expect(pager.told()).toEqual(["t: blocked"]);
  expect(readFileSync(environment, "utf8")).toContain("SAMOCODE_RUN_ID=");
  expect(readFileSync(environment, "utf8")).not.toContain("PAGER_KEY");
  expect(cli.file("_signal_history.jsonl")).toContain("the key *** is refused");

  pager.break();
  const checked = await cli.run("doctor");
  expect(checked.stdout).toMatch(/warning +Pager +.*no page for \*\*\*/);
  const failed = await cli.run("u", "--task", "x");
  expect(failed.stderr).toContain("pager: cannot");
  expect(failed.stderr).toContain("no page for ***");
  const all = [told, checked, failed].map(({ stdout, stderr }) => stdout + stderr);
  expect(all.join("\n")).not.toContain(pager.key);
});
