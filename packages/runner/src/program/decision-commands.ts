import type { Command } from "commander";
import { sessionCommand, type CommandGroup } from "./command-group.ts";
import { forPersonsOnly } from "./person-only.ts";

/** The commands with which a person decides. */
export const addDecisionCommands: CommandGroup = (program, setExitCode) => {
  decisionCommand(program, "answer", "answer the questions of a session")
    .argument("[answers...]", 'Q1=A or Q2="free text"')
    .option("--suggestions", "take the suggestion of every open question", false)
    .option(
      "--replace",
      "change an answer that is there, while the session waits for answers",
      false,
    )
    .action(async (session: string, answers: string[], flags) => {
      const { answer } = await import("../commands/answer.ts");
      setExitCode(await answer(session, answers, flags));
    });
  decisionCommand(program, "approve", "approve the plan of a session")
    .option("--note <text>", "what the next agent is told")
    .action(async (session: string, flags) => {
      const { approve } = await import("../commands/decide.ts");
      setExitCode(await approve(session, flags));
    });
  decisionCommand(program, "reject", "reject the plan of a session")
    .requiredOption("--feedback <text>", "what is to be different")
    .action(async (session: string, flags) => {
      const { reject } = await import("../commands/decide.ts");
      setExitCode(await reject(session, flags));
    });
  decisionCommand(program, "resume", "let a waiting or blocked session go on")
    .option("--phase <phase>", "go on in this phase")
    .option("--note <text>", "what the next agent is told")
    .action(async (session: string, flags) => {
      const { resume } = await import("../commands/decide.ts");
      setExitCode(await resume(session, flags));
    });
  decisionCommand(program, "stop", "stop the run of a session after this iteration")
    .option("--now", "stop it at once, as ^C in its terminal does", false)
    .action(async (session: string, flags) => {
      const { stop } = await import("../commands/stop.ts");
      setExitCode(await stop(session, flags));
    });
};

function decisionCommand(program: Command, name: string, summary: string): Command {
  return forPersonsOnly(sessionCommand(program, name, summary));
}
