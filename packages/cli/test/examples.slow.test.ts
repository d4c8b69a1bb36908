import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { HistoryRecord } from "@samocode/core/store";
import { createTempFolder } from "@samocode/testkit";
import { execa } from "execa";
import { rolldown } from "rolldown";
import { describe, expect, it } from "vitest";
import { browserPath, noBrowser, openBrowser } from "./inspect/support/browser.ts";
import { createBench, steps } from "./support/runner-cli.ts";

const examples = fileURLToPath(new URL("../../../examples/", import.meta.url));

const example = async (...args: string[]) =>
  execa(process.execPath, args, { cwd: examples, reject: false });

it("steps the machine in a few lines", async () => {
  const { stdout, exitCode } = await example("library.mjs");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("signal.continue → waiting.approval");
  expect(stdout).toContain("approve → working.implementation");
});

const answers = {
  investigation: { status: "continue", phase: "planning" },
  planning: { status: "waiting", for: "plan_approval" },
  implementation: { status: "continue", phase: "testing" },
  testing: { status: "continue", phase: "quality" },
  quality: { status: "continue", phase: "done" },
  done: { status: "done", summary: "It works." },
};
const shellAgent = Object.entries(answers)
  .map(([phase, signal]) => `[ $SAMOCODE_PHASE != ${phase} ] || echo '${JSON.stringify(signal)}'`)
  .join("; ");

const runAgent = (folder: string, input: string) =>
  execa(process.execPath, ["other-agent.mjs", folder, "Say hello.", shellAgent], {
    cwd: examples,
    reject: false,
    input,
  });

describe("an agent that is a shell command", () => {
  it("takes a session to its end, and the gate is passed by a human alone", async () => {
    await using temp = await createTempFolder("samocode-example-");
    const folder = join(temp.path, "26-01-15-hello");
    const refused = await runAgent(folder, "n\n");
    expect(refused.exitCode).toBe(3);
    expect(refused.stdout).toContain("signal.waiting: waiting.approval");
    const { exitCode, stdout } = await runAgent(folder, "y\n");
    expect(exitCode).toBe(0);
    expect(stdout.split("\n").at(-1)).toBe("signal.done: finished");
    const audit = await example("audit-gate.mjs", folder);
    expect(audit).toMatchObject({ exitCode: 0, stdout: `${folder}: ok, approved by terminal` });
  });

  it("is audited: a history that skips the gate fails", async () => {
    await using temp = await createTempFolder("samocode-example-");
    const folder = join(temp.path, "26-01-15-hello");
    await runAgent(folder, "y\n");
    const path = join(folder, "_signal_history.jsonl");
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    const forged = lines.map((line) => JSON.parse(line) as HistoryRecord);
    const memory = forged[0]?.memory;
    const others: HistoryRecord[] = [
      { seq: 2, event: "resume", by: "ada", to: "paused", memory },
      { seq: 3, event: "edit", by: "ada", to: "paused", memory },
    ];
    const skipped = [...forged.slice(0, 1), ...others, ...forged.slice(1)]
      .filter(({ event }) => event !== "approve")
      .map(({ memory, ...record }) => ({ ...record, memory: { ...memory, approval: undefined } }));
    writeFileSync(path, skipped.map((record) => `${JSON.stringify(record)}\n`).join(""));
    const { exitCode, stdout } = await example("audit-gate.mjs", folder);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/record \d+: .* led to working\.implementation without an approval/);
  });

  it("is decided on from a chat, and only for the plan that was shown", async () => {
    await using temp = await createTempFolder("samocode-example-");
    const folder = join(temp.path, "26-01-15-hello");
    await runAgent(folder, "");
    writeFileSync(join(folder, "01-15-14:50-plan-hello.md"), "# Plan\n- [ ] say hello\n");
    const chat = (...messages: string[]) =>
      execa(process.execPath, ["chat-bot.mjs", temp.path], {
        cwd: examples,
        input: messages.map((message) => `${message}\n`).join(""),
      });
    const unseen = await chat("list", "approve hello", "what is that", "reject nothing");
    expect(unseen.stdout.split("\n")).toEqual([
      "hello: waiting.approval",
      "show the plan first",
      "what?",
      expect.stringContaining("cannot find a session `nothing`"),
    ]);
    const seen = await chat("plan hello", "reject hello smaller steps", "list");
    expect(seen.stdout).toBe("# Plan\n- [ ] say hello\n\npaused\nhello: paused");
    await runAgent(folder, "");
    const approved = await chat("plan hello", "approve hello");
    expect(approved.stdout.split("\n").at(-1)).toBe("paused");
    expect((await runAgent(folder, "")).exitCode).toBe(0);
  });
});

