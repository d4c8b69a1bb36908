import { join } from "node:path";
import type { Step } from "@samocode/testkit";
import { expect, it } from "vitest";
import { createBench, signal, steps } from "../support/runner-cli.ts";
import { createTelegramChat, textOf } from "./support/telegram-chat.ts";

const { ask, plan, implement, test, clean, sum } = steps;
const investigate = [signal({ status: "continue", phase: "planning" })];

it("takes a session from its task to done with answers from Telegram alone", async () => {
  await using chat = await createTelegramChat();
  const { api, member, told, env } = chat;
  const stuck = { status: "blocked", phase: "investigation", reason: "No <key> & no door" };
  const block = [signal({ ...stuck, needs: "clarification" })];
  const replan = [
    { do: "append", path: "{session}/01-15-14:50-plan-jwt.md", text: "- [ ] cookies\n" } as const,
    signal({ status: "waiting", phase: "planning", for: "plan_approval" }),
  ];
  const calls = [ask, block, investigate, plan, replan, implement, test, clean, sum];
  await using bench = await createBench({ calls }, { env: env() });
  const run = bench.start("t", "--task", "x", "--wait");

  const questions = await told("Where do tokens live?");
  expect(await member.press(questions, "Q1 B")).toEqual({
    text: "Q1: B) localStorage. It continues.",
    isAlert: false,
  });
  const blocked = await told("No <key> & no door");
  await member.press(blocked, "Resume with a note…");
  member.say("It is under the mat", await told("reply to this message with a note"));
  const first = await told("t: waits for approval of the plan");
  await member.press(first, "Reject…");
  member.say("Use cookies", await told("what should change"));
  const second = await told("☐ cookies");
  expect(await member.press(second, "Approve")).toMatchObject({ isAlert: false });
  expect(await run).toMatchObject({ exitCode: 0 });
  expect((await told("t: done")).text).toContain("JWT login, 14 tests");

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
  expect((await told("Where do tokens live?")).text).toContain(
    "✓ Q1: B) localStorage. It continues. (ada_l)",
  );
  expect(api.pending()).toEqual([]);
  const { stdout, stderr } = await run;
  expect(textOf(bench.project.root) + stdout + stderr).not.toContain(api.token.split(":")[1]);
});

it("picks up at its start what was answered while no run was there, and tells nothing twice", async () => {
  await using chat = await createTelegramChat();
  const { api, member, told, env } = chat;
  await using bench = await createBench({ calls: [ask, investigate, plan] }, { env: env() });
  expect(await bench.run("t", "--task", "x")).toMatchObject({ exitCode: 3 });
  const questions = await told("Where do tokens live?");
  expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
  expect(api.messages()).toHaveLength(1);

  const pressed = member.press(questions, "Accept all suggestions");
  await expect.poll(() => api.pending().length).toBe(1);
  expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
  expect(await pressed).toMatchObject({ isAlert: false });
  expect(bench.records().find(({ event }) => event === "answer")?.by).toBe("telegram:ada_l");
  await told("waits for approval of the plan");
  expect(bench.claude.calls()).toHaveLength(3);
});

it("lets one run listen for two sessions, and the other one take over when it ends", async () => {
  await using chat = await createTelegramChat();
  const { member, told, env } = chat;
  await using one = await createBench({ calls: [ask, plan], otherwise: sum }, { env: env() });
  const other = { ...env(), HOME: one.project.home };
  await using two = await createBench({ calls: [ask, investigate, plan] }, { env: other });
  const first = one.start("one", "--task", "x", "--wait");
  const asked = await told("one: waits");
  const second = two.start("two", "--task", "x", "--wait");
  const asksToo = await told("two: waits");
  expect(await member.press(asksToo, "Q1 A ★")).toMatchObject({ isAlert: false });
  const gate = await told("two: waits for approval");

  first.kill("SIGKILL");
  await first;
  expect(await member.press(asked, "Q1 A ★")).toEqual({
    text: "Q1: A) httpOnly cookie. Continue with: samocode-run one",
    isAlert: false,
  });
  expect(await member.press(gate, "Approve")).toMatchObject({ isAlert: false });
  expect(one.records().at(-1)).toMatchObject({ event: "answer", to: "paused" });
  second.kill("SIGINT");
  await second;
  // The poll that a killed run has left may meet the first one of the other run.
  expect(chat.api.conflicts()).toBeLessThanOrEqual(1);
});

