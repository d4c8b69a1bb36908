import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runInThisContext } from "node:vm";
import * as agent from "@samocode/agent";
import * as agentClaude from "@samocode/agent-claude";
import * as channels from "@samocode/channels";
import * as core from "@samocode/core";
import * as chart from "@samocode/core/chart";
import * as overview from "@samocode/core/overview";
import * as store from "@samocode/core/store";
import * as testing from "@samocode/core/testing";
import * as inspect from "@samocode/inspect";
import * as notifyTelegram from "@samocode/notify-telegram";
import * as worktree from "@samocode/worktree";
import * as processes from "@samocode/process";
import * as runner from "@samocode/runner";
import * as session from "@samocode/session";
import * as standIn from "@samocode/stand-in";
import { createTempFolder } from "@samocode/testkit";
import { transformSync } from "rolldown/utils";
import { afterAll, describe, expect, it } from "vitest";
import * as xstate from "xstate";
import * as graph from "xstate/graph";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const modules: Readonly<Record<string, object>> = {
  xstate,
  "xstate/graph": graph,
  "@samocode/agent": agent,
  "@samocode/agent-claude": agentClaude,
  "@samocode/channels": channels,
  "@samocode/core": core,
  "@samocode/core/chart": chart,
  "@samocode/core/overview": overview,
  "@samocode/core/store": store,
  "@samocode/core/testing": testing,
  "@samocode/inspect": inspect,
  "@samocode/notify-telegram": notifyTelegram,
  "@samocode/process": processes,
  "@samocode/worktree": worktree,
  "@samocode/runner": runner,
  "@samocode/session": session,
  "@samocode/stand-in": standIn,
};

const folder = await createTempFolder("samocode-documents-");
afterAll(async () => folder[Symbol.asyncDispose]());

type Check = (value: unknown, expected: unknown) => void;
type Run = (use: typeof modules, check: Check, console: object) => Promise<void>;

/** A code block as a function: its imports from what it is given, its `value; // expected` lines as checks. */
function compile(block: string): Run {
  const checked = block.replaceAll(/^(?!const )(.+); \/\/ (.+)$/gm, "check($1, $2);");
  const { code, errors } = transformSync("block.ts", checked);
  expect(errors).toEqual([]);
  const body = code.replaceAll(
    /^import (\{.*\}) from (".*");$/gm,
    (_, names: string, from: string) => `const ${names.replaceAll(" as ", ": ")} = use[${from}];`,
  );
  const placed = body.replaceAll('"./', `"${folder.path}/`);
  return runInThisContext(`(async (use, check, console) => {${placed}\n})`) as Run;
}

// The page of the library comes first: it makes the session that the others show.
const documents = [
  "docs/library.md",
  "README.md",
  ...readdirSync(`${root}packages`).map((name) => `packages/${name}/README.md`),
].filter((path) => existsSync(root + path));

const blocks = documents.flatMap((path) =>
  [...readFileSync(root + path, "utf8").matchAll(/```ts\n([^]*?)```/g)].map(
    ([, block = ""], index) => ({ place: `${path} ${index + 1}`, block }),
  ),
);

describe("the code in a document", () => {
  it("shows every entry of every package", () => {
    const text = blocks.map(({ block }) => block).join("");
    expect(Object.keys(modules).filter((name) => !text.includes(`"${name}"`))).toEqual([]);
  });

  it.each(blocks)("does what it says: $place", async ({ block }) => {
    let checks = 0;
    const check: Check = (value, expected) => {
      checks++;
      expect(value).toEqual(expected);
    };
    await compile(block)(modules, check, { log: () => {} });
    expect(checks).toBe(block.match(/; \/\/ /g)?.length ?? 0);
  });
});
