import { sessionCommand, type CommandGroup } from "./command-group.ts";

/** The commands that look at sessions and change nothing. */
export const addLookCommands: CommandGroup = (program, setExitCode) => {
  program
    .command("status")
    .summary("where a session is and what it waits for")
    .argument("[session]", "name or folder; without it, all sessions")
    .option("--config <path>", "the `.samocode` file")
    .option("--json", "one JSON document on stdout")
    .action(async (session: string | undefined, flags) => {
      const { showStatus } = await import("../commands/status.ts");
      setExitCode(await showStatus(session, flags));
    });
  program
    .command("list")
    .summary("all sessions: where each one is, whom it waits for, its cost and its age")
    .option("--config <path>", "the `.samocode` file")
    .option("--json", "one JSON document on stdout")
    .action(async (flags) => {
      const { list } = await import("../commands/list.ts");
      setExitCode(await list(flags));
    });
  sessionCommand(program, "show", "the whole story of a session").action(
    async (session: string, flags) => {
      const { show } = await import("../commands/show.ts");
      setExitCode(await show(session, flags));
    },
  );
  sessionCommand(program, "logs", "what the agents of a session have said and done", "event a line")
    .option("-f, --follow", "go on as long as the session runs", false)
    .option("--iteration <number>", "that of this iteration; without it, of the newest one")
    .option("--raw", "the stream of the Claude CLI as it is", false)
    .action(async (session: string, flags) => {
      const { logs } = await import("../commands/logs.ts");
      setExitCode(await logs(session, flags));
    });
  sessionCommand(
    program,
    "watch",
    "what a run of a session shows, from another terminal",
    "event a line",
  )
    .option("--quiet", "no progress", false)
    .action(async (session: string, flags) => {
      const { watch } = await import("../commands/watch.ts");
      setExitCode(await watch(session, flags));
    });
};
