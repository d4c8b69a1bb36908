import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createTempProject, type TempProject } from "@samocode/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runIdVariable, findByEnvironment, identifyProcess } from "@samocode/process";
import { runTestCommand } from "../../src/evidence/test-command.ts";

let project: TempProject;
let outputFile: string;

beforeAll(async () => {
  project = await createTempProject();
  outputFile = join(project.root, "tests.txt");
});

afterAll(async () => {
  await project.dispose();
});

let runs = 0;

function run(
  command: string,
  options: {
    timeoutMs?: number;
    cancel?: AbortSignal;
    kill?: AbortSignal;
    graceMs?: number;
    cwd?: string;
    runId?: string;
    outputFile?: string;
  } = {},
) {
  return runTestCommand({
    command,
    cwd: project.repo,
    env: project.env,
    timeoutMs: 20_000,
    cancel: new AbortController().signal,
    outputFile,
    runId: `${process.pid}-${runs++}`,
    graceMs: 300,
    ...options,
  });
}

describe("a run of the test command", () => {
  it("tells what was run, where, how it ended and how many tests there were", async () => {
    const command = "echo '  3 passing (1ms)' && echo '  1 pending' >&2";
    const evidence = await run(command);
    expect(evidence).toEqual({
      command,
      verdict: "passed",
      exitCode: 0,
      exitSignal: null,
      durationMs: expect.any(Number),
      tests: { passed: 3, failed: 0, skipped: 1, total: 4 },
      commit: await project.git("rev-parse", "HEAD"),
      dirty: false,
      outputTail: "  3 passing (1ms)\n  1 pending",
      outputFile,
    });
    expect(await readFile(outputFile, "utf8")).toBe("  3 passing (1ms)\n  1 pending\n");
    expect((await stat(outputFile)).mode & 0o777).toBe(0o600);
  });

  it("is red with the end of the output, and keeps no secret in it", async () => {
    const evidence = await run("seq 9000; echo 'key sk-ant-api03-abcdefgh'; exit 3");
    expect(evidence).toMatchObject({ verdict: "red", exitCode: 3 });
    expect(evidence).not.toHaveProperty("tests");
    expect(evidence.outputTail).toMatch(/^\d+\n[\d\n]+\n9000\nkey sk-\*\*\*$/);
    expect(evidence.outputTail.length).toBeLessThanOrEqual(4000);
  });

  it("does not let a green run without tests pass", async () => {
    expect(await run("echo 'No tests found, exiting with code 0'")).toMatchObject({
      verdict: "no-tests",
      exitCode: 0,
    });
  });

  it("knows a command that is not there", async () => {
    const evidence = await run("no-such-runner --all");
    expect(evidence).toMatchObject({ verdict: "cannot-run", exitCode: 127 });
    expect(evidence.outputTail).toContain("no-such-runner");
  });

  it("knows a worktree that is not there", async () => {
    const evidence = await run("true", { cwd: join(project.root, "gone") });
    expect(evidence).toMatchObject({ verdict: "cannot-run", exitCode: null, exitSignal: null });
    expect(evidence.outputTail).toContain(join(project.root, "gone"));
    expect(evidence).not.toHaveProperty("commit");
  });

  it("says that the worktree is not as it was committed", async () => {
    const file = join(project.repo, "new.txt");
    await writeFile(file, "");
    expect(await run("rm new.txt")).toMatchObject({ verdict: "passed", dirty: true });
    await rm(file, { force: true });
  });

  it("has no stdin to wait for, and the shell reads the line as it is written", async () => {
    const evidence = await run(`cat && A='a b' && printf '%s|' "$A" $HOME && cd / && pwd`);
    expect(evidence.outputTail).toBe(`a b|${project.home}|/`);
  });

  it("reports a file that it cannot write", async () => {
    const gone = join(project.root, "gone", "tests.txt");
    await expect(run("true", { outputFile: gone })).rejects.toThrow(/ENOENT/);
  });
});

describe("the end of the test command", () => {
  it("is forced when the time is up, for all that it has started", async () => {
    const runId = `${process.pid}-late`;
    const command = "trap '' TERM; (trap '' TERM; sleep 30) & setsid sleep 30 & echo begun; wait";
    const evidence = await run(command, { timeoutMs: 400, runId });
    expect(evidence).toMatchObject({
      verdict: "timed-out",
      exitCode: null,
      exitSignal: "SIGKILL",
      outputTail: "begun",
    });
    expect(evidence.durationMs).toBeLessThan(3000);
    expect(findByEnvironment("SAMOCODE_RUN_ID", runId)).toEqual([]);
  });

  it("is forced when it is cancelled", async () => {
    const runId = `${process.pid}-cancelled`;
    const controller = new AbortController();
    const running = run("sleep 30", { cancel: controller.signal, runId });
    await expect.poll(() => findByEnvironment("SAMOCODE_RUN_ID", runId)).not.toEqual([]);
    controller.abort(new Error("stopped by a person"));
    await expect(running).rejects.toThrow("stopped by a person");
    expect(findByEnvironment("SAMOCODE_RUN_ID", runId)).toEqual([]);
    await expect(run("true", { cancel: controller.signal })).rejects.toThrow("stopped by a person");
  });

  it("takes no time where a person asks a second time", async () => {
    const runId = `${process.pid}-killed-at-once`;
    const cancel = new AbortController();
    const kill = new AbortController();
    const graceMs = 60_000;
    const stubborn = "trap '' TERM INT HUP; echo >begun; while :; do sleep 1; done";
    const options = { cwd: project.root, runId, graceMs, cancel: cancel.signal, kill: kill.signal };
    const running = run(stubborn, options);
    await expect.poll(() => existsSync(join(project.root, "begun"))).toBe(true);
    cancel.abort(new Error("stopped by a person"));
    await sleep(200);
    kill.abort();
    await expect(running).rejects.toThrow("stopped by a person");
    expect(findByEnvironment("SAMOCODE_RUN_ID", runId)).toEqual([]);
  }, 20_000);

  it("leaves nothing running, in whatever group and without its environment", async () => {
    const runId = `${process.pid}-server`;
    const pidFile = join(project.root, "bare.pid");
    const evidence = await run(
      `setsid sleep 31 & env -i sh -c 'echo $$ >${pidFile}; exec sleep 32' & sleep 0.1; echo '1 passed'`,
      { runId },
    );
    expect(evidence).toMatchObject({ verdict: "passed", exitCode: 0 });
    expect(findByEnvironment("SAMOCODE_RUN_ID", runId)).toEqual([]);
    const bare = Number(await readFile(pidFile, "utf8"));
    expect(identifyProcess(bare)).toBeUndefined();
  });

  it("comes before a new run of the same id begins", async () => {
    const runId = `${process.pid}-killed`;
    // As a runner has left it that was killed: one that lives ends what its own run has started, at any moment.
    const left = spawn("/bin/sh", ["-c", "echo begun; sleep 300; echo never"], {
      env: { ...process.env, [runIdVariable]: runId },
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    const ended = once(left, "exit");
    writeFileSync(join(project.root, "first.pid"), String(left.pid));
    await once(left.stdout, "data");
    const second = await run("kill -0 $(cat first.pid) || echo '1 passed'", {
      cwd: project.root,
      runId,
    });
    expect(second.verdict).toBe("passed");
    expect(second.outputTail).toContain("1 passed");
    expect(await ended).toEqual([null, "SIGTERM"]);
  });
});
