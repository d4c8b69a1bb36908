import { execa } from "execa";

const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ["open"],
  linux: ["xdg-open"],
  // `start` is a word of the shell, which is not to see the link.
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/**
 * Opens a link in the person's browser, where this machine has one. Whether that works is not waited for, and it is
 * no fault where it does not: the link is told as well.
 */
export function openBrowser(link: string): void {
  const [program, ...args] = openers[process.platform] ?? [];
  const isBlind =
    process.platform === "linux" && !process.env["DISPLAY"] && !process.env["WAYLAND_DISPLAY"];
  if (program === undefined || isBlind) return;
  const opened = execa(program, [...args, link], {
    stdio: "ignore",
    detached: true,
    cleanup: false,
    reject: false,
  });
  opened.unref();
}
