import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

import { createStandIn, createTempFolder, createTempProject, startCli } from "../src/index.ts";
import { kinds, play } from "./play.ts";

const ID = "11111111-1111-4111-8111-111111111111";

test("a call prints the stream of the CLI and ends with a successful result", async () => {
  const { code, lines } = await play(
    {
      calls: [
        [
          { do: "say", text: "Looking." },
          { do: "tool", name: "Read", input: { file_path: "{cwd}/a.ts" }, output: "export {}" },
          { do: "say", text: "Done." },
        ],
      ],
    },
    "hello",
    ["--session-id", ID, "--agent", "samocode:planning"],
  );
  expect(code).toBe(0);
  expect(kinds(lines())).toEqual([
    "system/init",
    "assistant",
    "assistant",
    "user",
    "assistant",
    "result/success",
  ]);
  expect(lines().every((line) => line["session_id"] === ID)).toBe(true);
  expect(lines().at(-1)).toMatchObject({
    is_error: false,
    result: "Done.",
    num_turns: 2,
    total_cost_usd: 0.03,
  });
});

test("partial messages carry the raw events of the API", async () => {
  const { lines } = await play({ calls: [[{ do: "say", text: "Hello" }]] }, "hi", [
    "--include-partial-messages",
  ]);
  const deltas = lines().flatMap((line) => {
    const event = line["event"] as { delta?: { text?: string } } | undefined;
    return event?.delta?.text ?? [];
  });
  expect(deltas.join("")).toBe("Hello");
});

test("files are written where the prompt says that the session is", async () => {
  await using folder = await createTempFolder();
  const session = join(folder.path, "a session");
  const { code } = await play(
    {
      calls: [
        [
          {
            do: "write",
            path: "{session}/_signal.json",
            content: { iteration: "{iteration}", phase: "{phase}" },
          },
          { do: "write", path: "{session}/notes.md", content: "one\n" },
          { do: "append", path: "{session}/notes.md", text: "two\n" },
          { do: "replace", path: "{session}/notes.md", from: "one", to: "$& 1" },
        ],
      ],
    },
    `Do it.\nSession folder: ${session}\nPhase: planning\nIteration: 7\n`,
  );
  expect(code).toBe(0);
  expect(JSON.parse(readFileSync(join(session, "_signal.json"), "utf8"))).toEqual({
    iteration: 7,
    phase: "planning",
  });
  expect(readFileSync(join(session, "notes.md"), "utf8")).toBe("$& 1\ntwo\n");
});

test("a place that the prompt does not fill fails the call and says which", async () => {
  const { code, stderr, lines } = await play(
    { calls: [[{ do: "write", path: "{session}/x", content: "" }]] },
    "hello",
  );
  expect(code).toBe(70);
  expect(stderr).toContain("`{session}`");
  expect(kinds(lines())).toEqual(["system/init"]);
});

test("calls are counted on disk, each gets its own steps, and the rest get `otherwise`", async () => {
  await using folder = await createTempFolder();
  await using claude = await createStandIn({
    calls: [[{ do: "say", text: "first" }], [{ do: "say", text: "second" }]],
    otherwise: [{ do: "exit", code: 9 }],
  });
  const codes: unknown[] = [];
  for (const prompt of ["a", "b", "c"])
    codes.push(await startCli(claude.path, folder.path, { prompt }).ended);
  expect(codes).toEqual([0, 0, 9]);
  expect(claude.calls().map(({ number, prompt, exitCode }) => [number, prompt, exitCode])).toEqual([
    [1, "a", 0],
    [2, "b", 0],
    [3, "c", 9],
  ]);
});

test("a call that was not foreseen fails and says so", async () => {
  const { code, stderr } = await play({ calls: [] }, "hello");
  expect([code, stderr]).toEqual([70, expect.stringContaining("cannot play call 1")]);
});

test("a result can be changed, come twice, or be missing", async () => {
  const { code, lines } = await play(
    {
      calls: [
        [
          { do: "say", text: "a" },
          { do: "result" },
          {
            do: "result",
            with: { subtype: "error_during_execution", is_error: true },
          },
        ],
      ],
    },
    "x",
  );
  expect(code).toBe(1);
  expect(
    lines()
      .slice(2)
      .map(({ is_error: isError }) => isError),
  ).toEqual([false, true]);
  expect(lines().at(-1)).not.toHaveProperty("result");
  const none = await play(
    {
      calls: [
        [
          { do: "say", text: "a" },
          { do: "exit", code: 0 },
        ],
      ],
    },
    "x",
  );
  expect([none.code, kinds(none.lines())]).toEqual([0, ["system/init", "assistant"]]);
});

test("the limits on turns and money end a call with an error", async () => {
  const tool = { do: "tool", name: "Read", input: {} } as const;
  const turns = await play({ calls: [[tool, tool, tool]] }, "x", ["--max-turns", "2"]);
  expect([turns.code, turns.lines().at(-1)]).toEqual([
    1,
    expect.objectContaining({
      subtype: "error_max_turns",
      is_error: true,
      num_turns: 3,
      errors: ["Reached maximum number of turns (2)"],
    }),
  ]);
  const money = await play({ calls: [[{ do: "say", text: "a", costUsd: 2 }]] }, "x", [
    "--max-budget-usd",
    "1",
  ]);
  expect([money.code, money.lines().at(-1)]).toEqual([
    1,
    expect.objectContaining({ subtype: "error_max_budget_usd", total_cost_usd: 2 }),
  ]);
});

test("a module chooses the steps by what the call is told", async () => {
  await using folder = await createTempFolder();
  const module = join(folder.path, "by-phase.mjs");
  await writeFile(
    module,
    "export const steps = (call) => [{ do: 'say', text: `I do ${call.phase}` }];",
  );
  await using claude = await createStandIn(module);
  const cli = startCli(claude.path, folder.path, { prompt: "Phase: testing" });
  expect(await cli.ended).toBe(0);
  expect(cli.lines().at(-1)).toMatchObject({ result: "I do testing" });
});

test("a commit takes all changes of the working folder", async () => {
  await using project = await createTempProject({ dirty: true });
  await using claude = await createStandIn({ calls: [[{ do: "commit", message: "Do {phase}" }]] });
  const cli = startCli(claude.path, project.root, {
    prompt: "Phase: implementation",
    cwd: project.repo,
    env: { ...project.env },
  });
  expect(await cli.ended).toBe(0);
  expect(await project.git("log", "-1", "--format=%s")).toBe("Do implementation");
  expect(await project.git("status", "--porcelain")).toBe("");
});
