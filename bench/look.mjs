import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compare } from "./figures.mjs";
import { binary, createSession } from "./session.mjs";

const sessions = 100;
const events = 10_000;

/**
 * How long it takes to look at sessions: 100 of them in the folder, one with 10 000 events.
 * @param {number} rounds
 */
export async function measureLook(rounds) {
  const session = await createSession("iterate.sh", { events });
  for (let number = 1; number < sessions; number++) copySession(session.folder, number);
  const commands = {
    node: ["-e", "0"],
    list: [binary, "list"],
    status: [binary, "status", "measured"],
    show: [binary, "show", "measured"],
  };
  /** @type {Record<keyof typeof commands, number[]>} */
  const times = { node: [], list: [], status: [], show: [] };
  const names = /** @type {(keyof typeof commands)[]} */ (Object.keys(commands));
  try {
    for (let round = -1; round < rounds; round++) {
      for (const name of names) {
        const ms = await session.timeOf(commands[name]);
        if (round >= 0) times[name].push(ms);
      }
    }
  } finally {
    await session.dispose();
  }
  return [
    compare("list, 100 sessions (bare: node -e 0)", times.node, times.list, "< 300 ms"),
    compare("status, 10 000 events", times.node, times.status, "< 300 ms"),
    compare("show, 10 000 events", times.node, times.show, ""),
  ];
}

/**
 * A session beside the measured one that has just begun, and waits for answers.
 * @param {string} folder @param {number} number
 */
function copySession(folder, number) {
  const copy = join(folder, "..", `26-01-14-copy-${number}`);
  cpSync(folder, copy, { recursive: true });
  const history = join(copy, "_signal_history.jsonl");
  const lines = readFileSync(history, "utf8").split("\n").slice(0, 20);
  writeFileSync(history, `${lines.join("\n")}\n`);
  writeFileSync(
    join(copy, "_qa.md"),
    "### Q1: Where?\nA) here\nB) there\n**Suggestion:** A - near\n**Answer:** _waiting_\n",
  );
  writeFileSync(join(copy, "01-14-15:00-plan-copy.md"), "# Plan\n- [ ] do it\n".repeat(50));
}
