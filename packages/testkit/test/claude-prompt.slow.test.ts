import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import {
  type ApiRequest,
  createTempProject,
  scriptedConversation,
  type TempProject,
  text,
  toolUse,
} from "../src/index.ts";
import { type Line, runClaude } from "./run-claude.ts";

const FIRST = "11111111-1111-4111-8111-111111111111";
const SECOND = "22222222-2222-4222-8222-222222222222";

let project: TempProject;
let plugin: string;

beforeEach(async () => {
  project = await createTempProject();
  plugin = join(project.root, "plugin");
  await mkdir(join(plugin, ".claude-plugin"), { recursive: true });
  await mkdir(join(plugin, "agents"));
  await writeFile(join(plugin, ".claude-plugin", "plugin.json"), '{ "name": "samocode" }');
  await writeFile(
    join(plugin, "agents", "planning.md"),
    "---\nname: planning\ndescription: Plans.\n---\nYou plan.\n",
  );
});

afterEach(async () => {
  await project.dispose();
});

/** All the flags of an iteration. */
function listFlags(session: readonly string[], stop = "exit 0"): string[] {
  const hook = { type: "command", command: stop, timeout: 10 };
  const settings = JSON.stringify({ hooks: { Stop: [{ hooks: [hook] }] } });
  const prompt = ["--plugin-dir", plugin, "--agent", "samocode:planning"];
  prompt.push("--append-system-prompt", "The workflow.");
  return [
    "--include-partial-messages",
    "--max-turns",
    "5",
    ...prompt,
    ...session,
    "--settings",
    settings,
  ];
}

/** What the prompt cache can keep from one run to the next: the tools, and the system blocks that are marked. */
function cachedPart({ tools, system }: ApiRequest): string {
  return JSON.stringify([tools, system.filter((block) => block["cache_control"] !== undefined)]);
}

test("an iteration's flags work together: agent, plugin, hook, prompt and stdout as files", async () => {
  const { code, lines, result, requests } = await runClaude({
    project,
    script: scriptedConversation([
      toolUse("Bash", { command: "echo hi", description: "x" }),
      text("Done."),
    ]),
    prompt: "Phase: planning\n",
    flags: listFlags(["--session-id", FIRST]),
  });
  expect([code, result]).toEqual([
    0,
    expect.objectContaining({ subtype: "success", is_error: false }),
  ]);
  expect(lines[0]).toMatchObject({ subtype: "init", session_id: FIRST });
  expect(lines[0]?.["agents"]).toContain("samocode:planning");
  expect(lines[0]).not.toHaveProperty("plugin_errors");
  expect(requests[0]?.prompt.trim()).toBe("Phase: planning");
  expect(requests.map(({ turn }) => turn)).toEqual([0, 1]);
});

test("the system prompt ends with the agent and then the appended text, in one cached block", async () => {
  const { requests } = await runClaude({
    project,
    script: () => text("Done."),
    flags: listFlags(["--session-id", FIRST]),
  });
  expect(requests[0]?.system.at(-1)).toEqual({
    type: "text",
    text: "You plan.\n\nThe workflow.",
    cache_control: { type: "ephemeral" },
  });
});

test("tools and cached system blocks are the same bytes in every run, whatever the session and the prompt", async () => {
  const run = async (id: string, prompt: string) =>
    (
      await runClaude({
        project,
        script: () => text("Done."),
        prompt,
        flags: listFlags(["--session-id", id]),
      })
    ).requests[0];
  const first = await run(FIRST, "Iteration: 1");
  await writeFile(join(project.repo, "new.txt"), "changes the git status");
  const second = await run(SECOND, "Iteration: 2, and something else");
  if (first === undefined || second === undefined) throw new Error("no request was made");
  expect(cachedPart(second)).toBe(cachedPart(first));
  expect(cachedPart(first)).not.toContain(project.root);
  expect(cachedPart(first)).not.toContain(FIRST);
  expect(first.body.equals(second.body)).toBe(false);
});

async function readSystem(prompt: string, variables: Record<string, string>): Promise<string> {
  const { requests } = await runClaude({ project, script: () => text("Done."), prompt, variables });
  return JSON.stringify(requests[0]?.system);
}

test("only with CLAUDE_CODE_ATTRIBUTION_HEADER=0 is all of system the same, for a billing block differs by prompt", async () => {
  const off = { CLAUDE_CODE_ATTRIBUTION_HEADER: "0" };
  expect(await readSystem("A first prompt", {})).not.toBe(await readSystem("Some other words", {}));
  expect(await readSystem("A first prompt", off)).toBe(await readSystem("Some other words", off));
});

test("the environment and the date stand behind the prompt of the person, not in the system blocks", async () => {
  const { requests } = await runClaude({ project, script: () => text("Done.") });
  const [user, system] = requests[0]?.messages ?? [];
  expect([user?.role, system?.role]).toEqual(["user", "system"]);
  expect(JSON.stringify(system)).toContain(project.repo);
  expect(JSON.stringify(system)).toMatch(/date is \d{4}-\d\d-\d\d/);
});

