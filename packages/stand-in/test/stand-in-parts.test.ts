// The parts of a stand-in, in this process.
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { createTempFolder, type TempFolder } from "../src/index.ts";
import { fillPlaces, parsePrompt, readSteps } from "../src/scenario.ts";
import { parseArguments } from "../src/stand-in-arguments.ts";
import { runStopHooks } from "../src/stand-in-hooks.ts";
import { claimNumber, findAlive, readCalls, writeCall } from "../src/stand-in-journal.ts";

let folder: TempFolder;
const at = (name: string): string => join(folder.path, name);
beforeEach(async () => {
  folder = await createTempFolder();
});
afterEach(() => folder.dispose());

const call = { number: 1, argv: [], cwd: "/w", prompt: "" };

describe("the journal", () => {
  test("gives each call the next number, whoever has taken the one before", () => {
    expect([claimNumber(folder.path), claimNumber(folder.path)]).toEqual([1, 2]);
    writeFileSync(at("claims/3"), "");
    expect(claimNumber(folder.path)).toBe(4);
    writeFileSync(at("file"), "");
    expect(() => claimNumber(at("file"))).toThrow(/ENOTDIR|EEXIST/);
  });

  test("joins the lines of a call, in the order in which the calls began", () => {
    expect(readCalls(folder.path)).toEqual([]);
    writeCall(folder.path, { number: 2, prompt: "b" });
    writeCall(folder.path, { number: 1, prompt: "a", started: [7] });
    writeCall(folder.path, { number: 2, exitCode: 3 });
    writeCall(folder.path, { number: 1, started: [8] });
    appendFileSync(at("calls.jsonl"), "\n");
    expect(readCalls(folder.path)).toEqual([
      { number: 2, prompt: "b", exitCode: 3, started: [] },
      { number: 1, prompt: "a", started: [7, 8] },
    ]);
  });

  test("knows who is alive", () => {
    expect(findAlive([process.pid, 2 ** 22 + 1])).toEqual([process.pid]);
    expect(findAlive([])).toEqual([]);
  });
});

const command = (text: string, more = {}) => ({ type: "command", command: text, ...more });

describe("the Stop hooks", () => {
  const input = {
    session_id: "s1",
    cwd: "/tmp",
    hook_event_name: "Stop",
    stop_hook_active: false,
    last_assistant_message: "Done, ünd.",
  } as const;
  const run = (...hooks: readonly object[]) =>
    runStopHooks(JSON.stringify({ hooks: { Stop: [{}, { hooks }] } }), input);

  test("block with the exit code 2, and say why on stderr; with another one they do not", () => {
    expect(run(command("echo why >&2; exit 2"))).toBe("[echo why >&2; exit 2]: why\n");
    expect(run(command("echo why >&2; exit 1"))).toBeUndefined();
    expect(run(command("exit 0"))).toBeUndefined();
  });

  test("block with a decision on stdout", () => {
    expect(run(command(`echo ' {"decision":"block","reason":"no"}'`))).toBe("no");
    expect(run(command(`echo '{"decision":"block"}'`))).toBe("");
    expect(run(command(`echo '{"decision":"approve","reason":"no"}'`))).toBeUndefined();
    expect(run(command("echo block"))).toBeUndefined();
  });

  test("are told all, and in their environment where they are", () => {
    run(
      command(
        `cat > '${at("in")}'; echo "$CLAUDE_PROJECT_DIR $CLAUDE_CODE_SESSION_ID" > '${at("env")}'`,
      ),
    );
    expect(JSON.parse(readFileSync(at("in"), "utf8"))).toEqual(input);
    expect(readFileSync(at("env"), "utf8")).toBe("/tmp s1\n");
  });

  test("are run one after the other, until the first that blocks", () => {
    const order = [
      command("exit 0"),
      { type: "prompt", command: "exit 2" },
      { type: "command" },
      command("echo a >&2; exit 2"),
      command(`touch '${at("late")}'; echo b >&2; exit 2`),
    ];
    expect(run(...order)).toContain("]: a\n");
    expect(() => readFileSync(at("late"))).toThrow("ENOENT");
  });

  test("do not block when they hang", () => {
    expect(run(command("sleep 30; exit 2", { timeout: 0.1 }))).toBeUndefined();
  });

  test("come from a file as well, and may be missing", () => {
    writeFileSync(
      at("settings.json"),
      JSON.stringify({ hooks: { Stop: [{ hooks: [command("exit 2")] }] } }),
    );
    expect(runStopHooks(at("settings.json"), input)).toBe("[exit 2]: ");
    for (const settings of [undefined, "{}", ' {"hooks":{}}', '{"hooks":{"Stop":[]}}']) {
      expect(runStopHooks(settings, input)).toBeUndefined();
    }
  });
});

