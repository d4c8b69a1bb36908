import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  cleanEnvironment,
  createScriptedApi,
  createTempFolder,
  createTempProject,
  installClaude,
  scriptedConversation,
  startCli,
  text,
  toolUse,
  type ReplyLike,
  type ScriptedApi,
  type TempFolder,
  type TempProject,
} from "@samocode/testkit";
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from "vitest";
import { formatHookSettings } from "../../src/signal-hook/hook-settings.ts";
import { parseRefusals } from "../../src/signal-hook/refusal.ts";
import { bundleHookProgram } from "./hook-program.ts";

let claude: string;
let built: TempFolder;
let script: string;
let project: TempProject;
let session: string;

beforeAll(async () => {
  claude = await installClaude();
  built = await createTempFolder("it's built ");
  script = await bundleHookProgram(built.path);
});

afterAll(async () => {
  await built.dispose();
});

beforeEach(async () => {
  project = await createTempProject();
  session = join(project.sessions, "26-01-15-login");
  await mkdir(join(session, "_logs"), { recursive: true });
  await writeFile(join(session, "_overview.md"), "# Session: login\n");
});

afterEach(async () => {
  await project.dispose();
});

/** What the agent does to write an answer. */
function answer(signal: object): ReplyLike {
  const content = JSON.stringify(signal);
  return toolUse("Bash", {
    command: `echo '${content}' > ${session}/_signal.json`,
    description: "Answer",
  });
}

/** Runs the CLI as the runner does, and gives its lines and what reached the API. */
async function runAgent(
  replies: readonly ReplyLike[],
  settings: object = formatHookSettings({ script }),
) {
  await using api = await createScriptedApi(scriptedConversation(replies));
  const run = startCli(claude, project.root, {
    prompt: "Do it.",
    cwd: project.repo,
    flags: ["--settings", JSON.stringify(settings), "--permission-mode", "bypassPermissions"],
    env: cleanEnvironment({
      home: project.home,
      apiUrl: api.url,
      variables: {
        SAMOCODE_SESSION: session,
        SAMOCODE_PHASE: "testing",
        SAMOCODE_ITERATION: "3",
        SAMOCODE_RUN_ID: "8e5c",
      },
    }),
  });
  const exitCode = await run.ended;
  return {
    exitCode,
    result: run.lines().findLast(({ type }) => type === "result"),
    told: feedback(api),
    api,
  };
}

/** What the hooks told the agent, in order. */
function feedback(api: ScriptedApi): string[] {
  const { messages = [] } = api.requests.at(-1) ?? {};
  return (
    messages
      .flatMap(({ content }) =>
        typeof content === "string" ? [content] : content.map(({ text = "" }) => text),
      )
      // Which role has it, and what stands around it, depends on the version of the CLI.
      .filter((told) => told.includes("Stop hook feedback:"))
  );
}

async function refusals() {
  return parseRefusals(await readFile(join(session, "_logs/8e5c.refused.ndjson"), "utf8"));
}

const right = { status: "continue", phase: "quality", iteration: 3 };

describe("the Stop hook in the real CLI", () => {
  it("does not come between an agent that answers as it should and its end", async () => {
    const { exitCode, result, told, api } = await runAgent([answer(right), text("Done.")]);
    expect({ exitCode, told }).toEqual({ exitCode: 0, told: [] });
    expect(result).toMatchObject({ is_error: false, result: "Done." });
    expect(api.requests).toHaveLength(2);
  });

  it("tells an agent that stops without a signal what is wrong, and it repairs it", async () => {
    const { exitCode, result, told } = await runAgent([
      text("Done."),
      answer({ status: "done", summary: "x", iteration: 3 }),
      text("Done now."),
      answer(right),
      text("Really done."),
    ]);
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({ is_error: false, result: "Really done." });
    expect(told).toHaveLength(2);
    expect(told[0]).toContain("> cannot find `_signal.json`");
    expect(told[1]).toContain("> cannot answer `done` in `testing`: expected `continue`");
    expect((await refusals()).map(({ problem }) => problem)).toEqual([
      expect.stringContaining("cannot find"),
      expect.stringContaining("cannot answer"),
    ]);
  });

  it("lets an agent that never answers stop after two tries", async () => {
    const { exitCode, result, told } = await runAgent(["One.", "Two.", "Three."].map(text));
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({ is_error: false, result: "Three." });
    expect(told).toHaveLength(2);
  });

  it("runs beside the hooks that the person has", async () => {
    const settings = join(project.repo, ".claude/settings.json");
    const mark = join(project.root, "hooked");
    const hook = { type: "command", command: `echo stop >> '${mark}'` };
    await mkdir(join(settings, ".."));
    await writeFile(settings, JSON.stringify({ hooks: { Stop: [{ hooks: [hook] }] } }));
    const { told } = await runAgent([text("Done."), answer(right), text("Done now.")]);
    expect(told).toHaveLength(1);
    expect(await readFile(mark, "utf8")).toBe("stop\nstop\n");
  });

  it("does not keep an agent from stopping when its program is not there", async () => {
    const settings = formatHookSettings({ script: join(project.root, "gone.js") });
    const { exitCode, told } = await runAgent([text("Done.")], settings);
    expect({ exitCode, told }).toEqual({ exitCode: 0, told: [] });
  });
});

describe("the settings in the real CLI", () => {
  it("put no word of the CLI into commits", async () => {
    const { hooks } = formatHookSettings({ script });
    const script1 = [answer(right), text("Done.")];
    const without = await runAgent(script1, { hooks });
    expect(without.api.requests[0]?.body.toString()).toContain("Co-Authored-By");
    const { api } = await runAgent(script1);
    expect(api.requests[0]?.body.toString()).not.toMatch(/Co-Authored-By|Generated with/);
  });
});