it("hears a second chat for the sessions that are told there, and no other", async () => {
  await using chat = await createTelegramChat({ chats: [42, -100] });
  const { api, member, told, env } = chat;
  await using one = await createBench({ calls: [ask] }, { env: env() });
  const other = { ...env("-100"), HOME: one.project.home };
  await using two = await createBench({ calls: [ask] }, { env: other });
  const first = one.start("one", "--task", "x", "--wait");
  const mine = await told("one: waits");
  const second = two.start("two", "--task", "x", "--wait");
  const team = await told("two: waits", -100);
  const bob = api.member({ id: 7, first_name: "Bob" }, -100);
  const stranger = api.member({ id: 8, first_name: "Eve" }, 8);

  expect(await member.press(mine, team.keyboard[0]?.[0]?.callback_data ?? "")).toEqual({
    text: "There is no such session here.",
    isAlert: true,
  });
  stranger.say("/list");
  bob.say("/list");
  expect((await told("two: waits for an answer (", -100)).text).not.toContain("one");
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

it("tells of a limit once, also over a restart, and that the session goes on", async () => {
  await using chat = await createTelegramChat();
  const { api, told, env } = chat;
  // Far enough ahead that it is still so when the agent reports it; half a minute is waited beyond it.
  const resetsAt = Math.ceil(Date.now() / 1000) + 15;
  const limited: readonly Step[] = [
    {
      do: "print",
      line: {
        type: "rate_limit_event",
        rate_limit_info: { status: "rejected", resetsAt, rateLimitType: "five_hour" },
      },
    },
    { do: "result", with: { is_error: true, api_error_status: 429, result: "session limit" } },
    { do: "exit", code: 1 },
  ];
  // That it goes on is news only as long as it works.
  const slow: readonly Step[] = [{ do: "sleep", ms: 3000 }, ...investigate];
  await using bench = await createBench({ calls: [limited, slow, plan] }, { env: env() });
  const first = bench.start("t", "--task", "x");
  const message = await told("t: usage limit reached, continues at ");
  expect(message.keyboard.flat().map(({ text }) => text)).toEqual(["Try now", "Stop"]);
  first.kill("SIGINT");
  await first;
  expect(await bench.run("t")).toMatchObject({ exitCode: 3 });
  const titles = api.messages().map(({ text }) => text.split("\n")[0]);
  expect(titles).toEqual([
    expect.stringContaining("limit reached"),
    "t: the limit is over, continues",
    "t: waits for approval of the plan",
  ]);
});

it("stops a session that works after its iteration", async () => {
  await using chat = await createTelegramChat();
  const { member, told, env } = chat;
  const busy: readonly Step[] = [{ do: "sleep", ms: 4000 }, ...investigate];
  await using bench = await createBench({ calls: [busy, plan] }, { env: env() });
  const run = bench.start("t", "--task", "x", "--wait");
  await expect.poll(() => bench.claude.calls()).toHaveLength(1);
  member.say("/status t");
  expect(await member.press(await told("t: works"), "Stop")).toEqual({
    text: "It will stop after this iteration.",
    isAlert: false,
  });
  await run;
  expect(bench.claude.calls()).toHaveLength(1);
  expect(bench.records().find(({ event }) => event === "stop")?.by).toBe("telegram:ada_l");
});

it("knows a group by its name", async () => {
  await using chat = await createTelegramChat({ chats: [-100], names: { "@Our_Team": -100 } });
  const { api, told, env } = chat;
  await using bench = await createBench(
    { calls: [ask, investigate, plan] },
    { env: env("@Our_Team") },
  );
  const run = bench.start("t", "--task", "x", "--wait");
  const bob = api.member({ id: 7, first_name: "Bob" }, -100);
  const questions = await told("t: waits for an answer", -100);
  expect(await bob.press(questions, "Q1 A ★")).toMatchObject({ isAlert: false });
  await told("t: waits for approval", -100);
  run.kill("SIGINT");
  await run;
});

it("tells by when a person is to act, that nobody did, and takes the approval all the same", async () => {
  await using chat = await createTelegramChat();
  const { member, told, env, api } = chat;
  await using bench = await createBench(
    { calls: [investigate, plan, implement, test, clean, sum] },
    { env: env(), settings: { ON_APPROVAL_TIMEOUT: "block after 3s" } },
  );
  const run = bench.start("t", "--task", "x", "--wait");
  const first = await told("t: waits for approval of the plan");
  expect(first.text).toMatch(/by \d\d-\d\d \d\d:\d\d, then it is blocked$/);
  await told("t: blocked: timed out waiting for approval of the plan");
  expect(api.messages()).toHaveLength(2);
  expect(await member.press(first, "Approve")).toMatchObject({
    text: "The plan is approved. It continues.",
  });
  expect(await run).toMatchObject({ exitCode: 0 });
});
