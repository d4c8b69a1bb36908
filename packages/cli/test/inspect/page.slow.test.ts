import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import { createBench, signal, steps } from "../support/runner-cli.ts";
import { browserPath, noBrowser, openBrowser } from "./support/browser.ts";
import { servePage, stateOf, untilMade, waitFor } from "./support/served-page.ts";

const { ask, investigate, plan, implement, test, clean, sum } = steps;
const patience = { timeout: 60_000 };

it("takes a session from investigation to done on the page, and shows at every step what the overview says", async (context) => {
  if (browserPath === undefined) return context.skip(noBrowser);
  await using gates = await createTempFolder();
  const gate = (number: number) => waitFor(join(gates.path, String(number)));
  const opened = (number: number): void => writeFileSync(join(gates.path, String(number)), "");
  const rework = [signal({ status: "continue", phase: "implementation" })];
  const agents = [ask, investigate, plan, implement, rework, implement, test, clean, sum];
  await using bench = await createBench({
    calls: agents.map((agent, index) => [
      { do: "say", text: `Agent ${index + 1} begins.` },
      gate(index + 1),
      ...agent,
    ]),
  });
  const run = bench.start("login", "--task", "Add JWT login.", "--wait");
  await untilMade(bench.folder);
  await using served = await servePage(bench, "login");
  expect(served.link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?t=[\w-]+$/);
  await using browser = await openBrowser();
  const { page, problems, picture } = browser;
  await page.goto(served.link);
  await expect.poll(() => page.url()).toContain("#/session/login");

  const lit = (): Promise<string | null> =>
    page.locator("svg.samocode-chart").getAttribute("data-current");
  const reach = async (state: string): Promise<void> => {
    await expect.poll(lit, patience).toBe(state);
    expect(stateOf(bench.status())).toBe(state);
    const filled = page.locator("svg .current:not(.group)");
    expect(await filled.getAttribute("data-state")).toBe(state);
    expect(await filled.count()).toBe(1);
  };

  await reach("working.investigation");
  await page.getByRole("log").getByText("Agent 1 begins.").waitFor();
  opened(1);
  await reach("waiting.answers");
  await page.getByText("Where do tokens live?").waitFor();
  expect(await page.getByRole("radio", { name: "httpOnly cookie" }).isChecked()).toBe(true);
  await page.getByRole("radio", { name: "localStorage" }).click();
  expect(await picture("questions-light")).toEqual([]);
  await page.getByRole("button", { name: "Send the answer" }).click();
  await reach("working.investigation");
  expect(bench.file("_qa.md")).toContain("**Answer:** B");

  opened(2);
  await reach("working.planning");
  opened(3);
  await reach("waiting.approval");
  await page.getByRole("article").getByText("do it").first().waitFor();
  expect(await picture("gate-light")).toEqual([]);
  await page.getByRole("textbox", { name: "Note for the next agent" }).fill("mind the clock");
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await reach("working.implementation");
  expect(bench.records().findLast(({ event }) => event === "approve")).toMatchObject({
    by: expect.stringMatching(/^page:/),
    note: "mind the clock",
  });

  opened(4);
  await reach("working.testing");
  opened(5);
  await reach("working.implementation");
  await page.getByRole("log").getByText("Agent 6 begins.").waitFor();
  expect(await picture("working-light")).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await picture("working-dark")).toEqual([]);
  opened(6);
  await reach("working.testing");
  opened(7);
  await reach("working.quality");
  opened(8);
  await reach("working.done");
  opened(9);
  await expect.poll(lit, patience).toBe("finished");
  expect(bench.status()).toMatchObject({ phase: "done", blocked: "no" });
  expect(await run).toMatchObject({ exitCode: 0 });

  await page.getByText("JWT login, 14 tests").first().waitFor();
  await expect.poll(() => page.locator(".timeline > li").count()).toBe(9);
  await page.getByRole("button", { name: "money" }).click();
  expect(await picture("finished-dark")).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 400, height: 860 });
  expect(await picture("finished-narrow")).toEqual([]);
  const width = await page.evaluate("document.documentElement.scrollWidth");
  expect(width).toBeLessThanOrEqual(400);
  expect(problems).toEqual([]);
  const { exitCode, stdout } = await served.end();
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: served.link });
});

