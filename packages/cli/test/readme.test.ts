import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { formatSettingsTable } from "../src/config/settings.ts";

const path = new URL("../../../README.md", import.meta.url);

const generated: Readonly<Record<string, string>> = {
  settings: formatSettingsTable().trim(),
};

it("shows the settings as they are (npx vitest run packages/cli/test/readme.test.ts -u)", async () => {
  let text = readFileSync(path, "utf8");
  for (const [name, content] of Object.entries(generated)) {
    const block = new RegExp(`(<!-- ${name}:start -->\n)[^]*?(<!-- ${name}:end -->)`);
    expect(text).toMatch(block);
    text = text.replace(block, (_, start: string, end: string) => `${start}${content}\n${end}`);
  }
  await expect(text).toMatchFileSnapshot("../../../README.md");
});
