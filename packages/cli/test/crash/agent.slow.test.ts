import { expect, it } from "vitest";
import { commands, type CrashBench, type DiskCall } from "./support/crash-bench.ts";
import { runTogether } from "./support/kill-point.ts";
import { compareTraces, compareWork } from "./support/trace-comparison.ts";
import { reportVerdicts } from "./support/verdict.ts";

/** One call of the agent: which of the script, and the command in which it is made. */
interface AgentCall {
  readonly number: number;
  readonly command: number;
  /** The start of its process. */
  readonly start: DiskCall;
}

function listAgentCalls({ calls }: CrashBench): AgentCall[] {
  const starts = calls.flatMap((ofCommand, command) =>
    ofCommand.filter(isAgentCall).map((start) => ({ command, start })),
  );
  return starts.map((start, index) => ({ number: index + 1, ...start }));
}

/** A start of an agent, and not a look at its version. */
function isAgentCall({ name }: DiskCall): boolean {
  return name.includes("agent.sh") && !name.includes("--version");
}

/** What the agent had done when it was killed. */
const moments = ["start", "init", "work", "signal", "result"] as const;

it("begins again the iteration of an agent that is killed, whatever it had done, and has no other beside it", async () => {
  const verdicts = await runTogether(
    (bench) =>
      listAgentCalls(bench).flatMap((call) =>
        // The fifth fails on its own account and writes no signal.
        moments
          .filter((moment) => call.number !== 5 || moment === "start" || moment === "init")
          .map((moment) => ({ call, moment })),
      ),
    async (bench, { call, moment }) => {
      await bench.restore(String(call.command));
      const env = { CRASH_DIE: `${call.number}:${moment}` };
      const { exitCode, stderr } = await bench.run(commands[call.command] ?? [], { env });
      const expected = bench.plain[call.command];
      const name = `call ${call.number}, ${moment}`;
      if (expected === undefined || exitCode !== bench.codes[call.command]) {
        return { name, faults: [`ended with ${exitCode}: ${stderr}`] };
      }
      return { name, faults: compareWork(await bench.trace(), expected) };
    },
  );
  expect(reportVerdicts("agents killed with SIGKILL", verdicts)).toEqual([]);
}, 900_000);

it("takes over an agent that still works, and the finished work of one that nobody watched, as its own", async () => {
  const verdicts = await runTogether(
    (bench) =>
      listAgentCalls(bench).flatMap((call) => ["works", "has ended"].map((how) => ({ call, how }))),
    async (bench, { call, how }) => {
      await bench.restore(String(call.command));
      const fault = { call: call.start.name, at: call.start.at, mode: "after" } as const;
      // Long enough for the next run to find it at work.
      const env = { CRASH_PAUSE: how === "works" ? "2" : "0.3" };
      await bench.run(commands[call.command] ?? [], { fault, env });
      if (how === "has ended") await bench.agentEnd(call.number);
      const { ends, after } = await bench.goOn(call.command);
      const name = `call ${call.number} ${how}`;
      const expected = bench.plain[after ?? -1];
      if (expected === undefined) return { name, faults: [ends.at(-1)?.stderr ?? ""] };
      return { name, faults: compareTraces(await bench.trace(), expected) };
    },
  );
  expect(reportVerdicts("agents taken over", verdicts)).toEqual([]);
}, 900_000);

it("begins an iteration again whose agent died while nobody watched, and takes it where its work was done", async () => {
  const verdicts = await runTogether(
    (bench) =>
      listAgentCalls(bench).flatMap((call) =>
        [...moments.slice(0, 4), "end"]
          .filter((moment) => call.number !== 5 || moment === "start" || moment === "init")
          .map((moment) => ({ call, moment })),
      ),
    async (bench, { call, moment }) => {
      await bench.restore(String(call.command));
      const fault = { call: call.start.name, at: call.start.at, mode: "after" } as const;
      const env = { CRASH_DIE: `${call.number}:${moment}` };
      await bench.run(commands[call.command] ?? [], { fault, env });
      await bench.agentEnd(call.number);
      const { ends, after } = await bench.goOn(call.command);
      const name = `call ${call.number}, ${moment}`;
      const expected = bench.plain[after ?? -1];
      if (expected === undefined) return { name, faults: [ends.at(-1)?.stderr ?? ""] };
      return { name, faults: compareWork(await bench.trace(), expected) };
    },
  );
  expect(reportVerdicts("agents that died after their runner", verdicts)).toEqual([]);
}, 900_000);
