#!/usr/bin/env node
const words = process.argv.slice(2);
const isHelp = words.length === 1 && (words[0] === "--help" || words[0] === "-h");

// The help was printed into a file when the bundle was made: it is there at once, and nothing is loaded for it.
if (isHelp && !(process.stdout.columns < 80)) {
  // Who reads may go (`| head`).
  process.stdout.on("error", () => {});
  process.stdout.write(require("node:fs").readFileSync(`${__dirname}/../bundle/help.txt`));
} else {
  require("../bundle/samocode-run.js");
}
