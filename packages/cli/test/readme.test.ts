import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { formatSettingsTable } from "../src/config/settings.ts";

const repository = new URL("../../../", import.meta.url);

it("keeps the README within 120 lines", () => {
  const lines = readFileSync(new URL("README.md", repository), "utf8").trimEnd().split("\n");
  expect(lines.length).toBeLessThanOrEqual(120);
});

it("shows the settings as they are (npx vitest run packages/cli/test/readme.test.ts -u)", async () => {
  const text = readFileSync(new URL("docs/settings.md", repository), "utf8");
  const block = /(<!-- settings:start -->\n)[^]*?(<!-- settings:end -->)/;
  expect(text).toMatch(block);
  const table = formatSettingsTable().trim();
  await expect(
    text.replace(block, (_, start: string, end: string) => `${start}${table}\n${end}`),
  ).toMatchFileSnapshot("../../../docs/settings.md");
});
