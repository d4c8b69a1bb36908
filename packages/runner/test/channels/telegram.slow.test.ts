import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  createTelegramApi,
  type TelegramApi,
  type TelegramApiOptions,
  type TelegramMember,
  type TelegramMessage,
} from "@samocode/testkit";
import { expect, it } from "vitest";
import { createBench, signal, steps, type Bench } from "../support/runner-cli.ts";

const { ask, plan, implement, test, clean, sum } = steps;
const investigate = [signal({ status: "continue", phase: "planning" })];
const ada = { id: 42, first_name: "Ada", username: "ada_l" };

const withTelegram = ({ token, url }: TelegramApi, chatId = "42") => ({
  TELEGRAM_BOT_TOKEN: token,
  TELEGRAM_CHAT_ID: chatId,
  TELEGRAM_API_ROOT: url,
});

/** The newest message of the bot, once it says this. */
async function told(api: TelegramApi, says: string, chatId = 42): Promise<TelegramMessage> {
  const find = () =>
    api.messages(chatId).findLast(({ from, text }) => from === "bot" && text.includes(says));
  await expect.poll(find, { message: `the bot says ${says}` }).toBeDefined();
  const found = find();
  if (found === undefined) throw new Error(`the bot did not say ${says}`);
  return found;
}

/** All files below a folder, as one text. */
function textOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => `${path}\n${readFileSync(path, "utf8")}`)
    .join("\n");
}

const createChat = async (options?: TelegramApiOptions): Promise<[TelegramApi, TelegramMember]> => {
  const api = await createTelegramApi(options);
  return [api, api.member(ada)];
};

it("takes a session from its task to done with answers from Telegram alone", async () => {
  const [api, member] = await createChat();
  await using _ = api;
  const stuck = { status: "blocked", phase: "investigation", reason: "No <key> & no door" };
  const block = [signal({ ...stuck, needs: "clarification" })];
  const replan = [
    { do: "append", path: "{session}/01-15-14:50-plan-jwt.md", text: "- [ ] cookies\n" } as const,
    signal({ status: "waiting", phase: "planning", for: "plan_approval" }),
  ];
  const calls = [ask, block, investigate, plan, replan, implement, test, clean, sum];
  await using bench = await createBench({ calls }, { env: withTelegram(api) });
  const run = bench.start("t", "--task", "x", "--wait");

  const questions = await told(api, "Where do tokens live?");
  expect(await member.press(questions, "Q1 B")).toEqual({
    text: "Q1: B) localStorage. It goes on.",
    isAlert: false,
  });
  const blocked = await told(api, "No <key> & no door");
  await member.press(blocked, "Resume with a note…");
  member.say("It is under the mat", await told(api, "reply to this message with a note"));
  const first = await told(api, "# Plan");
  await member.press(first, "Reject…");
  member.say("Use cookies", await told(api, "what is to be different"));
  const second = await told(api, "- [ ] cookies");
  expect(await member.press(second, "Approve")).toMatchObject({ isAlert: false });
  expect(await run).toMatchObject({ exitCode: 0 });
  expect((await told(api, "t: done")).text).toContain("JWT login, 14 tests");

  const by = "telegram:ada_l";
  const decisions = bench.records().filter((record) => record.by === by);
  expect(decisions.map(({ event }) => event)).toEqual(["answer", "resume", "reject", "approve"]);
  expect(bench.records().find(({ event }) => event === "approve")?.["planHash"]).toMatch(
    /^\w{64}$/,
  );
  expect(bench.file("_qa.md")).toContain("**Answer:** B) localStorage");
  const prompts = textOf(join(bench.folder(), "_logs"));
  expect(prompts).toContain("It is under the mat");
  expect(prompts).toContain("Use cookies");

  expect(api.messages().filter(({ keyboard }) => keyboard.length > 0)).toEqual([]);
  expect((await told(api, "Where do tokens live?")).text).toContain(
    "✓ Q1: B) localStorage. It goes on. (ada_l)",
  );
  expect(api.pending()).toEqual([]);
  const { stdout, stderr } = await run;
  expect(textOf(bench.project.root) + stdout + stderr).not.toContain(api.token.split(":")[1]);
});

