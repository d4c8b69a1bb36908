import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "recheck";
import { parseAst } from "rolldown/parseAst";
import { expect, test } from "vitest";

const packages = join(import.meta.dirname, "../..");

interface Pattern {
  readonly pattern: string;
  readonly flags: string;
}

/** The regular expressions that stand in a source file. */
function patternsIn(file: string): readonly Pattern[] {
  const found: Pattern[] = [];
  const lang = file.endsWith("x") ? "tsx" : "ts";
  const collect = (key: string, value: unknown) => {
    if (key === "regex") found.push(value as Pattern);
    return typeof value === "bigint" ? String(value) : value;
  };
  JSON.stringify(parseAst(readFileSync(file, "utf8"), { lang }), collect);
  return found;
}

async function isExponential({ pattern, flags }: Pattern): Promise<boolean> {
  const found = await check(pattern, flags);
  return found.status === "vulnerable" && found.complexity.type === "exponential";
}

test("a pattern whose time doubles with each line is found", async () => {
  expect(await isExponential({ pattern: "^(?:.*(?:\\r\\n?|\\n))*---", flags: "s" })).toBe(true);
});

test("no pattern takes a time that doubles with each character, whatever it is given", async () => {
  const files = readdirSync(packages, { recursive: true, encoding: "utf8" })
    .filter((file) => /^[^/]+\/(?:src|page)\/.*\.tsx?$/.test(file))
    .map((file) => join(packages, file));
  // Only what repeats a group that may match the same text in more than one way can double.
  const repeated = files.flatMap(patternsIn).filter(({ pattern }) => /\)[*+{]/.test(pattern));
  expect(repeated.length).toBeGreaterThan(10);
  const exponential: string[] = [];
  for (const pattern of repeated)
    if (await isExponential(pattern)) exponential.push(pattern.pattern);
  expect(exponential).toEqual([]);
});