describe("the arguments", () => {
  const id = "11111111-1111-4111-8111-111111111111";

  test("have their defaults", () => {
    expect(parseArguments(["-p"])).toEqual({
      model: "opus",
      pluginFolders: [],
      permissionMode: "default",
      maxTurns: Number.POSITIVE_INFINITY,
      maxBudgetUsd: Number.POSITIVE_INFINITY,
      includePartialMessages: false,
      version: false,
    });
  });

  test("are read, each in its place", () => {
    const text = `-p hello --session-id ${id} -r r --agent a --settings s --model m --plugin-dir x --plugin-dir y --permission-mode plan --max-turns 3 --max-budget-usd 1.5 --include-partial-messages`;
    expect(parseArguments(text.split(" "))).toEqual({
      sessionId: id,
      resume: "r",
      agent: "a",
      settings: "s",
      prompt: "hello",
      model: "m",
      pluginFolders: ["x", "y"],
      permissionMode: "plan",
      maxTurns: 3,
      maxBudgetUsd: 1.5,
      includePartialMessages: true,
      version: false,
    });
    expect(parseArguments(["-v"])).toMatchObject({ version: true });
    expect(parseArguments(["--version"])).toMatchObject({ version: true });
  });

  test.each([
    [["--agent", "x"], "print mode"],
    [["-p", "--output-format", "stream-json"], "requires --verbose"],
    [["-p", "--session-id", `${id}0`], "Invalid session ID"],
    [["-p", "--session-id", `0${id}`], "Invalid session ID"],
    [["-p", "--nonsense"], "unknown option '--nonsense'"],
    [["-p", "--nonsense=1", "x"], "unknown option '--nonsense"],
    [["-p", "-z"], "unknown option '-z'"],
  ])("%j are refused in the CLI's words", (argv, words) => {
    expect(() => parseArguments(argv)).toThrow(words);
  });

  test("take an id in capitals, and plain text without --verbose", () => {
    const capitals = id.replaceAll("1", "A");
    expect(parseArguments(["-p", "--session-id", capitals])).toMatchObject({ sessionId: capitals });
    expect(parseArguments(["-p", "--output-format", "text"]).version).toBe(false);
  });
});

describe("a scenario", () => {
  test("gives each call its steps, and the rest the ones for all others", async () => {
    const [first, second, others] = ["a", "b", "c"].map((text) => [{ do: "say", text }]);
    writeFileSync(at("s.json"), JSON.stringify({ calls: [first, second], otherwise: others }));
    const steps = [];
    for (const number of [1, 2, 3]) steps.push(await readSteps(at("s.json"), { ...call, number }));
    expect(steps).toEqual([first, second, others]);
    writeFileSync(at("s.json"), JSON.stringify({ calls: [first] }));
    await expect(readSteps(at("s.json"), { ...call, number: 2 })).rejects.toThrow("call 2");
  });

  test("may be a module", async () => {
    mkdirSync(at("a b"));
    writeFileSync(
      at("a b/s.mjs"),
      "export const steps = (call) => [{ do: 'say', text: call.cwd }];",
    );
    expect(await readSteps(at("a b/s.mjs"), call)).toEqual([{ do: "say", text: "/w" }]);
  });

  test.each([
    ["Session folder: /a b \t\nIteration: 12\nPhase: ready-1 x", ["/a b", "12", "ready-1"]],
    ["x\nPhase: p\nPhase: q", [undefined, undefined, "p"]],
    ["My Session folder: /a\n Iteration: 1\nThe Phase: p", [undefined, undefined, undefined]],
    ["Iteration: x", [undefined, undefined, undefined]],
  ])("takes of the prompt %j what it says at the begin of a line", (prompt, facts) => {
    const { session, iteration, phase } = parsePrompt(prompt);
    expect([session, iteration, phase]).toEqual(facts);
  });

  test("has places for what the prompt says, each as often as it is there", () => {
    const told = { ...call, session: "/s", iteration: "3", phase: "p" };
    expect(fillPlaces("{session}/{iteration}-{phase} {cwd} {cwd} {other}", told)).toBe(
      "/s/3-p /w /w {other}",
    );
    expect(() => fillPlaces("{phase}", call)).toThrow("`{phase}`");
  });
});
