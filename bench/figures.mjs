/**
 * One line of the table: what was measured, beside its yardstick.
 * @typedef {object} Figure
 * @property {string} what
 * @property {string} [bare] the yardstick, measured in the same run
 * @property {string} ours
 * @property {number} [ratio] ours to the yardstick
 * @property {string} [more] ours less the yardstick
 * @property {string} target
 */

/** @param {readonly number[]} values */
export function median(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * Compares two rows of times, taken in turn: the medians, and the medians of the pairs' ratios and differences.
 * Pairs stay true while the speed of the machine drifts.
 * @param {string} what
 * @param {readonly number[]} bare in ms
 * @param {readonly number[]} ours in ms
 * @param {string} target
 * @returns {Figure}
 */
export function compare(what, bare, ours, target) {
  const pairs = ours.map((value, index) => ({ value, yard: bare[index] ?? Number.NaN }));
  return {
    what,
    bare: formatMs(median(bare)),
    ours: formatMs(median(ours)),
    ratio: median(pairs.map(({ value, yard }) => value / yard)),
    more: formatMs(median(pairs.map(({ value, yard }) => value - yard))),
    target,
  };
}

/** @param {readonly Figure[]} figures */
export function formatTable(figures) {
  const rows = figures.map(({ what, bare = "", ours, ratio, more = "", target }) => [
    what,
    bare,
    ours,
    ratio === undefined ? "" : `${ratio.toFixed(2)} x`,
    more,
    target,
  ]);
  const all = [["what", "bare", "samocode", "ratio", "more", "target"], ...rows];
  const widths = all.reduce(
    (most, row) => row.map((cell, index) => Math.max(cell.length, most[index] ?? 0)),
    /** @type {number[]} */ ([]),
  );
  return all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** @param {number} ms */
function formatMs(ms) {
  return `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;
}
