// The yardstick: starts the agent so many times, one after the other, and does nothing else.
//   node bench/bare-spawn.mjs COUNT AGENT [FILE]
// Its stdout goes to FILE, if there is one.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";

const [count, agent = "", file] = process.argv.slice(2);
const stdout = file === undefined ? "ignore" : openSync(file, "a");
for (let left = Number(count); left > 0; left--) {
  await once(spawn(agent, { stdio: ["ignore", stdout, "ignore"] }), "exit");
}
