import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createBench, signal, steps } from "./support/runner-cli.ts";

const { ask, investigate, plan, implement, test, clean, sum } = steps;

/** In the environment of the run, and nobody's business. */
const ours = "sk-ant-api03-TheKeyOfThePerson0123456789";
/** Said by an agent that has found it somewhere. */
const found = "sk-ant-api03-AKeyThatAnAgentSays0123456789";
const bot = "7100000042:AAFoundBotTokenFoundBotTokenFoundBot";

const block = [
  signal({
    status: "blocked",
    phase: "implementation",
    reason: `the key ${found} is refused, and the bot ${bot}`,
    needs: "human_decision",
  }),
];
const nonsense = [signal({ status: `gone ${found}` })];

it("no key is in what a session writes, prints or tells, whoever has said it", async () => {
  await using bench = await createBench(
    { calls: [ask, investigate, plan, block, nonsense, implement, test, clean, sum] },
    { env: { ANTHROPIC_API_KEY: ours } },
  );
  let told = "";
  const call = async (...words: string[]): Promise<void> => {
    const { stdout, stderr } = await bench.run(...words);
    told += stdout + stderr;
  };
  const look = async (): Promise<void> => {
    for (const word of ["status", "show", "logs"]) {
      await call(word, "t");
      await call(word, "t", "--json");
    }
    await call("list");
    await call("list", "--json");
  };
  await call("t", "--task", "x", "--json");
  await call("answer", "t", "Q1=A");
  await call("t");
  await call("approve", "t");
  await call("t", "--json");
  expect(bench.records().at(-1)).toMatchObject({ to: "blocked" });
  await look();
  await call("resume", "t", "--note", "there is a new one");
  await call("t");
  await look();
  expect(bench.records().at(-1)).toMatchObject({ to: "finished" });

  expect(told).toContain("sk-***");
  for (const secret of [ours, found, bot]) expect(told).not.toContain(secret);
  const files = readdirSync(bench.project.root, { recursive: true, encoding: "utf8" });
  const holders = (secret: string): readonly string[] =>
    files.filter((name) => textOf(join(bench.project.root, name)).includes(secret));
  expect(holders(ours)).toEqual([]);
  // What an agent has said itself is in its log, as it is.
  expect(holders(found).filter((name) => !name.includes("/_logs/"))).toEqual([]);
  expect(holders(bot).filter((name) => !name.includes("/_logs/"))).toEqual([]);
});

function textOf(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
