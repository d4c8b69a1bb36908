import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";

const places = [process.env["CHROMIUM_PATH"] ?? "", "/usr/bin/chromium", "/usr/bin/google-chrome"];

/** The browser of this machine; nothing where it has none. */
export const browserPath = places.find((path) => path !== "" && existsSync(path));

/** Why a test is skipped where there is no browser. */
export const noBrowser =
  "no Chromium on this machine: apt-get install chromium, or set CHROMIUM_PATH";

/** Pictures for a person to look at. */
const pictures = fileURLToPath(new URL("../../../../inspect/screenshots/", import.meta.url));

/** A page in a real browser, and what went wrong in it. */
export interface BrowserPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors, warnings and refusals of the browser; nothing is expected here. */
  readonly problems: readonly string[];
  /** Every address that the page has asked for. */
  readonly requests: readonly string[];
  /** Takes a picture of the whole page. */
  readonly picture: (name: string) => Promise<void>;
}

/** Starts a browser with one page, as large as asked. */
export async function openBrowser(width = 1440, height = 1000): Promise<BrowserPage> {
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
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
