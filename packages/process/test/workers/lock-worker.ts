// Takes the lock again and again until it is killed. While it holds the lock it leaves a mark of its own and looks for
// marks of others; the mark of a process that runs is a second holder.
import { appendFileSync, readdirSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { acquireLock } from "../../src/lock.ts";
import { LockError } from "../../src/lock-error.ts";
import { identifyProcess } from "../../src/process-identity.ts";

const [folder = "", once = ""] = process.argv.slice(2);
const lockPath = join(folder, "_lock");
const marks = join(folder, "marks");
const mine = join(marks, String(process.pid));

function tell(file: string, line: string): void {
  appendFileSync(join(folder, file), `${line}\n`);
}

async function hold(): Promise<void> {
  writeFileSync(mine, "");
  const others = readdirSync(marks).filter((name) => name !== String(process.pid));
  for (const name of others) {
    if (identifyProcess(Number(name)) !== undefined)
      tell("violations", `${process.pid} and ${name}`);
    else unlinkSync(join(marks, name));
  }
  tell("holders", String(process.pid));
  if (once !== "") process.kill(process.pid, "SIGKILL");
  await sleep(Math.random() * 5);
  unlinkSync(mine);
}

tell("ready", String(process.pid));
for (;;) {
  try {
    const lock = acquireLock(lockPath);
    await hold();
    lock.release();
  } catch (error) {
    if (!(error instanceof LockError) || error.code !== "SAMOCODE_LOCK_HELD") {
      tell("violations", String(error));
      throw error;
    }
    if (Math.random() < 0.1) await sleep(1);
  }
  await new Promise(setImmediate);
}