it("picks up at its start what was answered while no run was there, and tells nothing twice", async () => {
  const [api, member] = await createChat();
  await using _ = api;
  await using bench = await createBench(
    { calls: [ask, investigate, plan] },
    { env: withTelegram(api) },
  );
  expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 3 });
  const questions = await told(api, "Where do tokens live?");
  expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
  expect(api.messages()).toHaveLength(1);

  const pressed = member.press(questions, "Accept all suggestions");
  await expect.poll(() => api.pending().length).toBe(1);
  expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
  expect(await pressed).toMatchObject({ isAlert: false });
  expect(bench.records().find(({ event }) => event === "answer")?.by).toBe("telegram:ada_l");
  await told(api, "waits for approval of the plan");
  expect(bench.claude.calls()).toHaveLength(3);
});

it("lets one run listen for two sessions, and the other one take over when it ends", async () => {
  const [api, member] = await createChat();
  await using _ = api;
  await using one = await createBench(
    { calls: [ask, plan], otherwise: sum },
    { env: withTelegram(api) },
  );
  const env = { ...withTelegram(api), HOME: one.project.home };
  await using two = await createBench({ calls: [ask, investigate, plan] }, { env });
  const first = one.start("one", "--task", "x", "--wait");
  const asked = await told(api, "one: waits");
  const second = two.start("two", "--task", "x", "--wait");
  const other = await told(api, "two: waits");
  expect(await member.press(other, "Q1 A ★")).toMatchObject({ isAlert: false });
  const gate = await told(api, "two: waits for approval");

  first.kill("SIGKILL");
  await first;
  expect(await member.press(asked, "Q1 A ★")).toEqual({
    text: "Q1: A) httpOnly cookie. Go on with: samocode-run one",
    isAlert: false,
  });
  expect(await member.press(gate, "Approve")).toMatchObject({ isAlert: false });
  expect(one.records().at(-1)).toMatchObject({ event: "answer", to: "paused" });
  second.kill("SIGINT");
  await second;
  const conflicts = two.records().filter(({ message }) => /409/.test(message ?? ""));
  expect(conflicts).toEqual([]);
});

it("hears a second chat for the sessions that are told there, and no other", async () => {
  const [api, member] = await createChat({ chats: [42, -100] });
  await using _ = api;
  await using one = await createBench({ calls: [ask] }, { env: withTelegram(api) });
  const env = { ...withTelegram(api, "-100"), HOME: one.project.home };
  await using two = await createBench({ calls: [ask] }, { env });
  const first = one.start("one", "--task", "x", "--wait");
  const mine = await told(api, "one: waits");
  const second = two.start("two", "--task", "x", "--wait");
  const team = await told(api, "two: waits", -100);
  const bob = api.member({ id: 7, first_name: "Bob" }, -100);
  const stranger = api.member({ id: 8, first_name: "Eve" }, 8);

  expect(await member.press(mine, team.keyboard[0]?.[0]?.callback_data ?? "")).toEqual({
    text: "There is no such session here.",
    isAlert: true,
  });
  stranger.say("/list");
  bob.say("/list");
  expect((await told(api, "two: waits for an answer (", -100)).text).not.toContain("one");
  expect(await bob.press(team, "Q1 A ★")).toMatchObject({ isAlert: false });
  expect(two.records().find(({ event }) => event === "answer")?.by).toBe("telegram:7");
  expect(api.messages(8)).toMatchObject([{ from: "Eve" }]);
  for (const run of [first, second]) run.kill("SIGINT");
  const { stderr } = await first;
  await second;
  expect(stderr).toContain("something from chat 8 was ignored");
  expect(stderr).not.toContain("/list");
  expect(one.status()).toMatchObject({ blocked: "waiting_human" });
});

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
    "did not answer like a Bot API",
  ],
  [
    "it wants to be left alone",
    (api) => api.fail({ do: "limit", retryAfterS: 600, times: 99 }),
    "to be left alone",
  ],
  [
    "another program listens",
    (api) =>
      api.fail({
        do: "refuse",
        method: "getUpdates",
        status: 409,
        description: "Conflict: terminated",
        times: 99,
      }),
    "another program listens",
  ],
])("runs a session to its end where %s, and says so", async (_name, break_, says) => {
  const [api] = await createChat();
  await using _ = api;
  break_(api);
  const calls = [investigate, plan, implement, test, clean, sum];
  await using bench = await createBench({ calls }, { env: withTelegram(api) });
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
  const [api] = await createChat();
  await using _ = api;
  api.fail({ do: "cut", times: 99 });
  await using bench: Bench = await createBench({ calls: [ask] }, { env: withTelegram(api) });
  expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 3 });
  expect(api.messages()).toEqual([]);
  api.heal();
  expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
  expect(api.messages()).toHaveLength(1);
});
