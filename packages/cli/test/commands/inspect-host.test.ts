import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { readConfig } from "../../src/config/config.ts";
import { createTempProject } from "@samocode/testkit";
import { createInspectHost } from "../../src/commands/inspect-host.ts";
import { addSession, asking } from "../../../session/test/support/waiting-session.ts";

it("tells the page what to type to go on, fit for a shell", async () => {
  await using project = await createTempProject();
  const config = await readConfig({ cwd: project.root, env: project.env, flags: {} });
  const { report } = createInspectHost(config);
  const goOn = (name: string) => report({ name, folder: project.sessions }).goOn;
  expect(goOn("my spaced")).toBe("samocode-run 'my spaced'");
  expect(goOn("list")).toBe("samocode-run run list");
});

it("says since when a human is waited for, also after some of the answers", async () => {
  await using project = await createTempProject();
  const config = await readConfig({ cwd: project.root, env: project.env, flags: {} });
  const { report, answer } = createInspectHost(config);
  const { store } = addSession(project.sessions, "26-01-15-login", asking);
  const place = { name: "login", folder: store.folder };
  await answer(place, [{ id: "Q1", text: "A" }]);
  const first = report(place).since;
  await sleep(5);
  await answer(place, [{ id: "Q1", text: "B" }]);
  expect(report(place)).toMatchObject({ state: "waiting.answers", since: first });
});
