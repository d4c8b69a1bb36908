import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { z } from "zod";

const packages = fileURLToPath(new URL("../../", import.meta.url));
const Dependencies = z.record(z.string(), z.string()).default({});
const Manifest = z.looseObject({
  name: z.string(),
  private: z.boolean().optional(),
  dependencies: Dependencies,
  devDependencies: Dependencies,
});

const all = readdirSync(packages).map((directory) => {
  const text = readFileSync(`${packages}${directory}/package.json`, "utf8");
  const manifest = Manifest.parse(JSON.parse(text));
  return { directory, manifest, name: manifest.name };
});
const published = all.filter(({ manifest }) => manifest.private !== true);

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

/** All that a package imports, by way of others too. */
function reach(from: string, arrows: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    for (const next of arrows.get(name) ?? []) {
      if (!found.has(next)) visit(next);
      found.add(next);
    }
  };
  visit(from);
  return [...found].toSorted();
}

it("the chart in docs/architecture.md has the arrows between the packages", () => {
  const text = readFileSync(`${packages}../docs/architecture.md`, "utf8");
  const drawn = new Map<string, string[]>();
  for (const [, from = "", to = ""] of text.matchAll(/^ {2}([\w-]+)(?:\[.*\])? --> ([\w-]+)$/gm)) {
    drawn.set(from, [...(drawn.get(from) ?? []), to]);
  }
  const real = new Map(
    all.map(({ directory, manifest }) => {
      // The binary is a bundle: what it is made of is no dependency of it.
      const { dependencies, devDependencies } = manifest;
      const names = Object.keys(directory === "cli" ? devDependencies : dependencies);
      const ours = names
        .filter((name) => name.startsWith("@samocode/"))
        .map((name) => name.slice(10));
      return [directory, ours.filter((name) => name !== "testkit")];
    }),
  );
  for (const directory of real.keys()) {
    expect([directory, reach(directory, drawn)]).toEqual([directory, reach(directory, real)]);
  }
});
