import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { readPageFiles } from "../src/page-files.ts";

const files = [...readPageFiles()];
const texts = files.map(([path, { bytes }]) => ({ path, text: bytes.toString("utf8") }));

it("is small: all of the page together has less than 250 kB, gzipped", () => {
  const bytes = files.reduce((sum, [, file]) => sum + gzipSync(file.bytes).length, 0);
  expect(bytes).toBeLessThan(250_000);
  expect(bytes).toBeGreaterThan(5_000);
});

it("takes nothing from elsewhere, and nothing of Node", () => {
  for (const { path, text } of texts) {
    const addresses = [...text.matchAll(/(?:https?:)?\/\/[a-z0-9.-]+\.[a-z]+[^"'`\s)]*/gi)];
    const foreign = addresses
      .map(([address]) => address)
      .filter((address) => !/w3\.org/.test(address));
    expect({ path, foreign }).toEqual({ path, foreign: [] });
    expect({ path, node: /["'`]node:/.test(text) }).toEqual({ path, node: false });
    expect({ path, imports: /@import|url\(/.test(text) }).toEqual({ path, imports: false });
  }
});

it("has no script and no style in its HTML, and makes no HTML of texts", () => {
  const html = texts.find(({ path }) => path === "/")?.text ?? "";
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/i);
  const script = texts.find(({ path }) => path === "/page.js")?.text ?? "";
  expect(script).not.toMatch(/\beval\(|new Function|document\.write|insertAdjacentHTML|DOMParser/);
});
