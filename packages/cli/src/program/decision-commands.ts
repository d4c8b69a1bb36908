import type { Command } from "commander";
import { sessionCommand, type CommandGroup } from "./command-group.ts";
import { forPersonsOnly } from "./person-only.ts";

/** The commands with which a person decides. */
export const addDecisionCommands: CommandGroup = (program, setExitCode) => {
  decisionCommand(program, "answer")
    .argument("[answers...]", 'Q1=A or Q2="free text"')
    .option("--suggestions", "accept the suggestion of every open question", false)
    .option("--replace", "change an answer while the session waits for answers", false)
    .action(async (session: string, answers: string[], flags) => {
      const { answer } = await import("../commands/answer.ts");
      setExitCode(await answer(session, answers, flags));
    });
  decisionCommand(program, "approve")
    .option("--note <text>", "a note for the next agent")
    .action(async (session: string, flags) => {
      const { approve } = await import("../commands/decide.ts");
      setExitCode(await approve(session, flags));
    });
  decisionCommand(program, "reject")
    .requiredOption("--feedback <text>", "what should change")
    .action(async (session: string, flags) => {
      const { reject } = await import("../commands/decide.ts");
      setExitCode(await reject(session, flags));
    });
  decisionCommand(program, "resume")
    .option("--phase <phase>", "continue in this phase")
    .option("--note <text>", "a note for the next agent")
    .action(async (session: string, flags) => {
      const { resume } = await import("../commands/decide.ts");
      setExitCode(await resume(session, flags));
    });
  decisionCommand(program, "stop")
    .option("--now", "stop at once, as ^C in its terminal does", false)
    .action(async (session: string, flags) => {
      const { stop } = await import("../commands/stop.ts");
      setExitCode(await stop(session, flags));
    });
};

function decisionCommand(program: Command, name: string): Command {
  return forPersonsOnly(sessionCommand(program, name));
}
