import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { chromium, type Browser, type Page } from "playwright-core";

const places = [process.env["CHROMIUM_PATH"] ?? "", "/usr/bin/chromium", "/usr/bin/google-chrome"];

/** The browser of this machine; nothing if it has none. */
export const browserPath = places.find((path) => path !== "" && existsSync(path));
if (browserPath === undefined && process.env["CI"] !== undefined) {
  throw new Error("no Chromium: CI must not pass over the tests of the page");
}

/** Why a test is skipped if there is no browser. */
export const noBrowser =
  "no Chromium on this machine: apt-get install chromium, or set CHROMIUM_PATH";

/** Pictures for a person to look at. */
const pictures = fileURLToPath(new URL("../../../../inspect/screenshots/", import.meta.url));

/** The rules of WCAG 2.1 AA and good custom; colours are judged once nothing moves any more. */
const findBarriers = `
  Promise.all(document.getAnimations().filter((each) => each.effect.getTiming().iterations === 1).map((each) => each.finished))
    .then(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }))
    .then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ target }) => target.join(" ")).join(", ")))`;

/** A page in a real browser, and what went wrong in it. */
export interface BrowserPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors, warnings and refusals of the browser; nothing is expected here. */
  readonly problems: readonly string[];
  /** Every address that the page has asked for. */
  readonly requests: readonly string[];
  /** Takes a picture of the whole page, and gives what keeps a person from reading or reaching something on it. */
  readonly picture: (name: string) => Promise<readonly string[]>;
}

/** Starts a browser with one page, as large as asked; `localhost` is where a test says. */
export async function openBrowser(
  width = 1440,
  height = 1000,
  localhost = "127.0.0.1",
): Promise<BrowserPage> {
  const browser: Browser = await chromium.launch({
    executablePath: browserPath ?? "",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--host-resolver-rules=MAP localhost ${localhost}`,
    ],
  });
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const problems: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    const { url } = message.location();
    if (["error", "warning"].includes(message.type())) problems.push(`${message.text()} ${url}`);
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => requests.push(request.url()));
  return {
    page,
    problems,
    requests,
    picture: async (name) => {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: `${pictures}${name}.png`, fullPage: true });
      await page.evaluate(axe.source);
      return page.evaluate<readonly string[]>(findBarriers);
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
