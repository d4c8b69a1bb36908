import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createBench, steps } from "../support/runner-cli.ts";
import { browserPath, noBrowser, openBrowser } from "./support/browser.ts";
import { layLine, lineAddress } from "./support/cuttable-line.ts";
import { servePage, untilMade } from "./support/served-page.ts";

const { investigate, plan, implement } = steps;
const patience = { timeout: 60_000 };

it("comes back by itself after a break, and knows what has happened meanwhile", async (context) => {
  if (browserPath === undefined) return context.skip(noBrowser);
  await using bench = await createBench({ calls: [investigate, plan, plan, implement] });
  await bench.run("login", "--task", "x");
  await using served = await servePage(bench, "login");
  const link = new URL(served.link);
  await using line = await layLine(Number(link.port));
  await using browser = await openBrowser(1440, 1000, lineAddress);
  const { page } = browser;
  link.hostname = "localhost";
  await page.goto(link.href);
  await page.getByRole("button", { name: "Approve", exact: true }).waitFor();
  const slider = page.getByRole("slider", { name: "Time of the session" });
  const count = async (): Promise<number> => Number(await slider.getAttribute("max"));
  expect(await count()).toBe(bench.records().length);

  await page.evaluate("window.isStill = true");
  await line.cut();
  await page.getByText("not connected, retrying").waitFor();
  await bench.run("reject", "login", "--feedback", "use cookies");
  await bench.run("login");
  await line.mend();
  await page.getByText("live", { exact: true }).first().waitFor();
  await expect.poll(count, patience).toBe(bench.records().length);
  expect(await page.evaluate("window.isStill")).toBe(true);
});

it("says what to do where the server was started again, and is there again with the new link", async (context) => {
  if (browserPath === undefined) return context.skip(noBrowser);
  await using bench = await createBench({ calls: [investigate, plan] });
  await bench.run("login", "--task", "x");
  const first = await servePage(bench, "login");
  await using browser = await openBrowser();
  const { page } = browser;
  await page.goto(first.link);
  await page.getByRole("button", { name: "Approve", exact: true }).waitFor();
  await first.end();
  await page.getByText("not connected, retrying").waitFor();

  const { port } = new URL(first.link);
  await using second = await servePage(bench, "login", "--port", port);
  await page.getByRole("alert").getByText("This page opens only with its link.").waitFor();
  await page.goto(first.link);
  await page.getByText("This link is not valid.").waitFor();
  await page.goto(second.link);
  await page.getByRole("button", { name: "Approve", exact: true }).waitFor();

  await using other = await openBrowser();
  await other.page.goto(second.link);
  await other.page.getByText("This link was already used").waitFor();
  await expect.poll(second.stderr, patience).toMatch(/a new one: http:\/\/127\.0\.0\.1:\d+\/\?t=/);
  const link = /http:\S+/.exec(second.stderr())?.[0] ?? "";
  await other.page.goto(link);
  await other.page.getByRole("button", { name: "Approve", exact: true }).waitFor();
});

it("stops a run at once, and lets a blocked session go on", async (context) => {
  if (browserPath === undefined) return context.skip(noBrowser);
  await using bench = await createBench({
    calls: [[{ do: "say", text: "I wait." }, { do: "hang" }], investigate, plan],
  });
  const run = bench.start("login", "--task", "x");
  await untilMade(bench.folder);
  await using served = await servePage(bench, "login");
  await using browser = await openBrowser();
  const { page, problems } = browser;
  await page.goto(served.link);
  await page.getByRole("log").getByText("I wait.").waitFor();
  const stopLater = page.getByRole("button", { name: "Stop after this iteration" });
  await stopLater.click();
  await page.getByRole("status").getByText("works: investigation, then stops").waitFor();
  expect(await stopLater.isDisabled()).toBe(true);
  await page.getByRole("button", { name: "Stop at once" }).click();
  await page.getByText("The run was interrupted").waitFor();
  expect(await run).toMatchObject({ exitCode: 130 });
  const chart = page.locator("svg.samocode-chart");
  await expect.poll(() => chart.getAttribute("data-current"), patience).toBe("paused");
  await page.getByText("samocode-run login").waitFor();

  await bench.run("login");
  await page.getByRole("button", { name: "Reject…" }).click();
  const reject = page.getByRole("button", { name: "Reject with this feedback" });
  expect(await reject.isDisabled()).toBe(true);
  await page.getByRole("textbox", { name: "What should change?" }).fill("use cookies");
  await reject.click();
  await expect.poll(() => chart.getAttribute("data-current"), patience).toBe("paused");
  expect(bench.records().findLast(({ event }) => event === "reject")).toMatchObject({
    feedback: "use cookies",
    by: expect.stringMatching(/^page:/),
  });
  expect(problems).toEqual([]);
});

it("shows and resumes a session of the Python original, and one that is blocked", async (context) => {
  if (browserPath === undefined) return context.skip(noBrowser);
  await using bench = await createBench({ calls: [] });
  const folder = join(bench.project.sessions, "26-01-10-old");
  mkdirSync(folder);
  writeFileSync(
    join(folder, "_overview.md"),
    "# Session: old\nStarted: 01-10 10:00\nWorking Dir: /tmp\n\n## Status\nPhase: requirements\nIteration: 3\nBlocked: blocked\nReason: the key is missing\n",
  );
  const lines = [
    { timestamp: "2026-01-10 10:05:00", iteration: 1, phase: "init", status: "continue" },
    { timestamp: "2026-01-10 10:25:00", iteration: 2, phase: "requirements", status: "continue" },
    {
      timestamp: "2026-01-10 11:05:00",
      iteration: 3,
      phase: "requirements",
      status: "blocked",
      reason: "the key is missing",
      needs: "human_decision",
    },
  ];
  writeFileSync(
    join(folder, "_signal_history.jsonl"),
    lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
  );
  await using served = await servePage(bench, "old");
  await using browser = await openBrowser(400, 860);
  const { page, problems, picture } = browser;
  await page.goto(served.link);
  await page.getByText("the key is missing").first().waitFor();
  const chart = page.locator("svg.samocode-chart");
  expect(await chart.getAttribute("data-current")).toBe("blocked");
  await expect.poll(() => page.locator(".timeline > li").count()).toBe(3);
  for (const state of ["working.investigation", "working.planning"]) {
    await expect
      .poll(() => chart.locator(`[data-state="${state}"]`).getAttribute("class"))
      .toContain("visited");
  }
  expect(await picture("blocked-narrow")).toEqual([]);
  await page.getByRole("textbox", { name: "Note for the next agent" }).fill("it is in the vault");
  await page.getByRole("combobox", { name: "Phase" }).selectOption("planning");
  await page.getByRole("button", { name: "Resume" }).click();
  await expect.poll(() => chart.getAttribute("data-current"), patience).toBe("paused");
  expect(existsSync(join(folder, "_overview.md"))).toBe(true);
  expect(problems).toEqual([]);
});
