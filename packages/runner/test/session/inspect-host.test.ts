import { expect, it } from "vitest";
import { readConfig } from "../../src/config/config.ts";
import { createTempProject } from "@samocode/testkit";
import { createInspectHost } from "../../src/session/inspect-host.ts";

it("tells the page what to type to go on, fit for a shell", async () => {
  await using project = await createTempProject();
  const config = await readConfig({ cwd: project.root, env: project.env, flags: {} });
  const { report } = createInspectHost(config);
  const goOn = (name: string) => report({ name, folder: project.sessions }).goOn;
  expect(goOn("my spaced")).toBe("samocode-run 'my spaced'");
  expect(goOn("list")).toBe("samocode-run run list");
});
