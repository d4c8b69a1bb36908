import type { TelegramApi } from "@samocode/testkit";
import { expect, it } from "vitest";
import { createBench, steps } from "../support/runner-cli.ts";
import { createTelegramChat, textOf } from "./support/telegram-chat.ts";

const { ask, investigate, plan, implement, test, clean, sum } = steps;

it.each<[string, (api: TelegramApi) => void, string]>([
  [
    "its token is wrong",
    (api) => api.fail({ do: "refuse", status: 401, description: "Unauthorized", times: 99 }),
    "does not know the bot",
  ],
  ["it hangs", (api) => api.fail({ do: "hang", times: 99 }), ""],
  ["it cuts every call", (api) => api.fail({ do: "cut", times: 99 }), "cannot be reached"],
  [
    "a proxy answers in its place",
    (api) => api.fail({ do: "html", status: 502, times: 99 }),
    "did not answer like a Bot API server",
  ],
  [
    "it wants to be left alone",
    (api) => api.fail({ do: "limit", retryAfterS: 600, times: 99 }),
    "asks to slow down",
  ],
  [
    "another program is listening",
    (api) =>
      api.fail({
        do: "refuse",
        method: "getUpdates",
        status: 409,
        description: "Conflict: terminated",
        times: 99,
      }),
    "another program is listening",
  ],
])("runs a session to its end where %s, and says so", async (_name, break_, says) => {
  await using chat = await createTelegramChat();
  const { api, env } = chat;
  break_(api);
  const calls = [investigate, plan, implement, test, clean, sum];
  await using bench = await createBench({ calls }, { env: env() });
  const { exitCode, stdout, stderr } = await bench.run(
    "t",
    "--task",
    "x",
    "--auto-approve",
    "--json",
  );
  expect(exitCode).toBe(0);
  expect(stderr).toContain(says);
  for (const line of stdout.split("\n")) expect(() => JSON.parse(line) as unknown).not.toThrow();
  const all = textOf(bench.project.root) + stdout + stderr;
  expect(all).not.toContain(api.token.split(":")[1]);
});

it("tells at the next start what could not be told", async () => {
  await using chat = await createTelegramChat();
  const { api, env } = chat;
  api.fail({ do: "cut", times: 99 });
  await using bench = await createBench({ calls: [ask] }, { env: env() });
  expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 3 });
  expect(api.messages()).toEqual([]);
  api.heal();
  expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
  expect(api.messages()).toHaveLength(1);
});

it("ends on SIGINT although Telegram hangs", async () => {
  await using chat = await createTelegramChat();
  const { api, env } = chat;
  await using bench = await createBench({ calls: [ask] }, { env: env() });
  api.fail({ do: "hang", times: 99 });
  const run = bench.start("t", "--task", "x", "--wait");
  await expect.poll(() => bench.claude.calls()).toHaveLength(1);
  await expect.poll(() => bench.status().blocked).toBe("waiting_human");
  run.kill("SIGINT");
  expect(await run).toMatchObject({ exitCode: 130 });
});
