import { Argument } from "commander";
import { shells, type Shell } from "../completion/shell-script.ts";
import { formatKeysHelp, helpColumns } from "./help-end.ts";
import { sessionCommand, type CommandGroup } from "./command-group.ts";

/** The commands that set samocode up, show it, and keep it in order. */
export const addCareCommands: CommandGroup = (program, setExitCode) => {
  program
    .command("init")
    .option("--json", "one JSON document on stdout", false)
    .addHelpText("after", () => formatKeysHelp(helpColumns()))
    .action(async (flags) => {
      const { init } = await import("../commands/init.ts");
      setExitCode(await init(flags));
    });
  program
    .command("doctor")
    .option("--config <path>", "the `.samocode` file")
    .option("--json", "one JSON document on stdout", false)
    .action(async (flags) => {
      const { doctor } = await import("../commands/doctor.ts");
      setExitCode(await doctor(flags));
    });
  sessionCommand(program, "archive")
    .option("--keep", "keep the worktree", false)
    .option("--force", "remove the worktree even if uncommitted work is lost", false)
    .action(async (session: string, flags) => {
      const { archive } = await import("../commands/archive.ts");
      setExitCode(await archive(session, flags));
    });
  sessionCommand(program, "restore").action(async (session: string, flags) => {
    const { restore } = await import("../commands/restore.ts");
    setExitCode(await restore(session, flags));
  });
  program
    .command("completion")
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
    .option("--claude-path <path>", "Claude CLI to use (default: the one on PATH)")
    .action(async (flags) => {
      const { runDemo } = await import("../commands/demo.ts");
      setExitCode(await runDemo(flags));
    });
};
