import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createBench, steps } from "../support/runner-cli.ts";
import { browserPath, noBrowser, openBrowser } from "./support/browser.ts";
import { servePage } from "./support/served-page.ts";

const { investigate, plan } = steps;

it("leaves the focus where a person has put it, when the session is updated under a rejection", async (context) => {
  if (browserPath === undefined) return context.skip(noBrowser);
  await using bench = await createBench({ calls: [investigate, plan] });
  await bench.run("login", "--task", "x");
  await using served = await servePage(bench, "login");
  await using browser = await openBrowser();
  const { page, problems } = browser;
  await page.goto(served.link);
  await page.getByRole("button", { name: "Reject…" }).click();
  const focused = (): Promise<unknown> => page.evaluate("document.activeElement.textContent");
  await expect.poll(() => page.evaluate("document.activeElement.tagName")).toBe("TEXTAREA");

  await page.getByRole("button", { name: "Back", exact: true }).focus();
  appendFileSync(join(bench.folder(), "01-15-14:50-plan-jwt.md"), "- [ ] and this\n");
  await page.getByText("The plan has changed since it was opened here.").waitFor();
  expect(await focused()).toBe("Back");
  expect(problems).toEqual([]);
});

it("puts the focus on what was said, or on what is there, where a form vanishes", async (context) => {
  if (browserPath === undefined) return context.skip(noBrowser);
  await using bench = await createBench({ calls: [investigate, plan] });
  await bench.run("login", "--task", "x");
  await using served = await servePage(bench, "login");
  await using browser = await openBrowser();
  const { page, problems } = browser;
  await page.goto(served.link);
  const focused = (): Promise<unknown> => page.evaluate("document.activeElement.textContent");
  await page.getByRole("button", { name: "Reject…" }).click();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect.poll(focused).toBe("Reject…");

  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "What should change?" }).fill("use cookies");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("samocode-run login").waitFor();
  await expect.poll(focused).toBe("Sent back to planning with your feedback.");
  expect(problems).toEqual([]);
});
