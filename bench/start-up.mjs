import { compare } from "./figures.mjs";
import { binary, createSession } from "./session.mjs";

/**
 * What it takes to be there: the help, the state of a session, and a run of one iteration.
 * @param {number} rounds
 */
export async function measureStartUp(rounds) {
  const session = await createSession("iterate.sh");
  const commands = {
    node: ["-e", "0"],
    help: [binary, "--help"],
    status: [binary, "status", "measured"],
    bare: session.bareArgs,
    run: [binary, "measured", "--max-iterations", "1"],
  };
  /** @type {Record<keyof typeof commands, number[]>} */
  const times = { node: [], help: [], status: [], bare: [], run: [] };
  const names = /** @type {(keyof typeof commands)[]} */ (Object.keys(commands));
  try {
    for (let round = -1; round < rounds; round++) {
      for (const name of names) {
        session.reset();
        const ms = await session.timeOf(commands[name]);
        if (round >= 0) times[name].push(ms);
      }
    }
  } finally {
    await session.dispose();
  }
  return [
    compare("samocode-run --help (bare: node -e 0)", times.node, times.help, "<= 1.3 x"),
    compare("samocode-run status (bare: node -e 0)", times.node, times.status, ""),
    compare("samocode-run, one iteration (bare: node starts the agent)", times.bare, times.run, ""),
  ];
}
