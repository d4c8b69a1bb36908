import { Option } from "commander";
import type { CommandGroup } from "./command-group.ts";
import { forPersonsOnly } from "./person-only.ts";

/** The commands that show the statechart. */
export const addGraphCommands: CommandGroup = (program, setExitCode) => {
  forPersonsOnly(program.command("inspect"), ({ readOnly }) => readOnly !== true)
    .argument("[session]", "the session to show first (default: the list)")
    .option("--config <path>", "the `.samocode` file")
    .option("--port <number>", "port to listen on (default: a free port)")
    .option("--no-open", "do not open the browser")
    .option("--read-only", "disable approvals and answers", false)
    .action(async (session: string | undefined, flags) => {
      const { inspect } = await import("../commands/inspect.ts");
      setExitCode(await inspect(session, flags));
    });
  program
    .command("graph")
    .argument("[session]", "name of the session or its folder")
    .option("--config <path>", "the `.samocode` file")
    .addOption(
      new Option(
        "--format <format>",
        "output format (default: text at a terminal, else mermaid)",
      ).choices(["text", "mermaid", "svg", "json"]),
    )
    .option("--full", "include every state and transition", false)
    .action(async (session: string | undefined, flags) => {
      const { showGraph } = await import("../commands/graph.ts");
      setExitCode(await showGraph(session, flags));
    });
};
