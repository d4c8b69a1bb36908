import { sessionCommand, type CommandGroup } from "./command-group.ts";

/** The commands that look at sessions and change nothing. */
export const addLookCommands: CommandGroup = (program, setExitCode) => {
  program
    .command("status")
    .argument("[session]", "name or folder of the session (default: all)")
    .option("--config <path>", "the `.samocode` file")
    .option("--json", "one JSON document on stdout")
    .action(async (session: string | undefined, flags) => {
      const { showStatus } = await import("../commands/status.ts");
      setExitCode(await showStatus(session, flags));
    });
  program
    .command("list")
    .option("--archived", "list the archived sessions", false)
    .option("--config <path>", "the `.samocode` file")
    .option("--json", "one JSON document on stdout")
    .action(async (flags) => {
      const { list } = await import("../commands/list.ts");
      setExitCode(await list(flags));
    });
  sessionCommand(program, "show").action(async (session: string, flags) => {
    const { show } = await import("../commands/show.ts");
    setExitCode(await show(session, flags));
  });
  sessionCommand(program, "logs", "event per line")
    .option("-f, --follow", "follow the output while the session runs", false)
    .option("--iteration <number>", "number of the iteration (default: the newest)")
    .option("--raw", "print the stream of the Claude CLI unchanged", false)
    .action(async (session: string, flags) => {
      const { logs } = await import("../commands/logs.ts");
      setExitCode(await logs(session, flags));
    });
  sessionCommand(program, "watch", "event per line")
    .option("--quiet", "no progress", false)
    .action(async (session: string, flags) => {
      const { watch } = await import("../commands/watch.ts");
      setExitCode(await watch(session, flags));
    });
};
