#!/usr/bin/env node
/**
 * Record what the real CLI prints in every way that it can end, into `packages/agent-claude/test/fixtures/streams`:
 * NAME.jsonl is its stdout, NAME.json its exit code, kill signal and stderr.
 *
 *     pnpm build && node packages/testkit/scripts/record-streams.mjs [NAME…]
 *
 * Paths, ports, times and random ids are replaced, so that recording again shows what the CLI has changed.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import {
  cleanEnvironment,
  createScriptedApi,
  createTempProject,
  installClaude,
  startCli,
} from "../dist/index.js";
import { cases, SESSION_ID } from "./stream-cases.mjs";

const TARGET = fileURLToPath(new URL("../../agent-claude/test/fixtures/streams/", import.meta.url));
const LONGEST_MS = 60_000;

/** The random ids of the recording at hand. */
const seen = new Map();

const claude = await installClaude();
const version = execFileSync(claude, ["--version"], { encoding: "utf8" }).split(" ")[0];
mkdirSync(TARGET, { recursive: true });
const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : Object.keys(cases)) {
  seen.clear();
  const project = await createTempProject();
  try {
    const { stdout, end } = await record(name, project);
    writeFileSync(join(TARGET, `${name}.jsonl`), stdout);
    writeFileSync(
      join(TARGET, `${name}.json`),
      `${JSON.stringify({ version, ...end }, null, 2)}\n`,
    );
    console.log(`${name}: ${end.signal ?? end.exitCode}`);
  } finally {
    await project.dispose();
  }
}

/** Run a case, and before it the one that it goes on from. */
async function record(name, project) {
  const {
    script,
    prompt = "Do it.",
    flags = [],
    variables,
    after,
    act,
    apiUrl,
    noSession,
  } = cases[name];
  if (after !== undefined) await record(after, project);
  const session = after === undefined ? ["--session-id", SESSION_ID] : ["--resume", SESSION_ID];
  const api = await createScriptedApi(script);
  const folder = join(project.root, `run-${name}`);
  mkdirSync(folder);
  const run = startCli(claude, folder, {
    prompt,
    cwd: project.repo,
    flags: [
      "--model",
      "opus",
      "--permission-mode",
      "bypassPermissions",
      ...(noSession ? [] : session),
      ...flags,
    ],
    env: cleanEnvironment({ home: project.home, apiUrl: apiUrl ?? api.url, variables }),
  });
  const tooLong = setTimeout(() => process.kill(run.pid, "SIGKILL"), LONGEST_MS);
  await act?.({ run, api, project });
  const end = await run.ended;
  clearTimeout(tooLong);
  await api.close();
  sweep(project);
  const clean = (text) => scrub(text, project);
  return {
    stdout: nameTasks(clean(run.text()))
      .split("\n")
      .map((line) => cleanNumbers(line))
      .join("\n"),
    end: {
      exitCode: typeof end === "number" ? end : null,
      signal: typeof end === "string" ? end : null,
      stderr: clean(run.stderr()),
    },
  };
}

/** A killed CLI may leave its command; its working folder tells it from all other processes. */
function sweep({ repo }) {
  const pids = execFileSync(
    "sh",
    ["-c", 'for p in /proc/[0-9]*; do echo "${p#/proc/} $(readlink $p/cwd)"; done 2>/dev/null'],
    { encoding: "utf8" },
  );
  for (const line of pids.split("\n")) {
    const [pid, cwd] = line.split(" ");
    if (cwd !== repo) continue;
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}

/** Name background tasks and their runs by the order in which they appear. */
function nameTasks(text) {
  const ids = new Set(
    [...text.matchAll(/"(?:task_id|run_id|runId)":"([^"]+)"/g)].map(([, id]) => id),
  );
  return [...ids].reduce((named, id, index) => named.replaceAll(id, `task-${index + 1}`), text);
}

/** Replace the numbers that differ from run to run. */
function cleanNumbers(line) {
  if (line === "") return line;
  const value = JSON.parse(line, (key, value) => {
    if (typeof value !== "number") return value;
    if (key.endsWith("_ms")) return 100;
    return key === "resetsAt" || key === "end_time" ? 1_800_000_000 : value;
  });
  return JSON.stringify(value);
}

function scrub(text, { root, home }) {
  return text
    .replaceAll(home, "/home/ada")
    .replaceAll(root, "/home/ada/code")
    .replaceAll(root.replaceAll(/[^a-zA-Z0-9]/g, "-"), "-home-ada-code")
    .replaceAll(/[^"\s]*\/cc-socks[^"\s]*\.sock/g, "/home/ada/claude.sock")
    .replaceAll(/claude-\d+\//g, "claude-1000/")
    .replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:8080")
    .replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "2026-01-15T14:30:00.000Z")
    .replaceAll(/resets [^"\\]*\(UTC\)/g, "resets 7pm (UTC)")
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, number);
}

/** Number random ids in the order in which they appear; the id of the conversation stays. */
function number(id) {
  if (id === SESSION_ID) return id;
  if (!seen.has(id)) seen.set(id, seen.size + 1);
  return `00000000-0000-4000-8000-${String(seen.get(id)).padStart(12, "0")}`;
}
