import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ["open"],
  linux: ["xdg-open"],
  // `start` is a word of the shell, which is not to see the path.
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** A page on disk that leads to a link. */
interface LeadingPage {
  readonly path: string;
  readonly remove: () => void;
}

/**
 * Writes a page that leads to a link, in a folder and a file that only their owner can read. A link that lets in must
 * be no argument of a program: every user of the machine can read those.
 */
export function writeLeadingPage(link: string, parent = tmpdir()): LeadingPage {
  const folder = mkdtempSync(join(parent, "samocode-page-"));
  const path = join(folder, "samocode.html");
  const href = link.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  const html = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${href}"><title>samocode</title><p><a href="${href}">Continue to the page</a></p>\n`;
  writeFileSync(path, html, { mode: 0o600, flag: "wx" });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Opens a link in the person's browser, if this machine has one. Whether that works is not waited for, and it is no
 * fault if it does not: the link is printed as well.
 *
 * @returns what removes the page on disk that leads to the link
 */
export function openBrowser(link: string, parent?: string): () => void {
  const [program, ...args] = openers[process.platform] ?? [];
  const isBlind =
    process.platform === "linux" && !process.env["DISPLAY"] && !process.env["WAYLAND_DISPLAY"];
  if (program === undefined || isBlind) return () => {};
  const { path, remove } = writeLeadingPage(link, parent);
  const opened = execa(program, [...args, path], {
    stdio: "ignore",
    detached: true,
    cleanup: false,
    reject: false,
  });
  opened.unref();
  return remove;
}
