import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, it } from "vitest";
import { repository } from "./text-tree.ts";

/** Words and turns of phrase that docs/words.md replaces, and what to write. */
const list: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/(?<!["`-])\bmend(?:s|ed|ing)?\b(?!["`:])/i, "repair or fix"],
  [/\banew\b/i, "again"],
  [/(?<!["`])\b(?:adopts|adopted|adopting|adopt an? |left agents?\b)/i, "reattach, orphaned agent"],
  [/\bpersons?'s? words?\b/i, "decision"],
  [/\btexts? of (?:its|one's|their|your) own\b/i, "custom prompt"],
  [/\bat its post\b/i, "keeps running while it waits"],
  [/\b(?:in ms|milliseconds) since 1970\b/i, "Unix time in ms"],
  [/\bwithout a sign of life\b/i, "without output"],
  [/(?<!the )\bfor ever\b/i, "forever or indefinitely"],
  [/\bplan may be carried out\b/i, "approval of the plan"],
  [/^(?!\s*(?:\*|\/)).*\b(?:was|is|are|were|been) told\b/i, "emitted, notified, reported"],
  [/\btold (?:of|by)\b/i, "notified of, emitted by"],
  // A condition starts with "if" or "when".
  [/\b(?:nothing|none|absent|empty|true|false|undefined|rejects|aborted) where\b/i, "if"],
  [/@(?:throws \{\w+\}|returns \w+) where\b/i, "if"],
  [
    /(?:^|[.;:] |\* )where (?:there (?:is|are|was) |nobody |no one |nothing |none |not every )/i,
    "if",
  ],
  [/\bwhere (?:there (?:is|are|was|were) (?:no|none|nothing)|nobody|no one|not every)\b/i, "if"],
];

const roots = ["docs", "examples", "bench", "plugin", "scripts", "README.md", "workflow.md"];
const skipped = /(?:^|\/)(?:node_modules|dist|bundle|decisions|words\.md)(?:\/|$)/;

function* textFiles(path: string): Generator<string> {
  if (skipped.test(relative(repository, path))) return;
  if (/\.(?:ts|tsx|mjs|md|css)$/.test(path)) return yield path;
  if (/\.[a-z]+$/.test(path)) return;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const below = join(path, entry.name);
    if (entry.isDirectory() || /\.(?:ts|tsx|mjs|md|css)$/.test(entry.name)) yield* textFiles(below);
  }
}

it("help, messages, docs and comments keep to docs/words.md", () => {
  const packages = readdirSync(join(repository, "packages")).flatMap((name) =>
    readdirSync(join(repository, "packages", name))
      .filter((part) => ["src", "page", "README.md"].includes(part))
      .map((part) => join("packages", name, part)),
  );
  const paths = [...roots, ...packages].flatMap((root) => [...textFiles(join(repository, root))]);
  const found = paths.flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line, index) =>
        list.flatMap(([pattern, instead]) => {
          const [word] = pattern.exec(line) ?? [];
          const place = `${relative(repository, path)}:${index + 1}`;
          return word === undefined ? [] : [`${place}: "${word.trim()}", write ${instead}`];
        }),
      ),
  );
  expect(found).toEqual([]);
});
