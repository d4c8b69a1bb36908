import { Argument } from "commander";
import { shells, type Shell } from "../completion/shell-script.ts";
import { sessionCommand, type CommandGroup } from "./command-group.ts";

/** The commands that set samocode up, show it, and keep it in order. */
export const addCareCommands: CommandGroup = (program, setExitCode) => {
  program
    .command("init")
    .summary("write a `.samocode` for the repository that you are in")
    .option("--json", "one JSON document on stdout", false)
    .action(async (flags) => {
      const { init } = await import("../commands/init.ts");
      setExitCode(await init(flags));
    });
  program
    .command("doctor")
    .summary("look whether all that a session needs is there; costs nothing")
    .option("--config <path>", "the `.samocode` file")
    .option("--json", "one JSON document on stdout", false)
    .action(async (flags) => {
      const { doctor } = await import("../commands/doctor.ts");
      setExitCode(await doctor(flags));
    });
  sessionCommand(program, "archive", "put a session away: its branch is kept")
    .option("--keep", "leave the worktree where it is", false)
    .option("--force", "remove the worktree also with work in it that is in no commit", false)
    .action(async (session: string, flags) => {
      const { archive } = await import("../commands/archive.ts");
      setExitCode(await archive(session, flags));
    });
  program
    .command("completion")
    .summary("a script with which TAB completes commands, flags and session names")
    .addArgument(new Argument("<shell>").choices(shells))
    .action(async (shell: Shell) => {
      const { printCompletion } = await import("../commands/completion.ts");
      setExitCode(printCompletion(shell));
    });
  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .action(async (words: string[]) => {
      const { complete } = await import("../commands/completion.ts");
      setExitCode(await complete(program, words));
    });
  program
    .command("demo")
    .summary("a whole session in about ten seconds: no key, no account, no network")
    .option("--claude-path <path>", "the Claude CLI to use, if not the one on PATH")
    .action(async (flags) => {
      const { runDemo } = await import("../commands/demo.ts");
      setExitCode(await runDemo(flags));
    });
};
