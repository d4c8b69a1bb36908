// Runs the tests of a copy with one mutant switched on.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";

const limitMs = { unit: 180_000, slow: 1_200_000 };

/** @param folder The copy. @param workers Mutants that are tried at the same time. */
export function createTestRuns(folder, workers) {
  const hitsFolder = join(folder, ".cache/hits");
  /** Each has a process group of its own, which does not end with this process by itself. */
  const running = new Set();
  process.on("exit", () => {
    for (const { pid } of running) killGroup(pid);
  });

  /** Resolves to true if the tests pass; a run that never ends counts as failed. */
  const vitest = (project, files, env) =>
    new Promise((resolve) => {
      const args = [
        "vitest",
        "run",
        "--project",
        project,
        "--reporter",
        "json",
        "--isolate",
        "--no-file-parallelism",
      ];
      const child = spawn(
        "npx",
        [...args, "--outputFile", env.REPORT, ...(env.MUTANT ? ["--bail", "1"] : []), ...files],
        {
          cwd: folder,
          env: { ...process.env, CI: "", ...env },
          stdio: "ignore",
          detached: true,
        },
      );
      running.add(child);
      const timer = setTimeout(
        () => killGroup(child.pid),
        env.MUTANT ? limitMs[project] : 3_600_000,
      );
      child.on("exit", (code) => {
        clearTimeout(timer);
        running.delete(child);
        resolve(code === 0);
      });
    });

  return {
    bundle() {
      execFileSync("node", ["scripts/bundle.mjs"], {
        cwd: folder,
        stdio: ["ignore", "ignore", "inherit"],
      });
    },

    /** Which test files come past which mutant. Files that fail without a mutant say nothing, and are left out. */
    async findHits(project) {
      rmSync(hitsFolder, { recursive: true, force: true });
      mkdirSync(hitsFolder, { recursive: true });
      const report = join(folder, ".cache/report.json");
      const times = new Map();
      const runOnce = async (files) => {
        await vitest(project, files, { MUTANT_HITS: hitsFolder, REPORT: report });
        const { testResults } = JSON.parse(readFileSync(report, "utf8"));
        for (const { name, status, startTime, endTime } of testResults) {
          if (status === "passed") times.set(name, endTime - startTime);
        }
        return testResults.filter(({ status }) => status !== "passed");
      };
      const failed = await runOnce([]);
      // A busy machine makes a test fail now and then: it gets a second chance.
      const failedTwice = failed.length === 0 ? [] : await runOnce(failed.map(({ name }) => name));
      for (const { name, message, assertionResults } of failedTwice) {
        const reasons = assertionResults.flatMap(({ failureMessages }) => failureMessages);
        const [reason] = (reasons[0] ?? message).split("\n");
        console.log(`left out: ${relative(folder, name)} fails without a mutant: ${reason}`);
      }
      const hits = new Map();
      for (const encoded of readdirSync(hitsFolder)) {
        const name = decodeURIComponent(encoded);
        if (!times.has(name)) continue;
        const ids = readFileSync(join(hitsFolder, encoded), "utf8").trim().split("\n");
        for (const id of new Set(ids))
          hits.set(Number(id), [...(hits.get(Number(id)) ?? []), name]);
      }
      for (const names of hits.values()) names.sort((a, b) => times.get(a) - times.get(b));
      return hits;
    },

    /** Tries each mutant; true if a test has noticed it. */
    async tryEach(project, mutants, hits, told) {
      const results = [];
      const queue = mutants.entries();
      const work = async (worker) => {
        for (const [index, mutant] of queue) {
          const files = hits.get(mutant.id) ?? [];
          const env = {
            MUTANT: String(mutant.id),
            REPORT: join(folder, `.cache/report-${worker}.json`),
          };
          results[index] = files.length > 0 && !(await vitest(project, files, env));
          told(mutant, results[index] ? "killed" : files.length > 0 ? "SURVIVED" : "UNSEEN");
        }
      };
      await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
      return results;
    },
  };
}

function killGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
