#!/usr/bin/env sh
// 2>/dev/null; got=; trap got=1 HUP; kill -HUP $$; if [ -n "$got" ]; then unset SAMOCODE_HANGUP; else export SAMOCODE_HANGUP=ignored; fi; exec node "$0" "$@"

// The shell reads only the line above: Node sets every signal to its default, so it cannot know that `nohup` ignores
// the hangup of the terminal. A signal that was ignored before a shell started cannot be trapped in it.
if (process.env.SAMOCODE_HANGUP === "ignored") process.on("SIGHUP", () => {});

// SIGUSR1 would open Node's inspector, through which any program of this user runs code in here.
process.on("SIGUSR1", () => {});

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
