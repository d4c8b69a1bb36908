import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { z } from "zod";

const packages = fileURLToPath(new URL("../../", import.meta.url));
const Manifest = z.looseObject({ name: z.string(), private: z.boolean().optional() });

const published = readdirSync(packages).flatMap((directory) => {
  const text = readFileSync(`${packages}${directory}/package.json`, "utf8");
  const manifest = Manifest.parse(JSON.parse(text));
  return manifest.private === true ? [] : [{ directory, manifest, name: manifest.name }];
});

it.each(published)("$name says on npm what it is and where it comes from", (found) => {
  const { directory, manifest, name } = found;
  const readme = readFileSync(`${packages}${directory}/README.md`, "utf8");
  expect(readme).toMatch(new RegExp(`^# ${name}\n`));
  expect(readme).toMatch(new RegExp(`^npm install .*${name}`, "m"));
  // A relative link leads nowhere on npm.
  expect(readme).not.toMatch(/\]\((?!https:)/);
  expect(manifest).toMatchObject({
    keywords: expect.arrayContaining(["samocode"]) as unknown,
    homepage: expect.stringMatching(/^https:\/\/github\.com\/samocode\/samocode/) as unknown,
    bugs: "https://github.com/samocode/samocode/issues",
    repository: {
      type: "git",
      url: "git+https://github.com/samocode/samocode.git",
      directory: `packages/${directory}`,
    },
  });
});
