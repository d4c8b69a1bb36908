import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { createStandIn, createTempFolder, startCli } from "../src/index.ts";
import { kinds, play } from "./play.ts";

const ID = "11111111-1111-4111-8111-111111111111";

test("a Stop hook of the settings is asked, and its feedback is answered", async () => {
  await using folder = await createTempFolder();
  const flag = join(folder.path, "flag");
  const command = `cat > '${folder.path}/input.json'; test -e '${flag}' || { echo missing >&2; exit 2; }`;
  const { lines } = await play(
    {
      calls: [
        [
          {
            do: "stop",
            ifBlocked: [
              { do: "write", path: flag, content: "" },
              { do: "stop", ifBlocked: [{ do: "exit", code: 3 }] },
            ],
          },
        ],
      ],
    },
    "x",
    [
      "--settings",
      JSON.stringify({ hooks: { Stop: [{ hooks: [{ type: "command", command }] }] } }),
    ],
  );
  expect(kinds(lines())).toEqual(["system/init", "user", "result/success"]);
  expect(JSON.stringify(lines()[1])).toContain("]: missing\\n");
  expect(JSON.parse(readFileSync(join(folder.path, "input.json"), "utf8"))).toMatchObject({
    hook_event_name: "Stop",
    stop_hook_active: true,
  });
});

test("a conversation can be resumed, keeps its facts, and an id is used once", async () => {
  await using folder = await createTempFolder();
  await using claude = await createStandIn({
    calls: [],
    otherwise: [{ do: "say", text: "{session}" }],
  });
  const ask = async (prompt: string, ...flags: readonly string[]) => {
    const cli = startCli(claude.path, folder.path, { prompt, flags });
    return { code: await cli.ended, text: cli.text(), stderr: cli.stderr() };
  };
  expect((await ask("Session folder: /s", "--session-id", ID)).code).toBe(0);
  const resumed = await ask("Mend it.", "--resume", ID);
  expect([resumed.code, resumed.text]).toEqual([0, expect.stringContaining('"text":"/s"')]);
  expect(await ask("x", "--session-id", ID)).toMatchObject({
    code: 1,
    text: "",
    stderr: expect.stringContaining("already in use") as string,
  });
  expect(await ask("x", "--resume", ID.replace("1", "2"))).toMatchObject({
    code: 1,
    text: expect.stringContaining("No conversation found") as string,
  });
  expect(claude.calls()).toHaveLength(2);
});

test("the cost of a resumed conversation goes on, and each process tells its own as well", async () => {
  await using folder = await createTempFolder();
  await using claude = await createStandIn({ calls: [], otherwise: [{ do: "say", text: "a" }] });
  const costs: unknown[] = [];
  for (const flag of ["--session-id", "--resume", "--resume"]) {
    const cli = startCli(claude.path, folder.path, { prompt: "x", flags: [flag, ID] });
    await cli.ended;
    const result = cli.lines().at(-1);
    const models = Object.values(result?.["model_usage_since_last_result"] ?? {}) as unknown[];
    costs.push([result?.["total_cost_usd"], ...models]);
  }
  expect(costs).toEqual([
    [0.01, { costUSD: 0.01 }],
    [0.02, { costUSD: 0.01 }],
    [0.03, { costUSD: 0.01 }],
  ]);
});

test("a flag that the CLI does not know, and stream-json without --verbose, are refused", async () => {
  await using folder = await createTempFolder();
  await using claude = await createStandIn({ calls: [] });
  const unknown = startCli(claude.path, folder.path, { prompt: "x", flags: ["--nonsense"] });
  expect([await unknown.ended, unknown.stderr()]).toEqual([
    1,
    "error: unknown option '--nonsense'\n",
  ]);
  expect(claude.calls()).toEqual([]);
});
