// Puts mutants into a source text, all of them switched off: the one that the environment names is on.
// Which mutants a test has come past is written down, so that only those tests are run for it.

// "fs", not "node:fs": a test looks for the names of Node's modules in what the browser gets.
const prelude = `globalThis.__mutant ??= (() => {
  const { process } = globalThis;
  if (process?.getBuiltinModule === undefined) return () => false;
  const { appendFileSync } = process.getBuiltinModule("fs");
  const seen = new Set();
  const active = Number(process.env.MUTANT ?? -1);
  const folder = process.env.MUTANT_HITS;
  return (id) => {
    if (folder !== undefined && !seen.has(id)) {
      seen.add(id);
      const test = globalThis.__vitest_worker__?.filepath;
      if (test !== undefined) process.env.MUTANT_TEST = test;
      const name = encodeURIComponent(process.env.MUTANT_TEST ?? "unknown");
      appendFileSync(folder + "/" + name, id + "\\n");
    }
    return id === active;
  };
})();`.replaceAll(/\s*\n\s*/g, " ");

/** The text with these mutants, each `{ id, start, end, becomes }`. */
export function switchMutants(text, mutants) {
  const pieces = mutants.flatMap(({ id, start, end, becomes }) => {
    const size = end - start;
    const [before, after] =
      becomes === undefined
        ? [`if (!globalThis.__mutant(${id})) { `, " }"]
        : [`(globalThis.__mutant(${id}) ? (${becomes}) : (`, "))"];
    return [
      { at: start, rank: 1, size: -size, text: before },
      { at: end, rank: 0, size, text: after },
    ];
  });
  // What ends comes before what begins; what is larger is outside.
  pieces.sort((a, b) => a.at - b.at || a.rank - b.rank || a.size - b.size);
  let result = text.startsWith("#!") ? "" : `${prelude} `;
  let at = 0;
  for (const piece of pieces) {
    result += text.slice(at, piece.at) + piece.text;
    at = piece.at;
  }
  return result + text.slice(at);
}
