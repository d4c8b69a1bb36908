import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Notice } from "@samocode/core";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import { createCommandChannel } from "../src/command-channel.ts";

const notice: Notice = {
  kind: "blocked",
  reason: "$(touch pwned); `touch pwned` \"'",
  needs: "clarification",
  id: "n",
  session: "login",
  sessionId: "s",
  folder: "/",
  phase: "planning",
  iteration: 1,
  costUsd: 0,
  title: "login: blocked; touch pwned",
  text: "login: blocked\n\n$(touch pwned) {kind} & {title}",
};

async function createProgram(script: string) {
  const folder = await createTempFolder("samocode-command-");
  const program = join(folder.path, "tell.mjs");
  writeFileSync(program, `#!${process.execPath}\n${script}`);
  chmodSync(program, 0o755);
  return { path: folder.path, program, [Symbol.asyncDispose]: () => folder.dispose() };
}

const noteAll = `
import { writeFileSync } from "node:fs";
let stdin = "";
for await (const part of process.stdin) stdin += part;
console.log("chatter");
writeFileSync("got.json", JSON.stringify({ argv: process.argv.slice(2), stdin, env: process.env }));
`;

it("gets the notice in its words, on stdin and in variables, and no shell reads any of it", async () => {
  await using made = await createProgram(noteAll);
  const env = { PATH: process.env["PATH"], TELEGRAM_BOT_TOKEN: "1:secret", MINE: "yes" };
  const words = [made.program, "{title}", "in one: {text}", "a b", "{other}"];
  const channel = createCommandChannel(words, { cwd: made.path, env, secrets: ["TELEGRAM_*"] });
  await channel.tell(notice, new AbortController().signal);
  const got = JSON.parse(readFileSync(join(made.path, "got.json"), "utf8")) as {
    argv: string[];
    stdin: string;
    env: Record<string, string>;
  };
  expect(got.argv).toEqual([notice.title, `in one: ${notice.text}`, "a b", "{other}"]);
  expect(JSON.parse(got.stdin)).toEqual(notice);
  expect(got.env).toMatchObject({
    SAMOCODE_NOTICE_TITLE: notice.title,
    SAMOCODE_NOTICE_TEXT: notice.text,
    SAMOCODE_NOTICE_SESSION: "login",
    SAMOCODE_NOTICE_KIND: "blocked",
    MINE: "yes",
  });
  expect(got.env).not.toHaveProperty("TELEGRAM_BOT_TOKEN");
  expect(existsSync(join(made.path, "pwned"))).toBe(false);
});

it("takes a notice that is longer than the system takes as a word", async () => {
  await using made = await createProgram(noteAll);
  const channel = createCommandChannel([made.program, "{text}"], {
    cwd: made.path,
    env: {},
    secrets: [],
  });
  const long = { ...notice, text: "x".repeat(1_000_000) };
  await channel.tell(long, new AbortController().signal);
  const got = readFileSync(join(made.path, "got.json"), "utf8");
  expect(got.length).toBeGreaterThan(1_000_000);
});

it.each([
  ["process.stderr.write('no bus'); process.exit(3)", "ended with exit code 3: no bus"],
  ["process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000)", "ended with SIGKILL"],
])("says how a command failed: %s", async (script, why) => {
  await using made = await createProgram(script);
  const channel = createCommandChannel([made.program], { cwd: made.path, env: {}, secrets: [] });
  await expect(channel.tell(notice, new AbortController().signal)).rejects.toThrow(why);
});

it("says that there is no such program", async () => {
  const channel = createCommandChannel(["no-such-program-here"], {
    cwd: "/",
    env: {},
    secrets: [],
  });
  await expect(channel.tell(notice, new AbortController().signal)).rejects.toThrow(
    "`no-such-program-here` is not a program on the PATH",
  );
});

it("ends a command that hangs when it is told to", async () => {
  await using made = await createProgram("setInterval(() => {}, 1000)");
  const channel = createCommandChannel([made.program], { cwd: made.path, env: {}, secrets: [] });
  const cancel = new AbortController();
  const telling = channel.tell(notice, cancel.signal);
  cancel.abort();
  await expect(telling).rejects.toThrow("ended with");
});
