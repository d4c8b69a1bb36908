import type { CommandGroup } from "./command-group.ts";

/** The commands that show the statechart. */
export const addGraphCommands: CommandGroup = (program, setExitCode) => {
  program
    .command("inspect")
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
};
