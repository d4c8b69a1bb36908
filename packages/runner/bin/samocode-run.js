#!/usr/bin/env node
const { stdout, argv, env } = process;
const words = argv.slice(2);
const isHelp =
  words.length === 0 || (words.length === 1 && (words[0] === "--help" || words[0] === "-h"));
const columns = (stdout.isTTY ? stdout.columns : Number(env.COLUMNS)) || 80;

// The help was printed into files when the bundle was made: it is there at once, and nothing is loaded for it.
const width = [120, 100, 80].find((each) => each <= columns);
if (isHelp && width !== undefined) {
  // Who reads may go (`| head`).
  stdout.on("error", () => {});
  stdout.write(require("node:fs").readFileSync(`${__dirname}/../bundle/help-${width}.txt`));
} else {
  require("../bundle/samocode-run.js");
}
