// How mutants are named, and what a sample says of the tests.

/** The name of a mutant in `equivalent.txt`: the same wherever its line moves to. */
export function nameMutant({ file, was, becomes }) {
  return `${file}: ${shorten(was)} -> ${becomes === undefined ? "(left out)" : shorten(becomes)}`;
}

/** The name of a mutant, with its line. */
export function formatMutant(mutant) {
  return nameMutant(mutant).replace(":", `:${mutant.line}:`);
}

function shorten(text) {
  return text.replaceAll(/\s+/g, " ").slice(0, 120);
}

export function printSummary({ sample, survivors, left, slow }) {
  const share = (killed) =>
    `${killed} of ${sample.length} (${((100 * killed) / sample.length).toFixed(1)} %)`;
  for (const [name, of] of groupBy(sample, packageOf)) {
    const alive = of.filter((mutant) => survivors.includes(mutant)).length;
    console.log(`${name}: ${of.length - alive} of ${of.length} killed by unit tests`);
  }
  console.log(`killed by unit tests: ${share(sample.length - survivors.length)}`);
  if (slow) console.log(`killed in all: ${share(sample.length - left.length)}`);
}

function packageOf({ file }) {
  return file.split("/")[1];
}

/** The values under the key that each of them has. */
export function groupBy(values, keyOf) {
  const groups = new Map();
  for (const value of values)
    groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}
