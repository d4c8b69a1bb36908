// The yardstick for what is durable: starts the agent so many times, each with files of its own, and makes a record
// and an overview durable before each start. Nothing is read, decided or checked.
//   node bench/synced-spawn.mjs COUNT AGENT FOLDER
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

const [count, agent = "", folder = ""] = process.argv.slice(2);
const overview = join(folder, "_overview.md");
const text = readFileSync(overview);
const record = `${"r".repeat(1000)}\n`;

/** @param {string} path @param {string} flags @param {string | Buffer} [content] */
function writeSynced(path, flags, content) {
  const file = openSync(path, flags);
  if (content !== undefined) writeSync(file, content.toString());
  fsyncSync(file);
  closeSync(file);
}

for (let left = Number(count); left > 0; left--) {
  writeSynced(`${overview}.draft`, "w", text);
  writeSynced(join(folder, "_signal_history.jsonl"), "a", record);
  renameSync(`${overview}.draft`, overview);
  writeSynced(folder, "r");
  const stem = join(folder, `${process.pid}-${left}`);
  writeFileSync(`${stem}.prompt.md`, text);
  const files = [
    openSync(`${stem}.prompt.md`, "r"),
    openSync(`${stem}.jsonl`, "a"),
    openSync(`${stem}.stderr.txt`, "a"),
  ];
  const child = spawn(agent, { stdio: files });
  files.forEach(closeSync);
  await once(child, "exit");
}
