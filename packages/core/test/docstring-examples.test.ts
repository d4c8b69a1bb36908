import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import * as xstate from "xstate";
import { afterAll, describe, expect, it } from "vitest";
import * as chart from "../src/chart/index.ts";
import * as main from "../src/index.ts";
import * as overview from "../src/overview/index.ts";
import * as store from "../src/store/index.ts";
import * as testing from "../src/testing/index.ts";
import { findUnknownWord } from "../src/history/record-words.ts";

const sources = fileURLToPath(new URL("../src/", import.meta.url));
const session = fileURLToPath(new URL("fixtures/session", import.meta.url));

const core = { ...main, ...overview, ...store, ...chart };

/** What the examples take as given. */
const given = {
  arrayContaining: (items: unknown[]): unknown => expect.arrayContaining(items),
  objectContaining: (fields: object): unknown => expect.objectContaining(fields),
  ...xstate,
  ...core,
  ...testing,
  findUnknownWord,
  openStore: () => core.openStore(session),
  overview: core.openStore(session).readOverview(),
  folder: mkdtempSync(join(tmpdir(), "samocode-examples-")),
  tail: { torn: false },
  error: new core.OverviewError({ found: "a", expected: "b" }),
  text: [
    '{"event":"created","from":"paused","to":"paused"}',
    '{"event":"run","from":"paused","to":"working.investigation"}',
  ].join("\n"),
};

interface Example {
  readonly place: string;
  readonly code: string;
}

const examples = readdirSync(sources, { encoding: "utf8", recursive: true }).flatMap(
  (file): Example[] => {
    if (!file.endsWith(".ts")) return [];
    const blocks = readFileSync(`${sources}${file}`, "utf8").matchAll(
      /@example\n((?: *\* .*\n)+)/g,
    );
    return [...blocks].map(([, block = ""], index) => ({
      place: `${file} ${index + 1}`,
      code: block.replaceAll(/^ *\* /gm, "").replaceAll(/\n\s*\/\/ (?=\S)/g, " // "),
    }));
  },
);

/** What an expected value that leaves something out (`…`) is as a matcher of vitest. */
function matcherOf(expected: string): string {
  if (!/…|\.\.\./.test(expected)) return `(${expected})`;
  const shown = expected.replaceAll(/,?\s*(?:…|\.\.\.)/g, "");
  const items = shown.replaceAll(/\{/g, "objectContaining({").replaceAll(/\}/g, "})");
  return items.startsWith("[") ? `arrayContaining(${items})` : items;
}

afterAll(() => {
  rmSync(given.folder, { recursive: true });
});

describe("the example in the docstring of", () => {
  it("all that has one is found", () => {
    expect(examples.length).toBeGreaterThan(15);
  });

  it.each(examples)("$place does what it says", ({ code }) => {
    const context = createContext({ ...given });
    for (const line of code.split("\n").filter((each) => each.trim() !== "")) {
      const [, statement = line, expected] = /^(.*;)\s+\/\/ (.+)$/.exec(line) ?? [];
      if (statement.startsWith("throw")) {
        expect(() => runInContext(statement, context)).toThrow(
          expect.objectContaining({ code: expect.stringMatching(/^SAMOCODE_/) }),
        );
        continue;
      }
      // Declarations must be seen by the lines below, as those of one script are.
      const value: unknown = runInContext(statement.replace(/^(?:const|let) /, "var "), context);
      if (expected === undefined) continue;
      expect(JSON.parse(JSON.stringify(value))).toEqual(runInContext(matcherOf(expected), context));
    }
  });
});
