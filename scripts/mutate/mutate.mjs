// Measures whether the tests bite: changes the code in one place at a time, and looks whether a test fails.
//
//   pnpm mutate [--seed N] [--count N] [--slow] [--workers N] [PART OF A PATH ...]
//
// All mutants of the sample are put into a copy of the project at once, switched off. A first run of the tests
// notes which test files come past which mutant; then only those are run, with that mutant switched on.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chooseMutants } from "./choose-mutants.mjs";
import { compileSources } from "./compile-sources.mjs";
import { findMutants } from "./find-mutants.mjs";
import { formatMutant, groupBy, nameMutant, printSummary } from "./mutation-report.mjs";
import { copyProject, listSources } from "./project-copy.mjs";
import { switchMutants } from "./switch-mutants.mjs";
import { createTestRuns } from "./test-runs.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "100" },
    slow: { type: "boolean", default: false },
    workers: { type: "string", default: "2" },
  },
});

const isWanted = (file) =>
  positionals.length === 0 || positionals.some((part) => file.includes(part));
const equivalent = new Set(readEquivalent());
const all = listSources()
  .filter(isWanted)
  .flatMap((file) => findMutants(file, readFileSync(file, "utf8")))
  .filter((mutant) => !equivalent.has(nameMutant(mutant)));
const sample = chooseMutants(all, Number(values.count), Number(values.seed)).map((mutant, id) => ({
  id,
  ...mutant,
}));
console.log(`${sample.length} of ${all.length} mutants (seed ${values.seed})`);

const folder = copyProject();
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));
for (const [file, mutants] of groupBy(sample, ({ file }) => file)) {
  writeFileSync(join(folder, file), switchMutants(readFileSync(file, "utf8"), mutants));
}
compileSources(folder, [...new Set(sample.map(({ file }) => file))]);
mkdirSync(join(folder, ".cache"), { recursive: true });
const runs = createTestRuns(folder, Number(values.workers));
runs.bundle();

const survivors = await tryAll("unit", sample);
const left = values.slow ? await tryAll("slow", survivors) : survivors;
printSummary({ sample, survivors, left, slow: values.slow });

/** Those of the mutants that no test of the project notices. */
async function tryAll(project, mutants) {
  const hits = await runs.findHits(project);
  const results = await runs.tryEach(project, mutants, hits, (mutant, fate) => {
    console.log(`${fate.padEnd(9)} ${formatMutant(mutant)}`);
  });
  return mutants.filter((_, index) => !results[index]);
}

function readEquivalent() {
  const lines = readFileSync(new URL("equivalent.txt", import.meta.url), "utf8").split("\n");
  return lines.filter((line) => line !== "" && !line.startsWith("#"));
}
