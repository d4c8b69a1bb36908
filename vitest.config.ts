import { defineConfig } from "vitest/config";

const conditions = ["samocode-source", "node", "import", "default"];

export default defineConfig({
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    expect: { poll: { timeout: 20_000 } },
    // Most of the time they wait for processes: two files share the two cores of a small machine well.
    maxWorkers: 2,
    setupFiles: process.env["MUTANT_HITS"] === undefined ? [] : ["./scripts/mutate/note-test.mjs"],
    reporters: ["default", "./scripts/retried-tests.mjs"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          // Half the time: what all files import is loaded once for each worker.
          isolate: false,
          include: ["packages/*/test/**/*.test.ts"],
          exclude: ["**/*.slow.test.ts"],
          // A busy machine must not fail a test: what is slow is told by a benchmark.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "slow",
          include: ["packages/*/test/**/*.slow.test.ts"],
          exclude: ["packages/cli/test/crash/**"],
          // Real processes on a machine that others use. Each test that CI tries again is listed at its end.
          retry: process.env["CI"] === undefined ? 0 : 2,
          testTimeout: 300_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: "crash",
          include: ["packages/cli/test/crash/**/*.slow.test.ts"],
          // A point that fails now and then is a fault to find: CI lists it, like any other test it tries again.
          retry: process.env["CI"] === undefined ? 0 : 1,
          testTimeout: 900_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
