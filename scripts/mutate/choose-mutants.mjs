// Draws a sample of mutants that is spread over all lines, the same one for the same seed.

/** `count` mutants of different lines, each line as likely as any other, ordered by file and line. */
export function chooseMutants(mutants, count, seed) {
  const random = createRandom(seed);
  const lines = new Map();
  for (const mutant of mutants) {
    const line = `${mutant.file}:${mutant.line}`;
    lines.set(line, [...(lines.get(line) ?? []), mutant]);
  }
  const all = [...lines.values()];
  for (let last = all.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [all[last], all[other]] = [all[other], all[last]];
  }
  return all
    .slice(0, count)
    .map((ofLine) => ofLine[Math.floor(random() * ofLine.length)])
    .toSorted((a, b) => a.file.localeCompare(b.file) || a.start - b.start);
}

/** Numbers from 0 to 1 (mulberry32). */
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}
