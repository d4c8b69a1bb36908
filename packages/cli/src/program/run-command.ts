import { Option } from "commander";
import { formerNameOf } from "../config/former-name.ts";
import { settingRows } from "../config/settings.ts";
import type { CommandGroup } from "./command-group.ts";
import { forPersonsOnly } from "./person-only.ts";

/** `run`: the command that takes a session on. */
export const addRunCommand: CommandGroup = (program, setExitCode) => {
  const run = forPersonsOnly(
    program.command("run", { isDefault: true }),
    ({ autoApprove, acceptSuggestions }) => autoApprove === true || acceptSuggestions === true,
  )
    .argument("[session]", "name of the session, its folder, or a path that ends in its name")
    .option("--task <text>", "what to do (required for a new session)")
    .option("--dive <text>", "what to investigate first")
    .option("--config <path>", "the `.samocode` file")
    .option("--auto-approve", "approve the plan automatically (recorded in the history)", false)
    .option("--accept-suggestions", "answer questions with their suggestions", false)
    .addOption(new Option("--wait", "keep running while waiting for input, then continue"))
    .addOption(new Option("--no-wait", "end with exit code 3 when input is needed"))
    .option("--json", "one JSON event per line on stdout", false)
    .option("--quiet", "no progress", false);
  for (const { flag, variable, standard, doc } of Object.values(settingRows)) {
    if (flag === undefined) continue;
    const note = standard === undefined ? variable : `${variable}, default ${standard}`;
    run.option(`${flag} <value>`, `${doc} (${note})`);
    const former = formerNameOf(flag);
    if (former !== undefined) run.addOption(new Option(`${former} <value>`).hideHelp());
  }
  run.action(async (given: string | undefined, flags) => {
    const { nameFromTask } = await import("@samocode/session");
    const session = given ?? nameFromTask(flags.task);
    if (given === undefined) {
      process.stderr.write(`samocode-run: the session is named \`${session}\`\n`);
    }
    const { tuneEngine } = await import("./engine.ts");
    tuneEngine();
    const { run: runCommand } = await import("../commands/run.ts");
    setExitCode(await runCommand(session, flags));
  });
};
