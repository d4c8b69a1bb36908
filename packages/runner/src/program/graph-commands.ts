import { Option } from "commander";
import type { CommandGroup } from "./command-group.ts";
import { forPersonsOnly } from "./person-only.ts";

/** The commands that show the statechart. */
export const addGraphCommands: CommandGroup = (program, setExitCode) => {
  forPersonsOnly(program.command("inspect"), ({ readOnly }) => readOnly !== true)
    .summary("a page in the browser: statechart, timeline and stream, live; and a place to decide")
    .argument("[session]", "the one to show first; without it, the list of all")
    .option("--config <path>", "the `.samocode` file")
    .option("--port <number>", "serve on this port, and not on a free one")
    .option("--no-open", "do not open the browser")
    .option("--read-only", "show, and take no decision", false)
    .action(async (session: string | undefined, flags) => {
      const { inspect } = await import("../commands/inspect.ts");
      setExitCode(await inspect(session, flags));
    });
  program
    .command("graph")
    .summary("the statechart as a picture or as data; with a session, where it is and has been")
    .argument("[session]", "name of the session or its folder")
    .option("--config <path>", "the `.samocode` file")
    .addOption(
      new Option("--format <format>", "Mermaid text, an SVG picture, or the machine as JSON")
        .choices(["mermaid", "svg", "json"])
        .default("mermaid"),
    )
    .option("--full", "every state and every edge, and not the outline", false)
    .action(async (session: string | undefined, flags) => {
      const { showGraph } = await import("../commands/graph.ts");
      setExitCode(await showGraph(session, flags));
    });
};
