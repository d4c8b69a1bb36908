import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createBench, type Bench } from "../support/runner-cli.ts";
import { browserPath, noBrowser, openBrowser } from "./support/browser.ts";
import { servePage } from "./support/served-page.ts";

const states = [
  "Phase: planning\nBlocked: waiting_human\nWaiting For: human_action\n",
  "Phase: testing\nBlocked: yes\nReason: 2 tests fail\nNeeds: error_resolution\n",
  "Phase: implementation\nBlocked: no\n",
];

function addSessions(bench: Bench, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `work-${String(index + 1).padStart(3, "0")}`;
    const folder = join(bench.project.sessions, `26-01-15-${name}`);
    mkdirSync(folder, { recursive: true });
    const status = states[index % states.length] ?? "";
    writeFileSync(
      join(folder, "_overview.md"),
      `# Session: ${name}\n\n## Task\nDo ${name}\n\n## Status\n${status}`,
    );
    return name;
  });
}

/** What stands where, in px from the top of the window. */
const measure = `(() => {
  const top = (element) => Math.round(element.getBoundingClientRect().top);
  const shown = [...document.querySelectorAll("main > *")]
    .map((element) => element.getBoundingClientRect())
    .filter(({ height }) => height > 0)
    .toSorted((one, other) => one.top - other.top);
  const gaps = shown.slice(1).map((rect, index) =>
    Math.round(rect.top - Math.max(...shown.slice(0, index + 1).map(({ bottom }) => bottom))));
  const rail = document.querySelector("aside.rail");
  return {
    title: top(document.querySelector("main h1")),
    largestGap: Math.max(0, ...gaps),
    isWiderThanWindow: document.documentElement.scrollWidth > innerWidth,
    railScrolls: rail === null || getComputedStyle(rail).display === "none" ? "none"
      : rail.getBoundingClientRect().height <= innerHeight ? "alone" : "with the page",
  };
})()`;

it.for([1, 9, 33, 200])("shows %i sessions in windows of any width", async (count, context) => {
  if (browserPath === undefined) return context.skip(noBrowser);
  await using bench = await createBench({ calls: [] });
  const names = addSessions(bench, count);
  const last = names.at(-1) ?? "";
  await using served = await servePage(bench);
  await using browser = await openBrowser();
  const { page, problems } = browser;
  await page.goto(served.link);
  // The link leads on to the page.
  await page.locator(".mark").waitFor();
  for (const width of [390, 800, 1440, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate('location.hash = "#/"');
    const link = page.locator(`a[href*="${last}"]`);
    await link.waitFor();
    if (width > 860) {
      const welcome = await page.locator(".welcome p").boundingBox();
      expect((welcome?.y ?? 900) + (welcome?.height ?? 0), "what to do is seen").toBeLessThan(900);
    }
    await link.click();
    await page.locator("main.session h1", { hasText: last }).waitFor();
    await page.locator("main.session .card.chart").waitFor();
    const seen: unknown = await page.evaluate(measure);
    expect(seen, `${width} px`).toMatchObject({
      isWiderThanWindow: false,
      railScrolls: width > 860 ? "alone" : "none",
    });
    const { title, largestGap } = seen as { title: number; largestGap: number };
    expect(title, `${width} px`).toBeGreaterThanOrEqual(0);
    expect(title, `${width} px`).toBeLessThan(200);
    expect(largestGap, `${width} px`).toBeLessThanOrEqual(40);
    expect(problems).toEqual([]);
  }
});
