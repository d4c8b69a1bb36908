import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";
import * as core from "@samocode/core";
import * as chart from "@samocode/core/chart";
import * as overview from "@samocode/core/overview";
import * as store from "@samocode/core/store";
import * as testing from "@samocode/core/testing";
import * as runner from "@samocode/runner";
import * as session from "@samocode/session";
import { createTempFolder } from "@samocode/testkit";
import { transformSync } from "rolldown/utils";
import { afterAll, describe, expect, it } from "vitest";
import * as xstate from "xstate";
import * as graph from "xstate/graph";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const modules: Readonly<Record<string, object>> = {
  xstate,
  "xstate/graph": graph,
  "@samocode/core": core,
  "@samocode/core/chart": chart,
  "@samocode/core/overview": overview,
  "@samocode/core/store": store,
  "@samocode/core/testing": testing,
  "@samocode/runner": runner,
  "@samocode/session": session,
};

const folder = await createTempFolder("samocode-library-");
afterAll(async () => folder[Symbol.asyncDispose]());

type Run = (use: typeof modules, check: (value: unknown, expected: unknown) => void) => unknown;

/** A code block as a function: its imports from what it is given, its `value; // expected` lines as checks. */
function compile(block: string): Run {
  const checked = block.replaceAll(/^(?!const )(.+); \/\/ (.+)$/gm, "check($1, $2);");
  const { code, errors } = transformSync("block.ts", checked);
  expect(errors).toEqual([]);
  const body = code.replaceAll(
    /^import (\{.*\}) from (".*");$/gm,
    (_, names: string, from: string) => `const ${names.replaceAll(" as ", ": ")} = use[${from}];`,
  );
  const placed = body.replaceAll("./sessions", `${folder.path}/sessions`);
  return runInThisContext(`(async (use, check) => {${placed}\n})`) as Run;
}

const blocks = [...readFileSync(`${root}docs/library.md`, "utf8").matchAll(/```ts\n([^]*?)```/g)];

describe("docs/library.md", () => {
  it("imports each entry somewhere", () => {
    const text = blocks.map(([block]) => block).join("");
    expect(Object.keys(modules).filter((name) => !text.includes(`"${name}"`))).toEqual([]);
  });

  it.each(blocks.map(([, block = ""], index) => ({ block, number: index + 1 })))(
    "shows in block $number what happens",
    async ({ block }) => {
      let checks = 0;
      await compile(block)(modules, (value, expected) => {
        checks++;
        expect(value).toEqual(expected);
      });
      expect(checks).toBe(block.match(/; \/\/ /g)?.length ?? 0);
    },
  );
});
