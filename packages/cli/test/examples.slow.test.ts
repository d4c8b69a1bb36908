import { cpSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { createTempFolder } from "@samocode/testkit";
import { execa } from "execa";
import { expect, it } from "vitest";
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

it("runs a session folder with an agent that is not Claude, up to the gate", async () => {
  await using folder = await createTempFolder("samocode-example-");
  cpSync(`${examples}session`, folder.path, { recursive: true });
  const { stdout, exitCode } = await example("other-agent.mjs", folder.path);
  expect(stdout.split("\n")).toContain("session.rested");
  expect(exitCode).toBe(3);
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
