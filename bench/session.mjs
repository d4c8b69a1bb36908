import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTempProject } from "@samocode/testkit";

const here = fileURLToPath(new URL(".", import.meta.url));
export const binary = join(here, "../packages/cli/bin/samocode-run.js");
const bareSpawn = join(here, "bare-spawn.mjs");
const syncedSpawn = join(here, "synced-spawn.mjs");

/** @typedef {Awaited<ReturnType<typeof createSession>>} Session */

/**
 * A session in a project of its own that is in the middle of its implementation, with real git below it.
 * @param {string} agent one of `agents/`
 * @param {{ flowLogLines?: number, events?: number, chart?: boolean }} [size] how long it has been going on, and
 *   whether its overview carries the chart
 */
export async function createSession(agent, { flowLogLines = 1, events = 0, chart = false } = {}) {
  const project = await createTempProject({
    prefix: "samocode-bench-",
    settings: chart ? { OVERVIEW_CHART: "yes" } : {},
  });
  const workingDir = join(project.worktrees, "measured");
  await project.git("worktree", "add", "-q", workingDir);
  const folder = join(project.sessions, "26-01-15-measured");
  mkdirSync(folder);
  const overview = join(folder, "_overview.md");
  const history = join(folder, "_signal_history.jsonl");
  const times = join(project.root, "times");
  const agentPath = join(here, "agents", agent);
  const env = {
    ...project.env,
    CLAUDE_PATH: agentPath,
    BENCH_TIMES: times,
    ...(flowLogLines > 1 && { BENCH_FLOW_LOG: "1" }),
  };
  const text = formatOverview(workingDir, flowLogLines);
  writeFileSync(overview, text);

  /** @param {string[]} args @param {NodeJS.ProcessEnv} [variables] */
  const start = (args, variables) =>
    spawn(process.execPath, args, {
      cwd: project.root,
      env: { ...env, ...variables },
      stdio: ["ignore", "ignore", "ignore"],
    });
  /** @param {string[]} args */
  const timeOf = async (args) => {
    const startedAt = performance.now();
    await once(start(args), "exit");
    return performance.now() - startedAt;
  };

  let historyBytes = 0;
  if (events > 0) {
    await timeOf([binary, "measured", "--max-iterations", "3"]);
    historyBytes = lengthen(history, events);
  }
  const begun = readFileSync(overview, "utf8");
  const bare = {
    folder: join(project.root, "bare"),
    args: [bareSpawn, "1", agentPath],
    /** @param {number} count */
    loop: (count) => [bareSpawn, String(count), agentPath],
    get env() {
      return { SAMOCODE_SESSION: this.folder, SAMOCODE_ITERATION: "1" };
    },
  };
  mkdirSync(bare.folder);

  return {
    project,
    folder,
    env,
    times,
    agentPath,
    start,
    timeOf,
    bareArgs: bare.args,
    /** Starts the yardstick. @param {number} count @param {string[]} [more] */
    startBare: (count, more = []) => start([...bare.loop(count), ...more], bare.env),
    /** Starts the yardstick that writes and syncs as much. @param {number} count */
    startSynced: (count) => start([syncedSpawn, String(count), agentPath, bare.folder], bare.env),
    /** Makes the session as old as it was before, whatever was run in it. */
    reset() {
      writeFileSync(times, "");
      writeFileSync(overview, begun);
      writeFileSync(join(bare.folder, "_overview.md"), text);
      if (historyBytes > 0) truncateSync(history, historyBytes);
      else writeFileSync(history, "");
    },
    /** What the agents wrote down since, in ms. */
    readTimes() {
      const lines = readFileSync(times, "utf8").split("\n").slice(0, -1);
      return lines.map((line) => {
        const [word = "", at = ""] = line.split(" ");
        return { word, at: Number(at) * 1000 };
      });
    },
    dispose: () => project.dispose(),
  };
}

/** @param {string} workingDir @param {number} lines */
function formatOverview(workingDir, lines) {
  const log = Array.from({ length: lines }, (_, index) => {
    const number = String(index + 1).padStart(3, "0");
    return `- [${number} @ 01-15 14:30] Step ${number} of the plan -> src/part-${number}.ts\n`;
  });
  return `# Session: measured
Started: 01-15 14:30
Working Dir: ${workingDir}

## Task
Find out what it costs.

## Status
Phase: implementation
Iteration: 1
Blocked: no
Last Action: Measured
Next: Measure again

## Flow Log
${log.join("")}`;
}

/**
 * Repeats what the history tells until it has so many events; the last one stays the last.
 * @param {string} path @param {number} events
 */
function lengthen(path, events) {
  const records = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const lines = Array.from({ length: events }, (_, index) => {
    const record = index === events - 1 ? records.at(-1) : records[index % (records.length - 1)];
    return `${JSON.stringify({ ...record, seq: index + 1 })}\n`;
  });
  const text = lines.join("");
  writeFileSync(path, text);
  return Buffer.byteLength(text);
}
