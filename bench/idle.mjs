import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { binary, createSession } from "./session.mjs";

const settleMs = 3000;
const forMs = 20_000;
/** Linux counts processor time in hundredths of a second, whatever the kernel ticks. */
const tickMs = 10;

/** The processor time that is spent beside an agent that says nothing. */
export async function measureIdle() {
  const session = await createSession("silent.sh");
  try {
    session.reset();
    const bare = session.startBare(1);
    const runner = session.start([binary, "measured", "--max-iterations", "1"]);
    const exits = [bare, runner].map((child) => once(child, "exit"));
    await sleep(settleMs);
    const before = [bare, runner].map(({ pid }) => cpuMs(pid));
    await sleep(forMs);
    const [bareShare = 0, share = 0] = [bare, runner].map(
      ({ pid }, index) => ((cpuMs(pid) - (before[index] ?? 0)) / forMs) * 100,
    );
    runner.kill("SIGINT");
    // The yardstick ends with its agent.
    await Promise.all(exits);
    return [
      {
        what: "processor while the agent is silent",
        bare: `${bareShare.toFixed(2)} %`,
        ours: `${share.toFixed(2)} %`,
        target: "< 1 %",
      },
    ];
  } finally {
    await session.dispose();
  }
}

/** @param {number | undefined} pid */
function cpuMs(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The command stands in brackets and may hold anything; fields 14 and 15 are user and system time.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