test("a Stop hook holds the conversation until the signal is there, and is told what it needs", async () => {
  const signal = join(project.root, "_signal.json");
  const seen = join(project.root, "seen");
  const hook = [
    `cat > '${seen}.json'; echo "$SAMOCODE_RUN $CLAUDE_CODE_SESSION_ID $CLAUDE_PROJECT_DIR" > '${seen}.env'`,
    `[ -e '${signal}' ] || echo '{"decision":"block","reason":"write the signal"}'`,
  ].join("; ");
  const { code, lines, requests } = await runClaude({
    project,
    script: scriptedConversation([
      text("Done, I say."),
      toolUse("Write", { file_path: signal, content: "{}" }),
      text("Now it is."),
    ]),
    flags: listFlags(["--session-id", FIRST], hook),
    variables: { SAMOCODE_RUN: "run-7" },
  });
  expect(code).toBe(0);
  expect(requests.map(({ turn }) => turn)).toEqual([0, 1, 2]);
  expect(JSON.stringify(requests[1]?.messages)).toContain("Stop hook feedback:\\nwrite the signal");
  expect(lines.some(({ type, isSynthetic }) => type === "user" && isSynthetic === true)).toBe(true);
  expect(JSON.parse(readFileSync(`${seen}.json`, "utf8"))).toMatchObject({
    session_id: FIRST,
    cwd: project.repo,
    hook_event_name: "Stop",
    stop_hook_active: true,
    last_assistant_message: "Now it is.",
  });
  expect(readFileSync(`${seen}.env`, "utf8")).toBe(`run-7 ${FIRST} ${project.repo}\n`);
});

test("a Stop hook that blocks by exit code 2 shows the model its whole command", async () => {
  const { requests } = await runClaude({
    project,
    script: () => text("Done."),
    flags: listFlags([], "[ -e told ] || { touch told; echo 'no signal' >&2; exit 2; }"),
  });
  expect(JSON.stringify(requests[1]?.messages)).toContain("Stop hook feedback:\\n[[ -e told ] ||");
});

test("a Stop hook that blocks for ever is overridden after eight times, and the run counts as a success", async () => {
  const { code, result, requests } = await runClaude({
    project,
    script: () => text("Done."),
    flags: [
      "--settings",
      JSON.stringify({ hooks: { Stop: [{ hooks: [{ type: "command", command: "exit 2" }] }] } }),
    ],
  });
  expect([code, result]).toEqual([0, expect.objectContaining({ is_error: false, result: "" })]);
  expect(requests).toHaveLength(9);
});

test("a conversation is resumed with the same flags, and its cost goes on from where it was", async () => {
  const script = scriptedConversation([text("One."), text("Two.")]);
  const first = await runClaude({ project, script, flags: listFlags(["--session-id", FIRST]) });
  const second = await runClaude({
    project,
    script,
    prompt: "Mend it.",
    flags: listFlags(["--resume", FIRST]),
  });
  expect([second.code, second.result]).toEqual([
    0,
    expect.objectContaining({ session_id: FIRST, result: "Two." }),
  ]);
  const cost = Number(first.result?.["total_cost_usd"]);
  expect(cost).toBeGreaterThan(0);
  expect(second.result?.["total_cost_usd"]).toBeCloseTo(2 * cost, 10);
  expect(sumSince(second.results)).toBeCloseTo(cost, 10);
  const [before, after] = [first.requests[0], second.requests[0]];
  if (before === undefined || after === undefined) throw new Error("no request was made");
  expect(cachedPart(after)).toBe(cachedPart(before));
});

/** What this process alone has cost. */
function sumSince(results: readonly Line[]): number {
  const models = results.flatMap((result) =>
    Object.values(result["model_usage_since_last_result"] as Record<string, { costUSD: number }>),
  );
  return models.reduce((sum, { costUSD }) => sum + costUSD, 0);
}

test("a subagent answers in the background unless that is forbidden: two results of one total cost", async () => {
  const agent = { description: "Look", prompt: "Look.", subagent_type: "general-purpose" };
  const script = scriptedConversation([toolUse("Agent", agent), text("Waiting."), text("Done.")]);
  const free = await runClaude({ project, script });
  expect(free.results.map(({ result }) => result)).toEqual(["Waiting.", "Done."]);
  expect(free.results[0]?.["total_cost_usd"]).toBe(free.results[1]?.["total_cost_usd"]);
  expect(free.requests.filter(({ agentId }) => agentId !== undefined)).toHaveLength(1);
  const forbidden = await runClaude({
    project,
    script,
    variables: { CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: "1" },
  });
  expect(forbidden.results.map(({ result }) => result)).toEqual(["Waiting."]);
});
