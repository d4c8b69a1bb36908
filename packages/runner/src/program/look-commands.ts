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
    .summary("where all sessions are")
    .option("--config <path>", "the `.samocode` file")
    .option("--json", "one JSON document on stdout")
    .action(async (flags) => {
      const { showStatus } = await import("../commands/status.ts");
      setExitCode(await showStatus(undefined, flags));
    });
  sessionCommand(program, "watch", "what a run of a session shows, from another terminal")
    .option("--quiet", "no progress", false)
    .action(async (session: string, flags) => {
      const { watch } = await import("../commands/watch.ts");
      setExitCode(await watch(session, flags));
    });
};