it("replays the session on the chart, by slider and by keyboard", async (context) => {
  if (browserPath === undefined) return context.skip(noBrowser);
  await using bench = await createBench({
    calls: [investigate, plan, implement, test, clean, sum],
  });
  await bench.run("login", "--task", "x", "--auto-approve");
  await using served = await servePage(bench, "login");
  await using browser = await openBrowser();
  const { page, problems } = browser;
  await page.goto(served.link);
  const chart = page.locator("svg.samocode-chart");
  const lit = (): Promise<string | null> => chart.getAttribute("data-current");
  await expect.poll(lit, patience).toBe("finished");

  const slider = page.getByRole("slider", { name: "Time of the session" });
  const states = bench.records().map(({ to }) => to);
  await slider.focus();
  for (const state of states.slice(1, -1).toReversed()) {
    await page.keyboard.press("ArrowLeft");
    await expect.poll(lit).toBe(state);
  }
  await page.getByRole("button", { name: "live" }).click();
  await expect.poll(lit).toBe("finished");
  await page.getByRole("button", { name: "Replay the session" }).click();
  await expect.poll(lit, patience).not.toBe("finished");
  await expect.poll(lit, patience).toBe("finished");

  await chart.locator('[tabindex="0"]').focus();
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => page.evaluate("document.activeElement.dataset.state")).toBe("blocked");
  await page.getByRole("tooltip").getByText("A person must clear what blocks it.").waitFor();
  await chart.locator('[data-state="working.testing"]').hover();
  await page.getByRole("tooltip").getByText("iteration 1 of 20").waitFor();
  // The wide and unseen line over the arrow takes the pointer.
  const head = chart.locator('[data-edge="working.testing>working.implementation"] .head');
  await head.hover({ force: true });
  await page.getByRole("tooltip").getByText("rework 0 of 3").waitFor();
  expect(problems).toEqual([]);
});

it("says who was first where two people decide at once, and takes no decision with --read-only", async (context) => {
  if (browserPath === undefined) return context.skip(noBrowser);
  await using bench = await createBench({ calls: [investigate, plan] });
  await bench.run("login", "--task", "x");
  await using served = await servePage(bench, "login");
  await using browser = await openBrowser();
  const { page, problems } = browser;
  await page.goto(served.link);
  const approve = page.getByRole("button", { name: "Approve", exact: true });
  await approve.waitFor();
  await page.route("**/api/decision", async (route) => {
    await bench.run("approve", "login");
    await route.continue();
  });
  await approve.click();
  await page
    .getByRole("alert")
    .getByText(/Decided before you: .* approved the plan/)
    .waitFor();
  expect(bench.records().filter(({ event }) => event === "approve")).toHaveLength(1);
  await page.getByText("samocode-run login").waitFor();
  expect(problems.filter((problem) => !problem.includes("409"))).toEqual([]);

  await using shows = await servePage(bench, "login", "--read-only");
  await page.goto(shows.link);
  await page.getByText("read-only").waitFor();
  expect(await page.getByRole("button", { name: /approve|resume|stop/i }).count()).toBe(0);
});

it("lets one try the machine by hand, and says why and why not", async (context) => {
  if (browserPath === undefined) return context.skip(noBrowser);
  await using bench = await createBench({ calls: [] });
  await using served = await servePage(bench);
  await using browser = await openBrowser();
  const { page, problems, picture } = browser;
  await page.goto(served.link);
  await page.getByText("There are no sessions yet.").waitFor();
  expect(await picture("no-session-light")).toEqual([]);
  await page.getByRole("link", { name: "the machine" }).click();
  const chart = page.locator("svg.samocode-chart");
  const lit = (): Promise<string | null> => chart.getAttribute("data-current");
  await expect.poll(lit, patience).toBe("working.investigation");
  await page.getByText("refused: cannot go from investigation to done").waitFor();
  await chart.locator('[data-state="working.planning"]').click();
  await expect.poll(lit).toBe("working.planning");
  await page.getByRole("button", { name: "signal.continue implementation" }).click();
  await expect.poll(lit).toBe("waiting.approval");
  expect(await picture("machine-light")).toEqual([]);
  await page.goBack();
  await expect.poll(lit).toBe("working.planning");
  await page.getByRole("button", { name: "start over" }).click();
  await expect.poll(lit).toBe("working.investigation");
  expect(problems).toEqual([]);
});
