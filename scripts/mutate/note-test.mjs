// Tells the processes that a test starts whose mutants they come past: without it only the test's own process knows.
process.env.MUTANT_TEST = globalThis["__vitest_worker__"]?.filepath ?? "unknown";
