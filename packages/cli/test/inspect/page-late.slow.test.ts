import { expect, it } from "vitest";
import { createBench, signal, steps, type Bench } from "../support/runner-cli.ts";
import { browserPath, noBrowser, openBrowser } from "./support/browser.ts";
import { servePage } from "./support/served-page.ts";

const { investigate, plan } = steps;
const patience = { timeout: 60_000 };

const twoQuestions = [
  {
    do: "write",
    path: "{session}/_qa.md",
    content:
      "### Q1: Where do tokens live?\nA) httpOnly cookie\nB) localStorage\n**Suggestion:** A\n**Answer:** _waiting_\n\n### Q2: What is the limit?\n**Answer:** _waiting_\n",
  },
  signal({ status: "waiting", phase: "investigation", for: "qa_answers" }),
] as const;

/** Runs a session until the time is over that a person had, which blocks it. */
async function blockLate(bench: Bench, rule: string): Promise<void> {
  await bench.run("login", "--task", "x", rule, "block after 1s");
  const runAgain = async () => (await bench.run("login", rule, "block after 1s")).exitCode;
  await expect.poll(runAgain, patience).toBe(4);
  expect(bench.status()).toMatchObject({ blocked: "yes" });
}

it("takes answers after the time for them is over, all of them at once", async (context) => {
  if (browserPath === undefined) return context.skip(noBrowser);
  await using bench = await createBench({ calls: [twoQuestions] });
  await blockLate(bench, "--on-question-timeout");
  await using served = await servePage(bench, "login");
  await using browser = await openBrowser();
  const { page, problems, picture } = browser;
  await page.goto(served.link);
  await page.getByRole("button", { name: "Resume" }).waitFor();
  const send = page.getByRole("button", { name: "Send 2 answers" });
  expect(await send.isDisabled()).toBe(true);
  await page.getByRole("textbox", { name: "Answer to Q2" }).fill("100 a minute");
  expect(await send.isDisabled()).toBe(false);
  expect(await picture("late-answers-light")).toEqual([]);
  await send.click();
  const chart = page.locator("svg.samocode-chart");
  await expect.poll(() => chart.getAttribute("data-current"), patience).toBe("paused");
  expect(bench.file("_qa.md")).toContain("100 a minute");
  expect(bench.records().at(-1)).toMatchObject({
    event: "answer",
    by: expect.stringMatching(/^page:/),
  });
  expect(problems).toEqual([]);
});

it("takes the approval of a plan after the time for it is over", async (context) => {
  if (browserPath === undefined) return context.skip(noBrowser);
  await using bench = await createBench({ calls: [investigate, plan] });
  await blockLate(bench, "--on-approval-timeout");
  await using served = await servePage(bench, "login");
  await using browser = await openBrowser();
  const { page, problems, picture } = browser;
  await page.goto(served.link);
  await page.getByRole("button", { name: "Resume" }).waitFor();
  await page.getByRole("article").getByText("do it").first().waitFor();
  expect(await picture("late-gate-light")).toEqual([]);
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  const chart = page.locator("svg.samocode-chart");
  await expect.poll(() => chart.getAttribute("data-current"), patience).toBe("paused");
  expect(bench.records().at(-1)).toMatchObject({
    event: "approve",
    planHash: expect.any(String),
    by: expect.stringMatching(/^page:/),
  });
  expect(problems).toEqual([]);
});
