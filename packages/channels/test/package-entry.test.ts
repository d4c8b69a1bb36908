import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import { findPackageEntry } from "../src/package-entry.ts";

it.each<[object, string]>([
  [{ main: "lib/x.js" }, "lib/x.js"],
  [{}, "index.js"],
  [{ exports: "./a.js", main: "b.js" }, "a.js"],
  [{ exports: { ".": "./a.js" } }, "a.js"],
  [{ exports: { ".": { require: "./r.cjs", import: "./i.js" } } }, "i.js"],
  [{ exports: { require: "./r.cjs", node: { import: "./n.js" } } }, "n.js"],
  [{ exports: { ".": { types: "./t.d.ts", default: "./d.js" } } }, "d.js"],
  [{ exports: { "./only": "./o.js" }, main: "m.js" }, "m.js"],
])("finds what %j is imported with", async (content, entry) => {
  await using temp = await createTempFolder("samocode-package-");
  const folder = join(temp.path, "node_modules", "@me/channel");
  const project = join(temp.path, "deep", "project");
  mkdirSync(folder, { recursive: true });
  mkdirSync(project, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify(content));
  expect(findPackageEntry("@me/channel", [project])).toBe(join(folder, entry));
});

it("says where a package was looked for that is not there", () => {
  expect(() => findPackageEntry("no-such-channel", ["/one", "/two"])).toThrow(
    "cannot find the package `no-such-channel`: expected it in a node_modules of /one or /two, or above. Install it there, or use a file: ./my-channel.js",
  );
});