it("tests transitions with node:test", async () => {
  const { exitCode, stdout } = await example(
    "--test",
    "--test-reporter=tap",
    "transitions.test.mjs",
  );
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^# pass 9$/m);
});

it("shows the statechart in a React app, where each click leads on", async (test) => {
  test.skip(browserPath === undefined, noBrowser);
  const bundle = await rolldown({
    input: `${examples}view.jsx`,
    platform: "browser",
    transform: { define: { "process.env.NODE_ENV": '"production"' }, jsx: "react-jsx" },
  });
  const { output } = await bundle.generate({ format: "iife" });
  await using browser = await openBrowser();
  const { page } = browser;
  await page.setContent('<div id="root"></div>');
  await page.addScriptTag({ content: output[0].code });
  const press = (event: object) =>
    page.getByRole("button", { name: JSON.stringify(event), exact: true }).click();
  await press({ type: "signal.continue", phase: "planning" });
  await press({ type: "signal.waiting", for: "plan_approval" });
  await press({ type: "approve" });
  await expect
    .poll(() => page.locator("[data-state='working.implementation']").getAttribute("aria-current"))
    .toBe("step");
});

it("tells a webhook in ten lines, each thing once", async () => {
  const told: { title: string; text: string }[] = [];
  const server = createServer((request, response) => {
    request.setEncoding("utf8").on("data", (body: string) => {
      told.push(JSON.parse(body) as { title: string; text: string });
      // The first try is refused, and made again.
      response.writeHead(told.length === 1 ? 503 : 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const env = {
    SAMOCODE_NOTIFY: `${examples}webhook-channel.mjs`,
    WEBHOOK_URL: `http://127.0.0.1:${String(port)}/`,
  };
  await using bench = await createBench({ calls: [steps.ask] }, { env });
  const { exitCode, stderr } = await bench.run("t", "--task", "x");
  await bench.run("t");
  server.close();
  expect(exitCode).toBe(3);
  expect(stderr).toContain("the webhook answered 503. Retrying, and at the next start.");
  expect(told.map(({ title }) => title)).toEqual([
    "t: waits for an answer",
    "t: waits for an answer",
  ]);
  expect(told[1]?.text).toContain("A) httpOnly cookie");
});

it("shows an actor on the page, and goes on when somebody approves there", async () => {
  const run = execa(process.execPath, ["inspect.mjs"], { cwd: examples, reject: false });
  let told = "";
  run.stdout.on("data", (piece: Buffer) => (told += piece.toString()));
  await expect.poll(() => told, { timeout: 60_000 }).toContain("waiting.approval");
  const [link = ""] = told.split("\n");
  const { origin } = new URL(link);
  const cookie = (await fetch(link)).headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const answer = await fetch(`${origin}/api/decision`, {
    method: "POST",
    headers: { Cookie: cookie, Origin: origin, "Content-Type": "application/json" },
    body: JSON.stringify({ session: "example", decision: { type: "approve" } }),
  });
  expect(answer.status).toBe(200);
  const { exitCode, stdout } = await run;
  expect(exitCode).toBe(0);
  expect(stdout.split("\n").slice(1)).toEqual([
    "working.investigation",
    "working.planning",
    "waiting.approval",
    "working.implementation",
    "working.testing",
    "working.quality",
    "working.done",
    "finished",
  ]);
});

it("is the example that docs/channels.md shows", () => {
  const source = readFileSync(`${examples}webhook-channel.mjs`, "utf8");
  const docs = readFileSync(`${examples}../docs/channels.md`, "utf8");
  const [, shown] =
    /<!-- example:start -->\n```js\n([^]*?)```\n<!-- example:end -->/.exec(docs) ?? [];
  expect(shown).toBe(source);
});
