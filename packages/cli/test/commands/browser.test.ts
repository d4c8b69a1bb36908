import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createTempFolder } from "@samocode/testkit";
import { afterEach, expect, it, vi } from "vitest";
import { openBrowser, writeLeadingPage } from "../../src/commands/browser.ts";

afterEach(() => vi.unstubAllEnvs());

it("writes a page that only its owner can read, and that leads to the link", async () => {
  await using folder = await createTempFolder();
  const { path, remove } = writeLeadingPage('http://127.0.0.1:1/?t=a&b="<', folder.path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  expect(dirname(dirname(path))).toBe(folder.path);
  const html = readFileSync(path, "utf8");
  expect(html).toContain('content="0;url=http://127.0.0.1:1/?t=a&amp;b=&quot;&lt;"');
  expect(html).toContain('<a href="http://127.0.0.1:1/?t=a&amp;b=&quot;&lt;">');
  expect(html).toContain('<meta name="referrer" content="no-referrer">');
  remove();
  expect(existsSync(dirname(path))).toBe(false);
  remove();
});

it.runIf(process.platform === "linux")("gives the link to no program", async () => {
  await using folder = await createTempFolder();
  const said = join(folder.path, "said");
  const program = join(folder.path, "xdg-open");
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > ${said}.x && mv ${said}.x ${said}\n`);
  chmodSync(program, 0o755);
  vi.stubEnv("PATH", `${folder.path}:${process.env["PATH"] ?? ""}`);
  vi.stubEnv("DISPLAY", ":0");
  const remove = openBrowser("http://127.0.0.1:1/?t=secret", folder.path);
  await expect.poll(() => existsSync(said)).toBe(true);
  const path = readFileSync(said, "utf8").trim();
  expect(path).toMatch(/\/samocode-page-\w+\/samocode\.html$/);
  expect(readFileSync(path, "utf8")).toContain("t=secret");
  remove();
  expect(existsSync(path)).toBe(false);
});

it.runIf(process.platform === "linux")("opens nothing without a screen", async () => {
  await using folder = await createTempFolder();
  vi.stubEnv("DISPLAY", "");
  vi.stubEnv("WAYLAND_DISPLAY", "");
  openBrowser("http://127.0.0.1:1/?t=secret", join(folder.path, "none"))();
  expect(existsSync(join(folder.path, "none"))).toBe(false);
});
