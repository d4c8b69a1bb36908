import { expect, it } from "vitest";
import { createBench, signal, steps } from "../support/runner-cli.ts";
import { browserPath, noBrowser, openBrowser } from "./support/browser.ts";
import { servePage } from "./support/served-page.ts";

const { ask, investigate, plan } = steps;
const patience = { timeout: 60_000 };
const stuck = [
  signal({ status: "blocked", phase: "investigation", reason: "no key", needs: "human_decision" }),
];

for (const { state, agent } of [
  { state: "waiting.answers", agent: ask },
  { state: "blocked", agent: stuck },
]) {
  it(`stops a run that waits in ${state}`, async (context) => {
    if (browserPath === undefined) return context.skip(noBrowser);
    await using bench = await createBench({ calls: [agent] });
    await using served = await servePage(bench);
    await using browser = await openBrowser();
    const { page, problems, picture } = browser;
    await page.goto(served.link);
    const run = bench.start("login", "--task", "x", "--wait");
    await page.getByRole("link", { name: "login" }).click();
    const chart = page.locator("svg.samocode-chart");
    await expect.poll(() => chart.getAttribute("data-current"), patience).toBe(state);
    const stop = page.getByRole("button", { name: "Stop its run" });
    await stop.waitFor();
    expect(await picture(`idle-run-${state}-light`)).toEqual([]);
    await stop.click();
    await run;
    await expect.poll(() => stop.count(), patience).toBe(0);
    expect(await chart.getAttribute("data-current")).toBe(state);
    expect(problems).toEqual([]);
  });
}

it("shows a session that was looked for before it was made", async (context) => {
  if (browserPath === undefined) return context.skip(noBrowser);
  await using bench = await createBench({ calls: [investigate, plan] });
  await using served = await servePage(bench);
  await using browser = await openBrowser();
  const { page, problems } = browser;
  await page.goto(served.link);
  await page.getByText("There are no sessions yet.").waitFor();
  await page.evaluate("location.hash = '#/session/login'");
  await page.getByText("there is no session `login`").waitFor();
  await bench.run("login", "--task", "x");
  await page.getByRole("button", { name: "Approve", exact: true }).waitFor();
  expect(problems).toEqual([]);
});
