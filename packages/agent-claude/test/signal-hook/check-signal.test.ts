import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTempFolder, type TempFolder } from "@samocode/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { formatMendMessage } from "../../src/texts/prompt.ts";
import { formatHookSettings } from "../../src/signal-hook/hook-settings.ts";
import { parseRefusals } from "../../src/signal-hook/refusal.ts";
import { bundleHookProgram, runHookCommand, type HookAnswer } from "./hook-program.ts";

let temp: TempFolder;
let script: string;
let session: string;

beforeAll(async () => {
  temp = await createTempFolder();
  script = await bundleHookProgram(temp.path);
});

afterAll(async () => {
  await temp.dispose();
});

beforeEach(async () => {
  session = join(temp.path, "26-01-15-login");
  await rm(session, { recursive: true, force: true });
  await mkdir(join(session, "_logs"), { recursive: true });
  await writeFile(join(session, "_overview.md"), "# Session: login\n");
});

async function check(variables: Record<string, string> = {}, input = "{}"): Promise<HookAnswer> {
  const command = formatHookSettings({ script }).hooks.Stop[0]?.hooks[0]?.command ?? "";
  const env = {
    SAMOCODE_SESSION: session,
    SAMOCODE_PHASE: "testing",
    SAMOCODE_ITERATION: "3",
    SAMOCODE_RUN_ID: "8e5c-1",
    ...variables,
  };
  return await runHookCommand(command, env, input);
}

async function signal(text: string): Promise<void> {
  await writeFile(join(session, "_signal.json"), text);
}

const silent: HookAnswer = { exitCode: 0, stdout: "", stderr: "" };

describe("the program of the Stop hook", () => {
  it("says nothing if the signal can be taken", async () => {
    await signal('{"status":"continue","phase":"quality","iteration":3}');
    expect(await check()).toEqual(silent);
    await expect(readFile(join(session, "_logs/8e5c-1.refused.ndjson"))).rejects.toThrow("ENOENT");
  });

  it("makes the agent go on with the exact error and what it may write", async () => {
    await signal('{"status":"continue","phase":"planning"}');
    const { exitCode, stdout, stderr } = await check();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      decision: "block",
      reason: formatMendMessage({
        error:
          "cannot go from `testing` to `planning`: expected `testing`, `quality`, `done`, `implementation`",
        sessionFolder: session,
        phase: "testing",
        iteration: 3,
      }),
    });
  });

  it("asks twice in one run, keeps what it refused, and then lets the agent stop", async () => {
    expect((await check()).stdout).toContain("cannot find");
    await signal("{}");
    expect((await check()).stdout).toContain("expected `status`");
    await signal("[]");
    expect(await check()).toEqual(silent);
    expect((await check({ SAMOCODE_RUN_ID: "8e5c-2" })).stdout).toContain("block");

    const kept = parseRefusals(
      await readFile(join(session, "_logs/8e5c-1.refused.ndjson"), "utf8"),
    );
    expect(kept.map(({ text }) => text)).toEqual([undefined, "{}"]);
  });

  it("reads all that it is told, however much", async () => {
    await signal('{"status":"continue"}');
    const input = JSON.stringify({ last_assistant_message: "x".repeat(1_000_000) });
    expect(await check({}, input)).toEqual(silent);
  });

  it.each([
    ["no session", { SAMOCODE_SESSION: "" }],
    ["a session that is not there", { SAMOCODE_SESSION: "/nowhere" }],
    ["a phase that nobody knows", { SAMOCODE_PHASE: "party" }],
    ["no number of the iteration", { SAMOCODE_ITERATION: "x" }],
    ["a run id that is a path", { SAMOCODE_RUN_ID: "../../x" }],
  ])("lets the agent stop when it is told of %s", async (_, variables) => {
    const { stderr, ...rest } = await check(variables);
    expect(rest).toEqual({ exitCode: 0, stdout: "" });
    expect(stderr).toMatch(/^samocode cannot check the signal: Error: expected SAMOCODE_SESSION/);
  });

  it("lets the agent stop where it could not keep what it refuses", async () => {
    await rm(join(session, "_logs"), { recursive: true });
    const { stderr, ...rest } = await check();
    expect(rest).toEqual({ exitCode: 0, stdout: "" });
    expect(stderr).toContain("ENOENT");
  });
});
