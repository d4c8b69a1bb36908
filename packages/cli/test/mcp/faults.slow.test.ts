import { appendFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { acquireLock } from "@samocode/process";
import { expect, it } from "vitest";
import { steps } from "../support/runner-cli.ts";
import { createMcpBench, versionIn } from "./mcp-bench.ts";

const { ask, investigate, plan } = steps;
const hang = [{ do: "hang" }] as const;
const session = "login";
const task = "Add JWT login.";

it("answers a mistake with the message that the command line prints", async () => {
  await using mcp = await createMcpBench({ calls: [ask, plan] });
  const { bench } = mcp;
  const { call } = await mcp.connect();
  /** The same mistake, made through both. */
  const both = async (
    tool: string,
    input: Record<string, unknown>,
    ...args: string[]
  ): Promise<string> => {
    const [{ text, isError }, { stderr, exitCode }] = await Promise.all([
      call(tool, input),
      bench.run(...args),
    ]);
    expect(isError).toBe(true);
    expect(exitCode).toBe(2);
    expect(text).toBe(stderr);
    return text;
  };
  expect(await both("start", { session }, "run", session)).toContain("a new one needs a task");
  expect(await both("start", { session: "../x", task }, "run", "../x", "--task", "x")).toContain(
    "cannot take",
  );
  await both("start", { session: "-x", task }, "run", "--task", "x", "--", "-x");
  expect(readdirSync(bench.project.sessions)).toEqual([]);

  await call("start", { session, task });
  await call("wait", { session, seconds: 100 });
  expect(await both("status", { session: "logn" }, "status", "logn")).toContain(
    "Did you mean `login`?",
  );
  expect(
    await both("answer", { session, answers: { Q9: "A" } }, "answer", session, "Q9=A"),
  ).toContain("no such question");
  expect(
    await both("reject", { session, feedback: "x" }, "reject", session, "--feedback", "x"),
  ).toContain("no plan waits for approval. Its state now: waits for answers");
  expect(mcp.bench.claude.calls()).toHaveLength(1);
});

it("refuses input that it does not know, and says what it expects", async () => {
  await using mcp = await createMcpBench({ calls: [] });
  const { call } = await mcp.connect();
  const refused = async (tool: string, input: Record<string, unknown>): Promise<string> => {
    const { text, isError } = await call(tool, input);
    expect(isError).toBe(true);
    expect(text).not.toMatch(/\n\s+at /);
    return text;
  };
  expect(await refused("status", {})).toContain("session");
  expect(await refused("status", { session: 7 })).toContain("session");
  expect(await refused("status", { session: "x".repeat(5000) })).toContain("session");
  expect(await refused("start", { session, auto_approve: true })).toContain("auto_approve");
  expect(await refused("wait", { session, seconds: -1 })).toContain("seconds");
  expect(await refused("resume", { session, phase: "blocked" })).toContain("phase");
  expect(await refused("reject", { session, feedback: " " })).toContain("what should change");
  await expect(call("no-such-tool")).rejects.toThrow("no-such-tool");
});

it("approves no plan but the one that was shown, and none at all before there is one", async () => {
  await using mcp = await createMcpBench({ calls: [investigate, plan] });
  const { bench } = mcp;
  const { call } = await mcp.connect();
  await call("start", { session, task });
  await call("wait", { session, seconds: 100 });
  const shown = versionIn((await call("plan", { session })).text);
  writeFileSync(join(bench.folder(), "01-15-14:50-plan-jwt.md"), "# Another plan\n");
  expect(await call("approve", { session, version: shown })).toEqual({
    isError: true,
    text: expect.stringMatching(
      /^samocode-run: cannot approve version `\w+` of the plan of `login`: it is `\w+` now\./,
    ) as string,
  });
  expect(bench.records().at(-1)).toMatchObject({ to: "waiting.approval" });

  await call("start", { session: "other", task });
  expect((await call("plan", { session: "other" })).text).toBe(
    "samocode-run: cannot show a plan of `other`: it has none yet",
  );
});

it("starts nothing and makes nothing if the Claude CLI is missing", async () => {
  await using mcp = await createMcpBench(
    { calls: [] },
    { env: { CLAUDE_PATH: "/no/such/claude" } },
  );
  const { call } = await mcp.connect();
  const { text, isError } = await call("start", { session, task });
  expect({ text, isError }).toEqual({
    isError: true,
    text: expect.stringMatching(
      /^samocode-run: cannot find the Claude CLI `\/no\/such\/claude`/,
    ) as string,
  });
  expect(readdirSync(mcp.bench.project.sessions)).toEqual([]);
});

it("says in `start` why a runner has ended at once", async () => {
  await using mcp = await createMcpBench({ calls: [ask] });
  const { bench } = mcp;
  const { call } = await mcp.connect();
  await call("start", { session, task });
  await call("wait", { session, seconds: 100 });
  await call("stop", { session, now: true });
  const overview = join(bench.folder(), "_overview.md");
  writeFileSync(overview, readFileSync(overview, "utf8").replace("Phase: inv", "Phase: Inf"));
  const { text, isError } = await call("start", { session });
  expect(isError).toBe(true);
  expect(text).toMatch(/^samocode-run: cannot use .*_overview\.md:\d+: found `Phase: Inf/);
  expect(mcp.runner()).toBeUndefined();
});

it("returns from `wait` when the runner is killed, and the next start takes its agent over", async () => {
  await using mcp = await createMcpBench({
    calls: [[{ do: "sleep", ms: 4000 }, ...ask]],
  });
  const { bench } = mcp;
  const { call } = await mcp.connect();
  await call("start", { session, task });
  await expect.poll(() => bench.claude.calls().length).toBe(1);
  const waiting = call("wait", { session, seconds: 100 });
  process.kill(mcp.runner() ?? 0, "SIGKILL");
  const { text } = await waiting;
  expect(text).toContain("login: the runner exited");
  expect(text).toContain("runner: none");
  expect(text).toMatch(/^Next: `start` continues it\.$/m);
  expect((await call("start", { session })).text).toContain("It runs (pid");
  expect((await call("wait", { session, seconds: 100 })).text).toContain("waits for answers");
  expect(bench.claude.calls()).toHaveLength(1);
});

it("returns from `wait` when its time is over, tells progress until then, and can be cancelled", async () => {
  await using mcp = await createMcpBench({
    calls: [[{ do: "tool", name: "Read", input: { file_path: "login.ts" } }, ...hang]],
  });
  const { call } = await mcp.connect();
  await call("start", { session, task });
  const heard: string[] = [];
  const { text, isError } = await call(
    "wait",
    { session, seconds: 6 },
    { onProgress: ({ message = "" }) => heard.push(message) },
  );
  expect(isError).toBe(false);
  expect(text).toMatch(
    /^Still running after 6 s\. Call `wait` again\.\nlogin: an agent is working/,
  );
  expect(heard.length).toBeGreaterThan(1);
  expect(heard.at(-1)).toBe("#1: Read login.ts");

  const cancel = new AbortController();
  const cancelled = call("wait", { session, seconds: 3600 }, { signal: cancel.signal });
  cancel.abort();
  await expect(cancelled).rejects.toThrow("abort");
  expect((await call("status", { session })).text).toContain("an agent is working");
});

it("leaves a server that is killed in `wait` without an effect on the session", async () => {
  await using mcp = await createMcpBench({ calls: [[{ do: "sleep", ms: 3000 }, ...ask]] });
  const parent = await mcp.connect();
  await parent.call("start", { session, task });
  const waiting = parent.call("wait", { session, seconds: 100 });
  process.kill(parent.pid, "SIGKILL");
  await expect(waiting).rejects.toThrow("closed");
  const next = await mcp.connect();
  expect((await next.call("wait", { session, seconds: 100 })).text).toContain("waits for answers");
  expect(mcp.bench.claude.calls()).toHaveLength(1);
});

it("writes nothing but MCP to stdout, whatever there is to warn of, and ends when its stdin does", async () => {
  await using mcp = await createMcpBench({ calls: [ask] });
  const { bench } = mcp;
  appendFileSync(bench.project.config, "WORKTREE=x\n");
  const server = mcp.serve();
  let stdout = "";
  server.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  const messages = (): Record<string, unknown>[] =>
    stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const send = (message: Record<string, unknown>) =>
    server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  const request = async (id: number, method: string, params: Record<string, unknown>) => {
    send({ id, method, params });
    await expect.poll(() => messages().some((message) => message["id"] === id)).toBe(true);
  };
  const client = { capabilities: {}, clientInfo: { name: "raw", version: "1" } };
  await request(1, "initialize", { protocolVersion: "2025-06-18", ...client });
  send({ method: "notifications/initialized" });
  await request(2, "tools/list", {});
  await request(3, "tools/call", { name: "start", arguments: { session, task } });
  await request(4, "tools/call", { name: "wait", arguments: { session } });
  server.stdin.write("no JSON at all\n");
  await request(5, "tools/call", { name: "list", arguments: {} });
  send({ id: 6, method: "tools/call", params: { name: "wait", arguments: { session: "t" } } });
  server.stdin.end();
  const { exitCode, stderr } = await server;
  expect(exitCode).toBe(0);
  expect(stderr).toContain("WORKTREE");
  expect(messages().every((message) => message["jsonrpc"] === "2.0")).toBe(true);
  expect(JSON.stringify(messages())).toContain("waits for answers");
});

it("leaves a session alone that something else than a run holds", async () => {
  await using mcp = await createMcpBench({ calls: [ask] });
  const { bench } = mcp;
  const { call } = await mcp.connect();
  await call("start", { session, task });
  await call("wait", { session, seconds: 100 });
  await call("stop", { session, now: true });
  const lock = acquireLock(join(bench.folder(), ".run.lock"), { purpose: "archive" });
  const started = await call("start", { session });
  expect(started.text).toMatch(
    /^samocode-run: cannot run `login`: archive with pid \d+ on .* holds it/,
  );
  const stopped = await call("stop", { session, now: true });
  expect(stopped.text).toContain("`archive` is using it");
  lock.release();
  expect((await call("start", { session })).text).toMatch(/^It runs \(/);
});

it("writes what a runner says into no file that an agent has put a link to", async () => {
  await using mcp = await createMcpBench({
    calls: [
      [
        { do: "bash", command: "ln -s {session}/../target {session}/_logs/runner.stderr.txt" },
        ...ask,
      ],
    ],
  });
  const { bench } = mcp;
  const { call } = await mcp.connect();
  expect(await bench.run("run", session, "--task", task)).toMatchObject({ exitCode: 3 });
  appendFileSync(bench.project.config, "WORKTREE=x\n");
  expect((await call("start", { session })).text).toContain("> ");
  expect(existsSync(join(bench.project.sessions, "target"))).toBe(false);
  expect(bench.file("_logs/runner.stderr.txt")).toContain("WORKTREE");
});

it("serves no agent of a session", async () => {
  await using mcp = await createMcpBench({ calls: [] }, { env: { SAMOCODE_RUN_ID: "x" } });
  expect(await mcp.bench.run("mcp")).toMatchObject({
    exitCode: 2,
    stdout: "",
    stderr: expect.stringContaining("this command is for humans only") as string,
  });
});
